"""The command line: a file for each group of commands; each parses, makes one call and shows the result."""

from litcli.cli.app import app

__all__ = ["app"]

_MODULES = {
    "changing": "set remove edit note",
    "checking": "check why",
    "citing": "cite-check",
    "counting": "stats",
    "deduping": "dedupe merge distinct",
    "exporting": "export completion",
    "filling": "fill",
    "git": "merge-driver",
    "helping": "help",
    "history": "undo redo log",
    "importing": "init import",
    "listing": "list filter show",
    "naming": "keys rename",
    "opening": "open attach",
    "tagging": "tag tags",
}
"""The modules and the commands that they add; each is imported when a command line names one of its commands."""

app.modules = {name: module for module, names in _MODULES.items() for name in names.split()}
