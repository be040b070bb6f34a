"""arXiv's subject classes and their short forms (https://arxiv.org/category_taxonomy)."""

from __future__ import annotations

_CLASSES = {
    "cs": "AI AR CC CE CG CL CR CV CY DB DC DL DM DS ET FL GL GR GT HC IR IT LG LO MA MM MS NA NE NI OH OS "
    "PF PL RO SC SD SE SI SY",
    "econ": "EM GN TH",
    "eess": "AS IV SP SY",
    "math": "AC AG AP AT CA CO CT CV DG DS FA GM GN GR GT HO IT KT LO MG MP NA NT OA OC PR QA RA RT SG SP ST",
    "astro-ph": "CO EP GA HE IM SR",
    "cond-mat": "dis-nn mes-hall mtrl-sci other quant-gas soft stat-mech str-el supr-con",
    "nlin": "AO CD CG PS SI",
    "physics": "acc-ph ao-ph app-ph atm-clus atom-ph bio-ph chem-ph class-ph comp-ph data-an ed-ph flu-dyn "
    "gen-ph geo-ph hist-ph ins-det med-ph optics plasm-ph pop-ph soc-ph space-ph",
    "q-bio": "BM CB GN MN NC OT PE QM SC TO",
    "q-fin": "CP EC GN MF PM PR RM ST TR",
    "stat": "AP CO ME ML OT TH",
}  # fmt: skip
_WHOLE = ("quant-ph", "gr-qc", "hep-ex", "hep-lat", "hep-ph", "hep-th", "math-ph", "nucl-ex", "nucl-th")


def _by_short_form() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {name.upper(): [name] for name in _WHOLE}
    for archive, classes in _CLASSES.items():
        for name in classes.split():
            found.setdefault(name.upper(), []).append(f"{archive}.{name}")
    return found


_SHORT = _by_short_form()
_FULL = frozenset(name for names in _SHORT.values() for name in names)


def is_class(text: str) -> bool:
    """Whether a text is a class in full: `cs.CL`, `quant-ph`."""
    return text in _FULL


def is_short_form(text: str) -> bool:
    """Whether a text is the part of some class behind the point: `CL`, `COMP-PH`."""
    return text.upper() in _SHORT


def subject_class(short: str) -> str:
    """The class that a short form stands for (`CL` is `cs.CL`), "" where several archives share it (`CV`, `AP`)."""
    names = _SHORT.get(short.upper(), [])
    return names[0] if len(names) == 1 else ""
