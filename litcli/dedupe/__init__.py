"""Which records are one work, in four steps.

pairs    who is compared with whom: never all with all
score    two records compared, by their titles, people and places: same, maybe or different, and why
cluster  pairs into works: no chain joins two records that are different works
merge    the records of one work into one: a union

`clusters(papers, apart)` finds all duplicates of a library: certain clusters, which may be merged unasked, and
doubtful pairs, which somebody should look at. `Index`, `clues` and `compare` do the same for one paper at a time.
"""

from litcli.dedupe.cluster import Cluster, clusters
from litcli.dedupe.merge import by_claim, fill, merge, publishes, unite, unite_papers, united_notes
from litcli.dedupe.pairs import Clues, Index, clues
from litcli.dedupe.score import Answer, Verdict, compare, shared_authors

__all__ = [
    "Answer",
    "Clues",
    "Cluster",
    "Index",
    "Verdict",
    "by_claim",
    "clues",
    "clusters",
    "compare",
    "fill",
    "merge",
    "publishes",
    "shared_authors",
    "unite",
    "unite_papers",
    "united_notes",
]
