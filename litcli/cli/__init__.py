"""The command line: a file for each group of commands; each parses, makes one call and shows the result."""

from litcli.cli.app import app

from litcli.cli import checking, citing, exporting, importing, listing, tagging  # isort: skip  # noqa: F401 - they add their commands

__all__ = ["app"]
