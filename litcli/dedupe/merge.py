"""Records of one work into one: a union with a rule for each field, in which nothing that either says is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import reduce
from typing import Any

from litcli import keys, names, venues
from litcli.paper import Entry, Paper, Person
from litcli.text import fold, title_key, tokens
from litcli.versions import FORM_FIELDS, standing

_IDS = ("arxiv", "primary_class")
"""What every form of the work may carry, and a version names with its form."""
_PEOPLE = ("authors", "editors")


# --- entries ----------------------------------------------------------------------------------------------


def merge(entry: Entry, paper: Paper, *, tags: Iterable[str] = (), sources: Iterable[str] = ()) -> Entry:
    """The entry with what the paper adds to it; key and note stay, tags, links and sources are united.

    The published form wins over the preprint, which stays in `versions`; full names win over initials and the
    longer abstract over the shorter. Merging the same again changes nothing.
    """
    return replace(
        entry,
        paper=merge_papers(entry.paper, paper),
        tags=tuple(sorted({*entry.tags, *tags})),
        sources=tuple(dict.fromkeys((*entry.sources, *sources))),
    )


def fill(entry: Entry, paper: Paper) -> Entry:
    """The entry with what it lacks and the paper has; nothing that it says is changed.

    Where the paper was printed is only filled if nothing that the entry says of that contradicts it; a published form
    of what the entry knows as a preprint becomes a version then. A list of authors that was cut is completed.
    """
    old = entry.paper
    kept = set() if not _contradict(old, paper) and standing(old) <= max(1, standing(paper)) else set(FORM_FIELDS)
    # What stands in a version was put there because it belongs to another form.
    kept |= {name for name in FORM_FIELDS if getattr(paper, name) in [version.get(name) for version in old.versions]}
    values: dict[str, Any] = {
        slot.name: getattr(old, slot.name)
        or (slot.name not in kept and getattr(paper, slot.name))
        or getattr(old, slot.name)
        for slot in fields(Paper)
    }
    values["type"] = old.type
    values["authors"], values["et_al"] = _completed(old, paper)
    values["date"] = _fuller_date(values["date"], paper.date)
    values["links"] = {**paper.links, **old.links}
    values["fields"] = {**paper.fields, **old.fields}
    is_other_form = publishes(paper, old) and _contradict(old, paper) and _form(paper) not in old.versions
    values["versions"] = (*old.versions, *([_form(paper)] if is_other_form else []))
    return replace(entry, paper=Paper(**values))


def _completed(old: Paper, new: Paper) -> tuple[tuple[Person, ...], bool]:
    """The authors of a paper, those that its list was cut of added, and whether it is cut still."""
    if not old.authors:
        return new.authors, new.et_al
    is_rest = old.et_al and len(new.authors) >= len(old.authors) and all(map(_is_one, old.authors, new.authors))
    return ((*old.authors, *new.authors[len(old.authors) :]), new.et_al) if is_rest else (old.authors, old.et_al)


def unite(entries: Sequence[Entry], chosen: Mapping[str, Any] | None = None) -> Entry:
    """Entries that are one work as one, under the key of the first; the other keys become its aliases.

    Whichever is the first, the paper is the same (`unite_papers`), with the values that somebody has `chosen` by hand.
    """
    first = entries[0]
    by_age = sorted(entries, key=lambda entry: (entry.added or "9", entry.key.lower(), entry.key))
    names_of = (name for entry in entries for name in (entry.key, *entry.aliases))
    return Entry(
        key=first.key,
        paper=unite_papers([entry.paper for entry in entries], chosen),
        note=united_notes(entry.note for entry in by_age),
        tags=tuple(sorted({tag for entry in entries for tag in entry.tags})),
        aliases=tuple(name for name in dict.fromkeys(names_of) if name != first.key),
        sources=tuple(dict.fromkeys(source for entry in by_age for source in entry.sources)),
        added=by_age[0].added,
    )


def united_notes(notes: Iterable[str]) -> str:
    """Notes with a blank line between them, each once."""
    united: list[str] = []
    for note in notes:
        if note and not any(note == other or f"\n\n{note}\n\n" in f"\n\n{other}\n\n" for other in united):
            united.append(note)
    return "\n\n".join(united)


def by_claim(entries: Iterable[Entry]) -> list[Entry]:
    """The entries of one work, first the one whose key is the likeliest to be cited.

    That is a key that somebody made over one that litcli makes, an older one over a newer one, and one without the
    letter that tells namesakes apart over one with it.
    """
    made = keys.parse(keys.DEFAULT)
    return sorted(
        entries,
        key=lambda entry: (
            keys.fits(entry.key, made.key(entry.paper)),
            entry.added or "9",
            len(entry.key),
            entry.key.lower(),
            entry.key,
        ),
    )


# --- papers: the rule of each field -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two papers of one work: whose word stays where both are as good, and which is of the better form."""

    kept: Paper
    other: Paper
    form: Paper
    rest: Paper
    one_form: bool
    """Whether both were printed in one place, so that each can fill what the other lacks of it."""


def _said(pair: _Pair, name: str) -> Any:
    """What the first of the two says, else what the other does."""
    return getattr(pair.kept, name) or getattr(pair.other, name)


def _title(pair: _Pair, name: str) -> str:
    """The same, but no title in capitals throughout where there is another."""
    title: str = _said(pair, name)
    other = pair.other.title
    return other if other and title.isupper() and not other.isupper() else title


def _of_form(pair: _Pair, name: str) -> Any:
    """What the better form says (published over preprint); the other fills it only if it is of the same form."""
    return getattr(pair.form, name) or getattr(pair.rest if pair.one_form else Paper(), name)


def _type(pair: _Pair, name: str) -> Any:
    """The better form's type; `misc` is none."""
    return pair.rest.type if pair.one_form and pair.form.type == "misc" else getattr(pair.form, name)


def _year(pair: _Pair, name: str) -> Any:
    """The better form's year, else the other's: about when is better than nothing."""
    return getattr(pair.form, name) or getattr(pair.rest, name)


def _date(pair: _Pair, name: str) -> str:
    """The better form's date, with the year that the other may add to its month and day."""
    date: str = _of_form(pair, name)
    return _fuller_date(date, pair.rest.date) if pair.one_form else date


def _people(pair: _Pair, name: str) -> tuple[Person, ...]:
    """The list that is not cut, then the longer one; in it full names win over initials, accents over plain letters."""
    return _better_list(pair, name)[0]


def _is_cut(pair: _Pair, name: str) -> bool:
    """Whether the list of authors that won was cut."""
    del name
    return _better_list(pair, "authors")[1]


def _longer(pair: _Pair, name: str) -> str:
    """The longer text."""
    longer: str = max(getattr(pair.kept, name), getattr(pair.other, name), key=len)
    return longer


def _united(pair: _Pair, name: str) -> dict[str, Any]:
    """What either of them has; under one label the first one's word."""
    return {**getattr(pair.other, name), **getattr(pair.kept, name)}


_RULES: Mapping[str, Callable[[_Pair, str], Any]] = {
    "title": _title,
    "authors": _people,
    "et_al": _is_cut,
    "editors": _people,
    "abstract": _longer,
    "links": _united,
    "fields": _united,
    "arxiv": _said,
    "primary_class": _said,
    "isbn": _said,
    **dict.fromkeys(FORM_FIELDS, _of_form),
    "type": _type,
    "year": _year,
    "date": _date,
}
"""How each field of two records of one work becomes one; what loses stays in `versions`."""


def merge_papers(kept: Paper, other: Paper) -> Paper:
    """One paper of two by the rule of each field; where both are as good, the word of the first stays.

    Whatever either of the two says and the result does not is in the result's versions.
    """
    form, rest = (other, kept) if standing(other) > standing(kept) else (kept, other)
    pair = _Pair(kept, other, form, rest, _is_one_form(kept, other))
    values = {name: rule(pair, name) for name, rule in _RULES.items()}
    return _with_versions(values, (*kept.versions, *other.versions), (form, rest))


def unite_papers(papers: Iterable[Paper], chosen: Mapping[str, Any] | None = None) -> Paper:
    """One paper of several, the same in whatever order they come, with the values that somebody has chosen."""
    ranked = sorted(papers, key=_rank)
    united = reduce(merge_papers, ranked)
    if not chosen:
        return united
    values = {slot.name: getattr(united, slot.name) for slot in fields(Paper) if slot.name != "versions"}
    return _with_versions({**values, **chosen}, united.versions, (united, *ranked))


def _rank(paper: Paper) -> tuple[Any, ...]:
    """What says best where the work stands, then the latest, then what says the most; the text itself at last."""
    said = sum(bool(getattr(paper, slot.name)) for slot in fields(Paper))
    return -standing(paper), -(paper.year or 0), -len(paper.versions), -said, repr(paper)


def _with_versions(values: Mapping[str, Any], versions: Iterable[Mapping[str, Any]], papers: Iterable[Paper]) -> Paper:
    """The paper of these values, with what the papers say otherwise among its versions."""
    found: list[Mapping[str, Any]] = []
    for version in (*versions, *(_version(paper, values) for paper in papers)):
        if version and version not in found:
            found.append(version)
    return Paper(**values, versions=tuple(found))


def _fuller_date(date: str, other: str) -> str:
    """The other date where it only adds the year that this one lacks."""
    return other if date.startswith("--") and other.endswith(date[1:]) else date


# --- forms ------------------------------------------------------------------------------------------------


def publishes(new: Paper, old: Paper) -> bool:
    """Whether a record is of the published form of what the old one only knew as a preprint, or not at all."""
    return standing(new) > 1 >= standing(old)


def _is_one_form(a: Paper, b: Paper) -> bool:
    """Whether two records of one work are of the same form, as far as they tell."""
    low, high = sorted((standing(a), standing(b)))
    return not (low == 1 and high > 1) and not _contradict(a, b)


def _contradict(a: Paper, b: Paper) -> bool:
    """Whether two records of one work cannot both be right about one printing of it."""
    if a.venue and b.venue and venues.same(a.venue, b.venue) is False:
        return True
    told = ("year", "doi", "volume", "number", "pages")
    pairs = [(str(getattr(a, name)), str(getattr(b, name))) for name in told if getattr(a, name) and getattr(b, name)]
    return any(fold(one) != fold(two) for one, two in pairs)


def _form(paper: Paper) -> dict[str, Any]:
    """What a paper says of where and when it was printed, as a version holds it."""
    return {name: value for name in (*FORM_FIELDS, *_IDS) if (value := getattr(paper, name)) and value != "misc"}


def _version(paper: Paper, merged: Mapping[str, Any]) -> dict[str, Any]:
    """What a paper says and the merged record does not; where that touches its form, the whole form."""
    odd = {slot.name for slot in fields(Paper) if getattr(paper, slot.name) and _differs_in(slot.name, paper, merged)}
    version: dict[str, Any] = {}
    if "title" in odd:
        version["title"] = paper.title
    if odd & {*FORM_FIELDS, *_IDS}:
        version |= _form(paper)
    for name in _PEOPLE:
        if name in odd:
            version[name] = [names.to_text(person) for person in getattr(paper, name)]
    for name in ("isbn", "abstract"):
        if name in odd:
            version[name] = getattr(paper, name)
    for name in ("links", "fields"):
        if name in odd:
            version[name] = {label: item for label, item in getattr(paper, name).items() if merged[name][label] != item}
    return version


def _differs_in(name: str, paper: Paper, merged: Mapping[str, Any]) -> bool:
    """Whether the merged record says something else than the paper does in a field that the paper has."""
    if name in ("type", "et_al", "versions"):
        return False
    value, other = getattr(paper, name), merged[name]
    if name == "title":
        return title_key(value) != title_key(other)
    if name in _PEOPLE:
        return not all(any(_is_one(person, known) for known in other) for person in value)
    if name in ("links", "fields"):
        return any(other[label] != item for label, item in value.items())
    if name == "date" and value.startswith("--"):
        return not other.endswith(value[1:])
    return fold(str(value)) != fold(str(other))


# --- people -----------------------------------------------------------------------------------------------


def _better_list(pair: _Pair, name: str) -> tuple[tuple[Person, ...], bool]:
    """The people that the better of two lists names, each as fully as either list does, and whether it is cut."""

    def worth(paper: Paper) -> tuple[bool, int, int]:
        people: tuple[Person, ...] = getattr(paper, name)
        whole = bool(people) and not (paper.et_al and name == "authors")
        return whole, len(people), sum(_fullness(person)[0] for person in people)

    best = max((pair.kept, pair.other), key=worth)
    rest = pair.other if best is pair.kept else pair.kept
    people, others = getattr(best, name), getattr(rest, name)
    if all(_is_one(one, two) for one, two in zip(people, others, strict=False)):
        people = (*(max(both, key=_fullness) for both in zip(people, others, strict=False)), *people[len(others) :])
    return people, best.et_al


def _is_one(a: Person, b: Person) -> bool:
    """Whether two spellings can be one name: the same family name, and given names that one may shorten."""
    if fold(a.family or a.literal) != fold(b.family or b.literal):
        return False
    return all(
        one == two or (len(min(one, two, key=len)) == 1 and one[0] == two[0])
        for one, two in zip(tokens(a.given), tokens(b.given), strict=False)
    )


def _fullness(person: Person) -> tuple[int, int, str]:
    """How many letters of a name are told, then how many of them with accents; last the name itself, to be definite."""
    text = names.to_text(person)
    return sum(map(str.isalpha, text)), sum(not char.isascii() for char in text), text
