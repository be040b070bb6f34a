"""litcli's own JSON: the document that `list --json` prints, sorted by key (design, section 4)."""

from __future__ import annotations

import json
from collections.abc import Sequence

from litcli import jsontext, table
from litcli.errors import LitError
from litcli.exporters.options import Export, Options, in_order
from litcli.exporters.sound import check_utf8
from litcli.paper import Entry


def write(entries: Sequence[Entry], options: Options) -> Export:
    """The entries as one JSON document; the same entries always give the same bytes.

    Raises LitError for a text that UTF-8 cannot hold.
    """
    ordered = in_order(entries, options)
    tables = [jsontext.plain(table.to_json(entry)) for entry in ordered]
    document = {"format_version": jsontext.FORMAT_VERSION, "entries": tables}
    text = jsontext.dumps(document) + "\n"
    check_utf8(text, tables)
    if json.loads(text) != document:
        raise LitError("the JSON does not read back as it was written", "please report this; nothing was written")
    return Export(text)
