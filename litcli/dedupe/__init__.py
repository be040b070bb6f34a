"""Which records are one work: pairs (who is compared), score (what speaks for and against), merge (the union)."""

from litcli.dedupe.merge import fill, merge, publishes
from litcli.dedupe.pairs import Clues, Index, clues
from litcli.dedupe.score import Answer, Verdict, compare, shared_authors

__all__ = ["Answer", "Clues", "Index", "Verdict", "clues", "compare", "fill", "merge", "publishes", "shared_authors"]
