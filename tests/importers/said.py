"""What an importer says of a page, in the shape of the files that lie beside the pages in `pages/`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from litcli import importers, page, table
from litcli.paper import Entry, Problem, Record

PAGES = Path(__file__).parent / "pages"


def expected(name: str) -> dict[str, Any]:
    """The papers and problems that a reader of a page in `pages/` finds on it; written by hand."""
    said = tomllib.loads((PAGES / f"{name}.toml").read_text("utf-8"))
    return {"papers": said.get("papers", []), "problems": said.get("problems", [])}


def text_of(name: str) -> str:
    return (PAGES / f"{name}.txt").read_text("utf-8")


def said(source: str | page.Page, importer: str = "") -> dict[str, Any]:
    """The papers of a page's text, each as its table with its line and tags, and the lines of its problems."""
    found = page.Page("page.txt", source) if isinstance(source, str) else source
    items = list((importers.by_name(importer) if importer else importers.identify(found)).parse(found))
    papers = [
        {"line": item.line, **table.to_table(Entry("", item.paper, tags=item.tags))}
        for item in items
        if isinstance(item, Record)
    ]
    # Every page's papers would be `misc`, which says nothing.
    papers = [{name: value for name, value in paper.items() if (name, value) != ("type", "misc")} for paper in papers]
    problems = [{"line": item.line, "failed": item.failed} for item in items if isinstance(item, Problem)]
    return {"papers": papers, "problems": sorted(problems, key=lambda problem: problem["line"])}


OTHER = {
    "a novel": """CHAPTER I

It was a dark night, in 1984 or thereabouts, and the sheep (Smith, 2020, p. 5) were restless.

- Yes, he said (as he always did).
- No, she said.

"References," he went on, "are for those who have a past." And the research community laughed.

Published in 1920
12

THE END
""",
    "source code": '''# References
# [1] A. Author. Title. In ICML, 2020.
import re

TITLE = "pdf bib abs"  # buttons


def main(args: list[str]) -> int:
    """[2] B. Author. Title. 2021."""
    print(args[1], f(2020, "ACL"))
    return 0
''',
    "an e-mail": """From: ann@example.org
References: <12345@example.org>
Subject: Re: the 2 authors

Hello Bo,

1. please send the pdf
2. and the bib (Smith, 2020)
3. by Monday

> On Mar 11, Cy wrote:
> Upvote this

Ann
""",
    "a readme": """# Tool

- [Install](https://example.org)
- Use it (see Smith et al., 2020)

## References

See the [manual](https://example.org/manual).

* Version 1.0 (2020-01-01, stable)
""",
    "a shopping list": "1. Milk\n2. Eggs (6, brown)\n3. Flour\n\nTotal: 3\n",
    "a bibliography's title": "References\n",
}
"""Texts that are no page of any kind."""
