"""The library: one TOML file that people own, read whole and written block by block."""

from litcli.library.store import Library, locate, read

__all__ = ["Library", "locate", "read"]
