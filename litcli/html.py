"""HTML -> the lines that a browser gives when all of a page is copied, each with the links that stand on it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from litcli.text import subscript, superscript

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode


@dataclass(frozen=True, slots=True)
class Link:
    """The piece of a link on one line: the line from 1, its columns, what it says, where it leads, as it was written.

    A link that shows a picture alone says what the picture's text or the link's tooltip does.
    """

    line: int
    start: int
    end: int
    label: str
    target: str


@dataclass(slots=True)
class _Block:
    """An element with lines of its own, from index `first` to before `end`, and the number of the block around it."""

    parent: int
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A page of HTML as lines of text, and what the lines alone do not say.

    `origins` are the lines of the source where the lines of the text begin, `base` is the address that relative links
    start from ("" where the page does not tell it), `fences` are the lines where headings and the page's foot begin.
    """

    text: str
    origins: tuple[int, ...]
    links: tuple[Link, ...]
    base: str
    fences: tuple[int, ...]
    blocks: tuple[_Block, ...]
    homes: tuple[int, ...]
    """For each line the number of the innermost block that it begins in."""
    tags: tuple[tuple[str, str], ...] = ()
    """What the page says of a paper in tags such as `citation_title`: the name without `citation_`, and the value."""

    def origin(self, line: int) -> int:
        """The line of the source where a line of the text begins, both from 1."""
        return self.origins[min(line, len(self.origins)) - 1] if self.origins else 1

    def links_of(self, line: int) -> tuple[Link, ...]:
        """The links on a line of the text, from 1."""
        first = bisect_left(self.links, line, key=lambda link: link.line)
        return self.links[first : bisect_right(self.links, line, key=lambda link: link.line)]

    def regions(self, lines: list[int]) -> Iterator[range]:
        """For each of some lines (from 1, ascending) the lines around it that belong to none of the others.

        These are the largest element that holds it and no other, and what follows that up to the next one's. The first
        begins below the fence above it, and the last ends before the next fence.
        """
        if not lines:
            return
        above = bisect_left(self.fences, lines[0])
        below = bisect_right(self.fences, lines[-1])
        edges = [
            self.fences[above - 1] if above else 0,
            *lines,
            self.fences[below] if below < len(self.fences) else len(self.homes) + 1,
        ]
        elements = [self._around(line, *edges[at : at + 3 : 2]) for at, line in enumerate(lines)]
        for element, end in zip(elements, [*(element.start for element in elements[1:]), edges[-1]], strict=True):
            yield range(element.start, max(element.stop, end))

    def _around(self, line: int, after: int, before: int) -> range:
        """The lines of the largest element around a line that lies between two others."""
        found = range(line, line + 1)
        at = self.homes[line - 1] if line <= len(self.homes) else -1
        while at >= 0 and self.blocks[at].first >= after and self.blocks[at].end < before:
            found = range(self.blocks[at].first + 1, self.blocks[at].end + 1)
            at = self.blocks[at].parent
        return found


# --- recognising ------------------------------------------------------------------------------------------

_WHOLE = re.compile(
    r"\s*(?:(?:<\?xml[^>]*>|<!--(?:(?!-->).)*-->)\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_PIECE = re.compile(
    r"\s*<(?:meta|title|link|div|p|table|tr|tbody|ul|ol|li|dl|section|article|main|header|nav|h[1-6]|a|span|center)\b",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-z]|<!", re.IGNORECASE)


def is_html(text: str, *, is_named_so: bool = False) -> bool:
    """Whether a source is HTML: by how it begins, or by its file's name where there is markup in it."""
    if is_named_so:
        return _TAG.search(text) is not None
    return _WHOLE.match(text) is not None or (_PIECE.match(text) is not None and _is_mostly_markup(text))


def _is_mostly_markup(text: str) -> bool:
    """Whether half of the filled lines begin or end with a tag; a text may open with one."""
    lines = [line for line in map(str.strip, text.split("\n")) if line]
    return sum(line.startswith("<") or line.endswith(">") for line in lines) * 2 >= len(lines)


# --- reading ----------------------------------------------------------------------------------------------

_SAVED_FROM = re.compile(r"<!-- ?saved from url=\(\d+\)(\S+) ?-->")
"""What browsers write above a page that they save."""


def lay_out(source: str, address: str = "") -> Layout:
    """The text and the links of a page of HTML; `address` is where it was found, where that is known."""
    from selectolax.lexbor import LexborHTMLParser

    source = source.replace("\r\n", "\n").replace("\r", "\n")
    tree = LexborHTMLParser(_tame(source))
    writer = _Writer()
    if tree.body is not None:
        _write(tree.body, writer)
    return writer.layout(_base(tree, source, address), _citation_tags(tree))


def _citation_tags(tree: LexborHTMLParser) -> tuple[tuple[str, str], ...]:
    """The tags that tell search engines of a paper, in the page's order."""
    said = [(node.attributes.get("name") or "", node.attributes.get("content") or "") for node in tree.css("meta")]
    return tuple((name[9:].lower(), value) for name, value in said if name.lower().startswith("citation_"))


def _base(tree: LexborHTMLParser, source: str, address: str) -> str:
    """The address that relative links start from, by what the page says of itself."""
    saved = _SAVED_FROM.search(source, 0, 4096)
    address = (
        address
        or (saved[1] if saved else "")
        or _attribute(tree, 'link[rel="canonical"]', "href")
        or _attribute(tree, 'meta[property="og:url"]', "content")
    )
    return join(address, _attribute(tree, "base[href]", "href"))


def _attribute(tree: LexborHTMLParser, selector: str, name: str) -> str:
    node = tree.css_first(selector)
    return (node.attributes.get(name) or "").strip() if node else ""


def join(base: str, target: str) -> str:
    """The web address of a target as it is seen from a base, "" where there is none."""
    try:
        address = urljoin(base, target.strip())
    except ValueError:
        return ""
    return address if address.lower().startswith(("http://", "https://")) else ""


_MARKUP = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|<(?P<raw>script|style)\b(?![^>]*/>).*?(?:</(?P=raw)\b|\Z)"
    r"|<(?P<end>/?)(?P<name>[a-z][^\s/>]*)(?P<rest>(?:[^>=]++|=\s*+(?:\"[^\"]*\"|'[^']*')?+)*+)>?",
    re.IGNORECASE | re.DOTALL,
)
"""A comment, a script, or a tag: its attributes in quotes may hold any sign (HTML Standard, 13.2.5)."""
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_ENDED_BY_OTHERS = frozenset(
    "a p li td th tr dd dt option optgroup thead tbody tfoot colgroup caption rt rp html head body".split()
)
_FORMATTING = frozenset("b big code em font i nobr s small strike strong tt u".split())
_DEPTH = 500
"""Elements in one another; browsers stop at 512."""
_ATTRIBUTES = 1000
_LINE = "litcli-line"
_SEPARATOR = re.compile(r"[\s/]+")
_NOTHING = "<!---->"
"""Keeps the texts on both sides of a tag apart that a parser may pass over; to add one to the other, it copies both."""


def _tame(source: str) -> str:
    """The source with the line of each tag as an attribute, and without what takes a parser more time than its share.

    By the standard (13.2.5 and 13.2.6) a tag is compared with all open elements, an attribute with all others of its
    tag, and formatting that is never closed is copied into each paragraph that follows.
    """
    line, seen, depth = 1, 0, 0
    is_xml = source.lstrip().startswith("<?xml")

    def rewrite(match: re.Match[str]) -> str:
        nonlocal line, seen, depth
        if not match["name"]:
            return match[0]
        line, seen = line + source.count("\n", seen, match.end()), match.end()
        name, rest, end = match["name"].lower(), match["rest"], bool(match["end"])
        is_closed = rest.endswith("/") and name not in _VOID
        if name not in _VOID and name not in _ENDED_BY_OTHERS and not is_closed:
            depth = max(depth - 1, 0) if end else depth + 1
            if depth + end > _DEPTH:
                return "" if end else f"<hr {_LINE}={line}>"
        name = "span" if name in _FORMATTING else name
        if end:
            return f"</{name}>{_NOTHING}"
        if len(rest) > 2 * _ATTRIBUTES and len(_SEPARATOR.findall(_QUOTED.sub("", rest))) > _ATTRIBUTES:
            rest = ""
        behind = f"</{name}>" if is_closed and is_xml else _NOTHING if name in _ENDED_BY_OTHERS else ""
        return f"<{name} {_LINE}={line} {rest}>{behind}"

    return _MARKUP.sub(rewrite, source)


# --- writing ----------------------------------------------------------------------------------------------

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre search section summary table "
    "tbody tfoot thead tr ul".split()
)
_APART = frozenset("blockquote dl figure h1 h2 h3 h4 h5 h6 hr ol p pre table ul".split())
"""Blocks with an empty line above and below."""
_FENCES = frozenset("h1 h2 h3 h4 h5 h6 nav footer aside".split())
_LISTS = frozenset(("ul", "ol"))
_CELLS = frozenset(("td", "th"))
_ROWS = frozenset(("li", "tr"))
"""What holds a whole paper in a list or table; where it has several lines, an empty one follows."""
_UNSEEN = frozenset(
    "audio canvas datalist head iframe mjx-assistive-mml noscript object rp script select style svg template textarea "
    "title video".split()
)
_BLOCK_CLASS = re.compile(r"(?<!\S)(?:d-(?:sm-)?)?(?:block|flex|grid)(?!\S)")
"""The classes by which Bootstrap and Tailwind make a block of any element."""
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NO_PAGE = ("#", "javascript:", "mailto:", "data:")
_BLANKS = re.compile(r"[ \t\n\f\r]+")


@dataclass(slots=True)
class _Line:
    """A line that was written; `bullet` stands before it."""

    text: str
    origin: int
    home: int
    bullet: str = ""


class _Writer:
    """The lines of a page and their links, while they are written."""

    def __init__(self) -> None:
        self.line = 1
        """The line of the source that is being read."""
        self.fences: list[int] = []
        self.linked = False
        """Whether a link is open."""
        self.picture = ""
        """What the last picture shows, in words."""
        self._lines: list[_Line] = []
        self._blocks: list[_Block] = []
        self._inside = -1
        self._links: list[tuple[int, int, int | None, str, str]] = []
        self._start()

    def _start(self) -> None:
        self._parts: list[str] = []
        self._width = 0
        self._origin, self._home = self.line, self._inside
        self._blank = False

    def place(self) -> tuple[int, int]:
        """Where the next text will stand: index of its line, column."""
        return len(self._lines), self._width

    def parts(self) -> int:
        """How many pieces of text the line has."""
        return len(self._parts)

    def write(self, text: str) -> None:
        """Text in which white space is a blank, and nothing where the line begins."""
        said = _BLANKS.sub(" ", text)
        body = said.strip(" ")
        self._blank = self._blank or said.startswith(" ")
        if body:
            above = text.count("\n", 0, len(text) - len(text.lstrip()))
            self.line += above
            self.put(" " + body if self._blank and self._width else body)
            self.line += text.count("\n") - above
            self._blank = said.endswith(" ")
        else:
            self.line += text.count("\n")

    def write_as_it_is(self, text: str) -> None:
        """Text whose blanks and line ends count."""
        first, *others = text.split("\n")
        self.put(first)
        for other in others:
            self.line += 1
            self.break_line()
            self.put(other)

    def put(self, text: str) -> None:
        """Text behind what stands on the line, as it is."""
        if not self._width:
            self._origin, self._home = self.line, self._inside
        self._parts.append(text)
        self._width += len(text)

    def shift(self, part: int, tag: str) -> None:
        """Raise (`sup`) or lower (`sub`) the pieces of the line from one on."""
        said = "".join(self._parts[part:])
        move = superscript if tag == "sup" else subscript
        self._parts[part:] = [",".join(map(move, said.split(",")))]

    def break_line(self) -> None:
        """The line ends, be it empty."""
        self._lines.append(_Line("".join(self._parts).rstrip(" \t"), self._origin, self._home))
        self._start()

    def end_line(self) -> None:
        """The line ends, where something stands on it."""
        if self._width:
            self.break_line()
        self._blank = False

    def set_apart(self) -> None:
        """The line ends, and an empty one follows."""
        self.end_line()
        if self._lines and self._lines[-1].text:
            self.break_line()

    def open(self) -> int:
        """The number of a block that begins on the next line."""
        self._blocks.append(_Block(self._inside, len(self._lines), 0))
        self._inside = len(self._blocks) - 1
        return self._inside

    def close(self, number: int) -> None:
        """The block of a number ends on the line above."""
        block = self._blocks[number]
        block.end = len(self._lines)
        self._inside = block.parent

    def filled(self, number: int) -> list[_Line]:
        """The lines of a block on which something stands; of a long one, the first few."""
        block = self._blocks[number]
        return [line for line in self._lines[block.first : min(block.end, block.first + 4)] if line.text]

    def link(self, start: tuple[int, int], target: str, label: str) -> None:
        """A link from a place to here; the label is for one without text."""
        here, width = self.place()
        for at in range(start[0], here + 1):
            column = start[1] if at == start[0] else 0
            self._links.append(
                (at, column, width if at == here else None, target, label if start == (here, width) else "")
            )

    def layout(self, base: str, tags: tuple[tuple[str, str], ...]) -> Layout:
        """All that was written."""
        self.end_line()
        while self._lines and not self._lines[-1].text:
            self._lines.pop()
        return Layout(
            "".join(f"{line.bullet}{line.text}\n" for line in self._lines),
            tuple(line.origin for line in self._lines),
            tuple(self._pieces()),
            base,
            tuple(self.fences),
            tuple(self._blocks),
            tuple(line.home for line in self._lines),
            tags,
        )

    def _pieces(self) -> Iterator[Link]:
        for at, start, end, target, label in self._links:
            if at < len(self._lines):
                line = self._lines[at]
                said = line.text[start:end]
                begin = len(line.bullet) + start + len(said) - len(said.lstrip())
                if said.strip() or label:
                    yield Link(at + 1, begin, begin + len(said.strip()), said.strip() or label, target)


@dataclass(slots=True)
class _Open:
    """An element that is being written: where it began, and what is to be done at its end."""

    tag: str
    start: tuple[int, int]
    part: int
    block: int = -1
    target: str = ""
    label: str = ""
    bullet: str = ""
    number: int = 1
    is_plain: bool = False
    """Whether it is a list as browsers show it; one with a class is laid out by the page, as a rule without bullets."""


def _write(body: LexborNode, writer: _Writer) -> None:
    """Write all that a reader of the page sees."""
    inside: list[_Open] = []
    levels = [iter([body])]
    pre = items = 0
    while levels:
        node = next(levels[-1], None)
        if node is None:
            levels.pop()
            if inside:
                closed = inside.pop()
                pre -= closed.tag == "pre"
                items -= closed.tag == "li"
                _leave(closed, writer, items)
        elif node.is_text_node:
            (writer.write_as_it_is if pre else writer.write)(node.text_content or "")
        elif node.is_comment_node:
            writer.line += (node.comment_content or "").count("\n")
        elif opened := _enter(node, inside[-1] if inside else None, writer, items):
            pre += opened.tag == "pre"
            items += opened.tag == "li"
            inside.append(opened)
            levels.append(node.iter(include_text=True))


def _enter(node: LexborNode, around: _Open | None, writer: _Writer, items: int) -> _Open | None:
    """An element whose content is to be written; None for one that is unseen, or done with at once."""
    tag, attributes = node.tag or "", node.attributes
    line = attributes.get(_LINE)
    writer.line = int(line) if line else writer.line
    name, style = attributes.get("class"), attributes.get("style")
    if tag in _UNSEEN or "hidden" in attributes or name == "katex-html" or (style and _HIDING.search(style)):
        return None
    if tag == "br":
        writer.break_line()
        return None
    if tag == "math" and (formula := node.css_first('annotation[encoding="application/x-tex"]')):
        writer.write(f"${formula.text().strip()}$")
        return None
    is_block = tag in _BLOCKS or (name is not None and _BLOCK_CLASS.search(name) is not None)
    if tag in _CELLS:
        is_block = is_block or any(child.tag == "br" or child.tag in _BLOCKS for child in node.iter())
        if not is_block and writer.place()[1]:
            writer.put("\t")
    if is_block:
        _begin_block(tag, writer, items)
    opened = _Open(tag, writer.place(), writer.parts(), writer.open() if is_block else -1)
    if tag in _FENCES:
        writer.fences.append(opened.start[0] + 1)
    elif tag in _LISTS:
        opened.is_plain = not name
        opened.number = _number(attributes.get("start"), 1)
    elif tag == "li" and around and around.is_plain and not name:
        around.number = _number(attributes.get("value"), around.number)
        opened.bullet = "• " if around.tag == "ul" else f"{around.number}. "
        around.number += 1
    elif tag == "a":
        _begin_link(opened, attributes, writer)
    elif tag == "img":
        writer.picture = attributes.get("alt") or writer.picture
    return opened


def _begin_link(opened: _Open, attributes: Mapping[str, str | None], writer: _Writer) -> None:
    """Note where a link leads, and what it says if it has no text; a link in a link is none."""
    target = (attributes.get("href") or "").strip()
    if target and not writer.linked and not target.lower().startswith(_NO_PAGE):
        opened.target = target
        opened.label = attributes.get("aria-label") or attributes.get("title") or ""
        writer.linked, writer.picture = True, ""


def _begin_block(tag: str, writer: _Writer, items: int) -> None:
    if tag in _APART and not (items and tag in _LISTS):
        writer.set_apart()
    else:
        writer.end_line()


def _number(said: str | None, default: int) -> int:
    return int(said) if said and re.fullmatch(r"[0-9]{1,9}", said) else default


def _leave(opened: _Open, writer: _Writer, items: int) -> None:
    """The end of an element."""
    here = writer.place()
    if opened.target:
        writer.linked = False
        writer.link(opened.start, opened.target, (opened.label or writer.picture).strip())
    if opened.tag in ("sup", "sub") and here[0] == opened.start[0]:
        writer.shift(opened.part, opened.tag)
    if opened.block >= 0:
        _begin_block(opened.tag, writer, items)
        writer.close(opened.block)
    if opened.tag in _ROWS and opened.block >= 0:
        lines = writer.filled(opened.block)
        if len(lines) > 1:
            writer.set_apart()
        elif lines and opened.bullet:
            # What stands on several lines is told by them, as a paper of a homepage is; so it has no bullet.
            lines[0].bullet = lines[0].bullet or opened.bullet
