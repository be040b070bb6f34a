"""What the links around a record say of it, and what links of others do not."""

from __future__ import annotations

import pytest

from litcli import page
from litcli.importers import links
from litcli.paper import Paper, Problem, Record

SITE = "https://site.example.org/list/"


def found(html: str, title: str = "A Title of Some Words", paper: Paper | None = None) -> Paper:
    """The one paper of a page whose title stands in it, with what its links say."""
    source = page.decode("page.html", f"<html><body><h1>Papers</h1>{html}".encode())
    line = next(at for at, text in enumerate(source.lines, start=1) if title in text)
    assert source.layout is not None
    record = Record(paper or Paper(title=title), line)
    (item,) = links.attach(source, source.layout, [record], SITE)
    assert isinstance(item, Record)
    return item.paper


def labelled(label: str, target: str) -> Paper:
    return found(f"<p>A Title of Some Words<br>Ann Lee, Bo Brown<br><a href='{target}'>{label}</a> / x</p>")


# --- identifiers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "arxiv"),
    [
        ("https://arxiv.org/abs/2310.06825", "2310.06825"),
        ("http://www.arxiv.org/pdf/2310.06825v2.pdf", "2310.06825"),
        ("https://export.arxiv.org/abs/math/0601001", "math/0601001"),
        ("https://arxiv.org/html/2310.06825v1#S2", "2310.06825"),
        ("https://huggingface.co/papers/2310.06825#community", "2310.06825"),
        ("https://doi.org/10.48550/arXiv.2310.06825", "2310.06825"),
        ("https://arxiv.org/a/lee_a_1", ""),
        ("https://arxiv.org.example.org/abs/2310.06825", ""),
        ("https://huggingface.co/otter/2310.06825", ""),
    ],
)
def test_an_arxiv_link_is_its_identifier(target: str, arxiv: str) -> None:
    paper = labelled("paper", target)
    assert (paper.arxiv, paper.doi) == (arxiv, "")


@pytest.mark.parametrize(
    ("target", "doi"),
    [
        ("https://doi.org/10.1145/1234.5678", "10.1145/1234.5678"),
        ("http://dx.doi.org/10.1002/(SICI)1097%3C1::AID-X%3E3.0", "10.1002/(SICI)1097<1::AID-X>3.0"),
        ("https://dl.acm.org/doi/abs/10.1145/1234.5678?download=true", "10.1145/1234.5678"),
        ("https://link.springer.com/article/10.1007/s11263-020-01316-z", "10.1007/s11263-020-01316-z"),
        ("https://www.biorxiv.org/content/10.1101/2021.01.01.425001v2.full.pdf", "10.1101/2021.01.01.425001"),
        ("https://example.org/10.1145/1234.5678", ""),
    ],
)
def test_a_doi_link_is_its_identifier(target: str, doi: str) -> None:
    assert labelled("publisher", target).doi == doi


@pytest.mark.parametrize(
    "target",
    [
        "https://aclanthology.org/2023.acl-long.1/",
        "https://www.aclweb.org/anthology/2023.acl-long.1",
        "https://aclanthology.org/2023.acl-long.1.pdf",
    ],
)
def test_a_link_to_the_anthology_is_the_address_of_its_page(target: str) -> None:
    assert labelled("paper", target).url == "https://aclanthology.org/2023.acl-long.1/"


def test_what_the_text_says_is_kept() -> None:
    said = Paper(title="A Title of Some Words", arxiv="2001.00001", url="https://x.example.org/", links={"pdf": "y"})
    html = "<p>A Title of Some Words<br><a href=https://arxiv.org/abs/2310.06825>arXiv</a> / <a href=z.pdf>pdf</a></p>"
    assert found(html, paper=said) == said


# --- whose link it is -------------------------------------------------------------------------------------

ARXIV = "https://arxiv.org/abs/2310.06825"


@pytest.mark.parametrize(
    "html",
    [
        f"<p><a href={ARXIV}>A Title of Some Words</a><br>Ann Lee</p>",
        f"<p><a href={ARXIV}>A Title<br>of Some Words</a><br>Ann Lee</p>".replace("<br>of", " of"),
        f"<p>A Title of Some Words<br>Ann Lee<br>[<a href={ARXIV}>arXiv</a>] [<a href=x>bib</a>]</p>",
        f"<p>A Title of Some Words. Ann Lee, Bo Brown. ICML 2023. <a href={ARXIV}>[PDF]</a></p>",
        f"<p>A Title of Some Words<br>Ann Lee<br><a href={ARXIV}>arXiv:2310.06825</a>, 2023</p>",
        f"<div><p>A Title of Some Words</p><p>One two three four five six seven eight nine ten eleven twelve thirteen. "
        f"<a href={ARXIV}>[paper]</a></p></div>",
    ],
)
def test_a_link_of_the_paper_is_taken(html: str) -> None:
    assert found(html).arxiv == "2310.06825"


@pytest.mark.parametrize(
    "html",
    [
        f"<p>A Title of Some Words<br>Ann Lee</p><p>With far fewer of the many words that were needed before we extend "
        f"the <a href={ARXIV}>paper</a> of others.</p>",
        f"<p>A Title of Some Words<br>Ann Lee</p><p>With far fewer of the many words that were needed before, as in "
        f"<a href={ARXIV}>Lee et al.</a></p>",
        f"<p>A Title of Some Words<br>Ann Lee<br><a href={ARXIV}>one</a> <a href=https://arxiv.org/abs/2310.1>x</a> "
        f"<a href=https://arxiv.org/abs/2310.06826>two</a></p>",
        f"<nav><a href={ARXIV}>arXiv</a></nav><p>A Title of Some Words</p>",
        f"<p>A Title of Some Words</p><footer><a href={ARXIV}>paper</a></footer>",
    ],
    ids=["in a sentence", "at a sentence's end", "of two papers", "above", "in the foot"],
)
def test_a_link_that_may_be_of_another_paper_is_left_out(html: str) -> None:
    assert found(html).arxiv == ""


# --- links by name ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("pdf", "pdf"),
        ("[PDF]", "pdf"),
        ("Paper (1.2 MB)", "paper"),
        ("Source code", "code"),
        ("Code (GitHub)", "code"),
        ("project page", "project"),
        ("Slides", "slides"),
        ("talk", "video"),
        ("Dataset", "data"),
        ("BibTeX", "bib"),
        ("blog on OpenMOSS", "blog"),
        ("poster", "poster"),
        ("代码", "code"),
    ],
)
def test_a_link_is_called_by_what_it_leads_to(label: str, name: str) -> None:
    assert labelled(label, "x/y").links == {name: "https://site.example.org/list/x/y"}


@pytest.mark.parametrize("label", ["Ann Lee", "Journal of Otters", "Data Mining and Discovery", "here", "2023"])
def test_a_link_that_does_not_say_what_it_is_gets_no_name(label: str) -> None:
    assert labelled(label, "x/y").links == {}


def test_a_repository_is_code_and_a_person_s_page_there_is_not() -> None:
    assert labelled("here", "https://github.com/lee/otter").links == {"code": "https://github.com/lee/otter"}
    assert labelled("Ann Lee", "https://github.com/lee").links == {}


def test_a_title_leads_to_the_paper_s_page() -> None:
    assert found("<p><a href=/p/1>A Title of Some Words</a></p>").url == "https://site.example.org/p/1"


def test_the_lines_of_problems_are_those_of_the_source() -> None:
    source = page.decode("page.html", b"<html>\n<body>\n\n<p>One<p>\nTwo")
    assert source.layout is not None
    items = links.attach(source, source.layout, [Problem("page.html", 3, "x")])
    assert [item.line for item in items] == [5]
