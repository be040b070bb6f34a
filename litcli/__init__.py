"""litcli: messy lists of papers in, one readable library, BibTeX that compiles out."""

__version__ = "0.1.0"
