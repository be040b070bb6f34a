"""What both dialects of .bib files share: names and text in LaTeX, the layout of a block, and reading it back."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, pairwise

from litcli import bibfields, bibfile, dates, detex, ids, inheriting, names, parallel, tex
from litcli.errors import LitError
from litcli.exporters.options import Export, Options, without
from litcli.paper import Entry, Paper, Person
from litcli.text import is_balanced

_FIELD_NAME = re.compile(r"[A-Za-z_][\w+./:-]*", re.ASCII)
_BARE = frozenset(dates.MONTHS)
"""Values that are macros, and so stand without braces."""
_ENGLISH = frozenset(
    "english eng american british canadian australian newzealand usenglish ukenglish en en-us en-gb".split()
)

_SHARE = 1000
"""Entries that are worth another process."""

Encode = Callable[[str], tex.Encoded]


@dataclass(slots=True)
class Block:
    """One entry as it is written: its type, its key, the LaTeX of its fields by name, and what each of them means.

    With `utf8`, it is for Biber, and its letters stand as they are.
    """

    entry: Entry
    kind: str
    utf8: bool = False
    latex: dict[str, str] = field(default_factory=dict)
    meant: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    @property
    def paper(self) -> Paper:
        """The paper that the block is of."""
        return self.entry.paper

    def put(self, name: str, value: str, encode: Encode) -> None:
        """Write a field, if it says something and is not written yet."""
        if value and name not in self.latex:
            self.put_encoded(name, encode(value), value)

    def put_encoded(self, name: str, encoded: tex.Encoded, meant: str) -> None:
        """Write a field whose LaTeX is known; warn of what LaTeX has no form for."""
        if encoded.strange:
            self.warn(f"{name}: {_no_form(encoded.strange, self.utf8)}")
        if encoded.text.strip():
            self.latex[name] = encoded.text.strip()
            self.meant[name] = meant

    def warn(self, text: str) -> None:
        """Tell the reader something about this entry."""
        self.warnings.append(f"{self.entry.key}: {text}")


def _no_form(strange: Sequence[str], utf8: bool) -> str:
    signs = ", ".join(f"{char} (U+{ord(char):04X})" for char in strange if len(char) == 1)
    commands = ", ".join(name for name in strange if len(name) > 1)
    told = []
    if signs:
        pdflatex = "stops at it" if utf8 else "prints the code point"
        told.append(f"no LaTeX form for {signs}; XeLaTeX and LuaLaTeX print the character, pdfLaTeX {pdflatex}")
    if commands:
        told.append(f"LaTeX does not know {commands}; it is printed as it stands")
    return "; ".join(told)


@dataclass(frozen=True, slots=True)
class Dialect:
    """BibTeX or biblatex: its name, its types, the fields of an entry, whether its files are UTF-8.

    `broken_key` finds what it cannot read in a key, beyond what LaTeX cannot.
    """

    name: str
    kind: Callable[[Paper], str]
    fill: Callable[[Block], None]
    utf8: bool
    broken_key: re.Pattern[str]

    def text(self, value: str) -> tex.Encoded:
        """The LaTeX of a text in this dialect."""
        return tex.encode(value, utf8=self.utf8)

    def verbatim(self, value: str) -> tex.Encoded:
        """A value of a field that nothing prints: all that the dialect and balanced braces can hold stays."""
        odd = (r"[\x00-\x1f\x7f]" if self.utf8 else "[^ -~]") + ("" if is_balanced(value) else "|[{}]")
        return tex.Encoded(re.sub(odd, lambda match: tex.verbatim(match[0]).text, value))

    def item(self, value: str) -> tex.Encoded:
        """The LaTeX of a text that is one item, where this dialect has lists: an `and` in it parts nothing."""
        encoded = self.text(value)
        parted = self.utf8 and re.search(r"(?<!\S)and(?!\S)", encoded.text, re.IGNORECASE)
        return tex.Encoded(f"{{{encoded.text}}}", encoded.strange) if parted else encoded


def write(entries: Sequence[Entry], options: Options, dialect: Dialect) -> Export:
    """The entries as a .bib file, parents behind their children; the same entries always give the same bytes.

    Raises LitError where two keys differ by case alone, or where no LaTeX could cite a key.
    """
    entries = [*map(_typed_low, entries)]
    keys = {alias.lower(): entry.key for entry in entries for alias in entry.aliases}
    keys |= {entry.key.lower(): entry.key for entry in entries}
    papers = {entry.key: entry.paper for entry in entries}
    ordered = [
        _with_parent(entry, lambda name: papers.get(keys.get(name.lower(), ""))) for entry in _in_order(entries, keys)
    ]
    _check_keys(ordered, dialect)
    shares = parallel.shares(
        lambda share: _written([without(entry, options.omit) for entry in share], keys, dialect), ordered, _SHARE
    )
    texts, warnings = zip(*shares, strict=True)
    text = "\n".join(texts)
    preamble = tex.preamble(text, utf8=dialect.utf8)
    return Export(f"{preamble}\n{text}" if preamble else text, tuple(chain(*warnings)))


def _written(entries: Sequence[Entry], keys: Mapping[str, str], dialect: Dialect) -> tuple[str, list[str]]:
    """The text of some of the entries, read back and compared, and the warnings; `keys` has all, by any name."""
    blocks = [_block(entry, dialect) for entry in entries]
    _settle_parents(blocks, keys)
    text = "\n".join(map(_layout, blocks))
    _read_back(text, blocks, dialect)
    return text, [warning for block in blocks for warning in block.warnings]


def _typed_low(entry: Entry) -> Entry:
    """The entry with its type in lower case: the case of a type means nothing to either program."""
    paper = entry.paper
    return entry if paper.type.islower() else replace(entry, paper=replace(paper, type=paper.type.lower()))


def _with_parent(entry: Entry, named: inheriting.Named) -> Entry:
    """The entry as BibTeX prints it: with what it lacks and its parent, or that one's parent, says by now."""
    paper = inheriting.whole(entry.paper, named)
    return entry if paper is entry.paper else replace(entry, paper=paper)


def _in_order(entries: Sequence[Entry], keys: Mapping[str, str]) -> list[Entry]:
    """By key, and those that others refer to last: BibTeX wants a parent behind its children (btxdoc, section 4)."""
    told = {str(entry.paper.fields.get(name, "")).lower() for entry in entries for name in bibfields.PARENTS}
    parents = {keys[name] for name in told & keys.keys()}
    return sorted(entries, key=lambda entry: (entry.key in parents, entry.key.lower(), entry.key))


def _check_keys(ordered: Sequence[Entry], dialect: Dialect) -> None:
    keys = sorted((entry.key for entry in ordered), key=str.lower)
    for one, two in pairwise(keys):
        if one.lower() == two.lower():
            raise LitError(f"the keys {one} and {two} are one key to BibTeX", "rename one of them in the library")
    for key in keys:
        if not bibfields.citable(key) or dialect.broken_key.search(key):
            raise LitError(f"the key {key!r} holds what {dialect.name} cannot read", "rename it in the library")


def _block(entry: Entry, dialect: Dialect) -> Block:
    block = Block(entry, dialect.kind(entry.paper), dialect.utf8)
    if odd := bibfields.doubtful(entry.key):
        block.warn(f"key: {' '.join(odd)} in a key breaks Biber and some LaTeX")
    dialect.fill(block)
    _fill_rest(block, dialect)
    if entry.paper.links:
        block.warn(f"links: {dialect.name} has no field for {', '.join(entry.paper.links)}")
    return block


def _fill_rest(block: Block, dialect: Dialect) -> None:
    """What an imported record said beyond the library's own fields, under its own name."""
    of_file = any(source.endswith("(bibtex)") for source in block.entry.sources)
    for name, value in sorted(block.paper.fields.items()):
        lower = name.lower()
        if lower in bibfields.OF_PAGES and not of_file:
            continue
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str) or not _FIELD_NAME.fullmatch(lower):
            block.warn(f"{name}: {dialect.name} has no field for it")
        elif (there := _there(lower, block)) in block.latex:
            if not detex.says(block.latex[there], value):
                block.warn(f"{name}: {value!r} has no room beside {block.meant[there]!r}")
        elif bibfields.is_verbatim(lower):
            # A key is written in one way, in the entry that has it and where it is named.
            names_keys = lower in bibfields.KEYS and is_balanced(value)
            block.put(lower, value, tex.Encoded if names_keys else dialect.verbatim)
            if block.latex.get(lower, value) != value:
                odd = "".join(dict.fromkeys(re.sub(r"[ -~]", "", value))) or "unbalanced braces"
                block.warn(f"{name}: {odd} cannot stand there as it is; it is percent-encoded")
        else:
            block.put(lower, value, dialect.item if lower in bibfields.LISTS else dialect.text)


def _there(name: str, block: Block) -> str:
    """The field that says what one of this name would: a date takes the place of year and month."""
    return "date" if name in ("year", "month", "day") and "year" not in block.latex and "date" in block.latex else name


def _settle_parents(blocks: Sequence[Block], keys: Mapping[str, str]) -> None:
    """Leave out references to entries that are not exported; what they would give stands in the child already."""
    for block in blocks:
        for name in bibfields.PARENTS:
            value = block.latex.get(name, "")
            if value and value.lower() not in keys:
                del block.latex[name]
                block.warn(f"{name}: {value} is not exported, so the reference to it is left out")
            elif value:
                block.latex[name] = block.meant[name] = keys[value.lower()]


_ORDER = {
    name: place
    for place, name in enumerate(
        """
        title type author editor key year month day date journal journaltitle booktitle howpublished volume number
        pages eid publisher series edition school institution doi isbn eprint archiveprefix primaryclass eprinttype
        eprintclass url abstract
        """.split()
    )
}
"""The order of the fields of an entry, whatever the record had them from; all others follow by name."""


def _layout(block: Block) -> str:
    lines = [
        f"  {name} = {value if name == 'month' and value in _BARE else '{' + value + '}'},"
        for name, value in sorted(block.latex.items(), key=lambda field: (_ORDER.get(field[0], len(_ORDER)), field[0]))
    ]
    return "\n".join([f"@{block.kind}{{{block.entry.key},", *lines, "}\n"])


def _read_back(text: str, blocks: Sequence[Block], dialect: Dialect) -> None:
    """Parse what was written and compare it field by field, with what was written and with what was meant.

    Raises LitError rather than hand out a broken file; a value that reads differently is a warning.
    """
    read: dict[str, bibfile.BibEntry] = {}
    for found in bibfile.blocks(text):
        if isinstance(found, bibfile.BibEntry):
            read[found.key] = found
    for block in blocks:
        key = block.entry.key
        got = read.get(key)
        values = {name: "".join(piece.text for piece in value) for name, value in got.fields} if got else {}
        odd = next((name for name, latex in block.latex.items() if values.get(name) != latex), "")
        if not got or got.type != block.kind or odd or len(values) != len(block.latex):
            raise LitError(
                f"{key}: {odd or 'the entry'} cannot be written as {dialect.name}: {block.latex.get(odd, '')[:60]!r}",
                "mend this field in the library; nothing was written",
            )
        for name, latex in block.latex.items():
            if not dialect.utf8 and not latex.isascii() and name not in bibfields.KEYS:
                raise LitError(f"{key}: {name} is not ASCII: {latex[:60]!r}", "nothing was written")
            if not bibfields.is_verbatim(name) and not detex.says(latex, block.meant[name]):
                block.warn(f"{name}: {block.meant[name]!r} reads back as {detex.decode(latex)!r}")


# --- titles and names -------------------------------------------------------------------------------------


def is_english(paper: Paper) -> bool:
    """Whether a paper is in English, as one is that does not say otherwise."""
    language = str(paper.fields.get("langid") or paper.fields.get("language") or "english")
    return language.strip().lower() in _ENGLISH


def repeats_id(paper: Paper) -> bool:
    """Whether the URL only says the DOI or the arXiv id again."""
    return bool(paper.url) and (
        (bool(paper.doi) and ids.doi_key(paper.url) == ids.doi_key(paper.doi))
        or (bool(paper.arxiv) and ids.arxiv_id(paper.url) == paper.arxiv)
    )


def people(persons: Sequence[Person], cut: bool, dialect: Dialect) -> tuple[tex.Encoded, str]:
    """A name list in LaTeX, and what it means."""
    encoded = [_name(person, dialect) for person in persons]
    others = ["others"] if cut and persons else []
    text = " and ".join([*(one.text for one in encoded), *others])
    meant = " and ".join([*(names.comma_form(person) for person in persons), *others])
    return tex.Encoded(text, tuple(dict.fromkeys(char for one in encoded for char in one.strange))), meant


def _name(person: Person, dialect: Dialect) -> tex.Encoded:
    """`von Last, Jr, First`; an organisation, and a name that BibTeX would part wrongly, as one group."""
    family = " ".join(part for part in (person.particle, person.family) if part)
    of_two_words = " " in person.family and not person.particle
    if person.literal or (not person.given and (person.suffix or of_two_words or family.lower() == "others")):
        whole = person.literal or ", ".join(part for part in (family, person.suffix) if part)
        encoded = _name_text(whole, dialect, is_cut=not dialect.utf8)
        if dialect.utf8:
            # Biber takes {others} for `and others`.
            relax = r"\relax " if whole.lower() == "others" else ""
            return tex.Encoded(f"{{{relax}{encoded.text}}}", encoded.strange)
        return tex.Encoded(_one_group(encoded.text), encoded.strange)
    if not dialect.utf8:
        family = _LOW_PART.sub(r"\1{-}", family)
    # Both programs make initials of given names. For labels BibTeX cuts family names, and Biber leaves commands out.
    told = [(family, not dialect.utf8), (person.suffix, False), (person.given, True)]
    parts = [_name_part(part, dialect, is_cut=is_cut) for part, is_cut in told if part]
    return tex.Encoded(", ".join(part.text for part in parts), tuple(char for part in parts for char in part.strange))


def _name_text(text: str, dialect: Dialect, *, is_cut: bool) -> tex.Encoded:
    balanced = text if is_balanced(text) else re.sub(r"[{}]", "", text)
    return tex.encode(balanced, utf8=dialect.utf8, is_cut=is_cut)


def _name_part(text: str, dialect: Dialect, *, is_cut: bool) -> tex.Encoded:
    encoded = _name_text(text, dialect, is_cut=is_cut)
    latex = encoded.text
    if _PARTED.search(re.sub(r"\{[^{}]*\}", "", latex) if "{" in latex else latex):
        latex = f"{{{latex}}}"
    # An initial of two letters (`Yu.`) is one to BibTeX in a group that begins with a command (Tame the BeaST, 11).
    if ". " in latex:
        latex = _LONG_INITIAL.sub(r"{\\relax \1}.", latex)
    return tex.Encoded(latex, encoded.strange)


_PARTED = re.compile(r"\band\b|,", re.IGNORECASE)
# BibTeX takes what a small letter begins for a particle, and a blank for the hyphen behind it (`al-Farabi`).
_LOW_PART = re.compile(r"(?<![^\s-])([a-z][^\s{}-]*)-(?=[^\s-])")
_LONG_INITIAL = re.compile(r"(?<!\S)([A-Z][a-z]+)\.(?=\s+[A-Z]\.)")
_GROUP = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}"
_TEX_PIECE = re.compile(rf"{_GROUP}|\\[A-Za-z]+(?:{_GROUP})*|\\.|[^\\{{}}]+")


def _one_group(latex: str) -> str:
    """A name in braces for BibTeX; each command in a group of its own, so that alpha.bst cuts none in two.

    One of commands alone ends in an empty group: without, it is a person's name in letters that ASCII lacks.
    """
    if "\\" not in latex:
        return f"{{{latex}}}"
    pieces = [piece.removesuffix("{}") for piece in _TEX_PIECE.findall(latex)]
    bare = [piece.startswith(("{\\", "{$")) for piece in pieces]
    whole = "".join(piece if is_bare else f"{{{piece}}}" for piece, is_bare in zip(pieces, bare, strict=True))
    return f"{whole}{{}}" if all(bare) else whole
