"""The example pages, and the real pages in the folder that $LITCLI_PAGES names, where there is one.

The example pages keep every bibliographic fact of their originals, so both say the same of every paper but its text.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from litcli import absorb, importers, page
from litcli.paper import Problem, Record, Source
from litcli.text import clean
from tests.conftest import PAGES, SEEDS, Program
from tests.importers.test_golden import FORMATS

REAL = sorted(Path(PAGES).iterdir()) if PAGES else []
EXAMPLES = sorted(SEEDS.glob("*.txt"))
WITHOUT_REAL_PAGES = pytest.mark.skipif(not REAL, reason="LITCLI_PAGES names no folder")


def _stem(path: object) -> str:
    return path.stem if isinstance(path, Path) else "none"


def read(path: Path) -> tuple[str, list[Record], list[Problem]]:
    """The format of a page, its records and its problems."""
    found = page.read(str(path))
    importer = importers.identify(found)
    items = list(importer.parse(found))
    return (
        importer.name,
        [item for item in items if isinstance(item, Record)],
        [item for item in items if isinstance(item, Problem)],
    )


@pytest.mark.parametrize("path", [*EXAMPLES, *REAL], ids=_stem)
def test_every_paper_of_the_page_is_read(path: Path) -> None:
    name, records, problems = read(path)
    assert (len(records), sum(problem.failed for problem in problems)) == (FORMATS[name], 0)


@WITHOUT_REAL_PAGES
@pytest.mark.parametrize("path", REAL, ids=_stem)
def test_the_real_page_says_what_the_example_says(path: Path) -> None:
    name, records, _ = read(path)
    _, examples, _ = read(SEEDS / f"{name}.txt")
    facts = [replace(record, paper=replace(record.paper, abstract="")) for record in records]
    assert facts == [replace(record, paper=replace(record.paper, abstract="")) for record in examples]


@WITHOUT_REAL_PAGES
@pytest.mark.parametrize("path", REAL, ids=_stem)
def test_where_each_paper_has_its_abstract_the_real_one_does_too(path: Path) -> None:
    name, records, _ = read(path)
    assert name == "grouped-list" or all(len(record.paper.abstract) > 100 for record in records)


@pytest.mark.parametrize("pages", [EXAMPLES, pytest.param(REAL, marks=WITHOUT_REAL_PAGES)], ids=["examples", "real"])
def test_the_pages_together_are_216_papers_and_unchanged_the_second_time(lit: Program, pages: list[Path]) -> None:
    first = lit("import", *pages, "-L", lit.library, "--json").json
    text = lit.library.read_bytes()
    again = lit("import", *pages, "-L", lit.library, "--json").json
    assert (first["seen"], first["imported"], first["failed"]) == (216, 216, 0)
    assert (again["seen"], again["unchanged"], again["failed"]) == (216, 216, 0)
    assert lit.library.read_bytes() == text


# --- a pool of texts without names ------------------------------------------------------------------------


BELONGS = dict(
    pair.split(":")
    for pair in """
    124:69 125:52 126:100 127:74 128:96 129:107 130:4 132:85 133:83 136:68 137:97 138:81 139:104 141:88
    142:70 143:94 144:99 145:79 146:78 148:103 151:114 152:71 153:72 154:31 155:110 156:87 157:16 158:14
    159:18 160:92 161:118 162:8 164:6 165:17 166:13 167:20 168:15 169:7 170:11 171:95 172:19 174:9 175:10
    176:35 178:28 180:39 181:40 182:121 186:120 187:33 188:23 189:108 190:29 191:38 192:32 194:30 195:34
    196:27 197:26 198:109 199:25 200:119 201:47 202:60 203:46 204:49 205:58 206:75 207:36 209:45 210:50
    212:64 213:56 214:54 215:73 216:48 217:76 218:53 219:84 220:57 221:44 222:59 224:51 225:98 226:112
    227:55 228:115 229:116 230:113 231:117 232:111
    """.split()
)
"""Line of a text in the pool of the grouped list: line of the bullet that it is the abstract of, assigned by hand."""


def _wrong(lines: list[str], left_out: int = -1) -> list[str]:
    """The papers that are given a text that is not theirs, when one line (an index) is left out of the page."""
    kept = [(number, line) for number, line in enumerate(lines, start=1) if number != left_out + 1]
    found = page.Page("report.txt", "\n".join(line for _, line in kept))
    records = [item for item in importers.by_name("grouped-list").parse(found) if isinstance(item, Record)]
    texts = {clean(lines[int(text) - 1]).removeprefix("Abstract "): paper for text, paper in BELONGS.items()}
    own = [(str(kept[record.line - 1][0]), record.paper) for record in records if record.paper.abstract]
    assert len(own) > 15
    return [paper.title for line, paper in own if texts.get(paper.abstract) != line]


POOLS = pytest.mark.parametrize(
    "path",
    [SEEDS / "grouped-list.txt", *(path for path in REAL if read(path)[0] == "grouped-list")],
    ids=_stem,
)


@POOLS
def test_no_paper_is_given_the_text_of_another(path: Path) -> None:
    assert _wrong(path.read_text("utf-8").split("\n")) == []


@POOLS
def test_what_belongs_to_a_paper_that_is_not_listed_goes_to_no_other(path: Path) -> None:
    lines = path.read_text("utf-8").split("\n")
    bullets = [at for at, line in enumerate(lines) if line.startswith("- ")]
    assert [title for at in bullets[::6] for title in _wrong(lines, at)] == []


@POOLS
def test_a_paper_whose_own_text_is_not_there_is_given_no_other(path: Path) -> None:
    lines = path.read_text("utf-8").split("\n")
    assert [title for text in [*BELONGS][::6] for title in _wrong(lines, int(text) - 1)] == []


def test_papers_that_look_alike_stay_apart() -> None:
    """Qwen2 and Qwen2.5, surveys with near-equal names: 216 papers, and not one is taken for another."""
    pairs = [(Source(path.name, record.line, "x"), record) for path in EXAMPLES for record in read(path)[1]]
    outcome = absorb.absorb({}, pairs, added="2026-01-01")
    assert (outcome.imported, outcome.merged, outcome.doubts) == (216, 0, [])
