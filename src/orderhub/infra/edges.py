"""Edges of the transition tables in migrations: the changes of status that the database lets happen.

A migration writes them one a line, as ``orderhub processes <name> --edges`` prints them, ``-`` for the row that
begins an object, and inserts them with one call:

    EDGES = \"\"\"
    item - place awaiting_payment
    item awaiting_payment expire cancelled
    \"\"\"

    def upgrade() -> None:
        insert_edges(EDGES)
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

Edge = tuple[str, str, str, str]
"""Process, status that is left (empty for the row that begins), action, status that is reached."""

_BLOCK: Final = re.compile(r'^EDGES = """\n(.*?)"""$', re.MULTILINE | re.DOTALL)
_NAME: Final = re.compile(r"[a-z_]{1,60}")
_BEGINS: Final = "-"
_PARTS: Final = 4


def read_edges(text: str) -> Iterator[Edge]:
    """The edges of such a text. Raises ValueError for a line that is none."""
    for line in text.split("\n"):
        parts = line.split()
        if not parts:
            continue
        process, from_status, *rest = parts if len(parts) == _PARTS else ("", "", "", "")
        action, to = rest
        names = (process, action, to, *([] if from_status == _BEGINS else [from_status]))
        if not all(map(_NAME.fullmatch, names)):
            message = f"no edge: {line.strip()!r}"
            raise ValueError(message)
        yield process, "" if from_status == _BEGINS else from_status, action, to


def show_edge(edge: Edge) -> str:
    """One line of such a text."""
    process, from_status, action, to = edge
    return f"{process} {from_status or _BEGINS} {action} {to}"


def insert_edges(text: str) -> None:
    """Let the database take these changes of status, within a migration."""
    from alembic import op

    for process, from_status, action, to in read_edges(text):
        # Only names, which `read_edges` has checked.
        op.execute(f"INSERT INTO process_edges VALUES ('{process}', '{from_status}', '{action}', '{to}')")


def edges_in(folder: Path) -> Mapping[Edge, str]:
    """Every edge that the migrations in a folder insert, with the name of the migration."""
    return {
        edge: script.stem
        for script in sorted(folder.glob("*.py"))
        for block in _BLOCK.findall(script.read_text(encoding="utf-8"))
        for edge in read_edges(block)
    }
