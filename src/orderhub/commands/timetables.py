"""The transition tables, printed like timetables: one row, one line, wide on purpose."""

from collections.abc import Sequence
from typing import Any, Final

from rich.text import Text

from orderhub.commands.terminal import RefusedError, console
from orderhub.domain.process import Process, Row, Status, Target
from orderhub.domain.processes import PROCESSES, markdown, mermaid
from orderhub.infra import migrations
from orderhub.infra.edges import edges_in, show_edge
from orderhub.kit.text import Language

_COLUMNS: Final = ("from", "action", "by", "guard", "to", "escrow", "clock")
_STYLES: Final = {
    "grey": "bright_black",
    "orange": "yellow",
    "blue": "blue",
    "green": "green",
    "red": "red",
    "violet": "magenta",
    "black": "bold",
}
_GAP: Final = "  "


def chosen(names: Sequence[str]) -> Sequence[Process[Any]]:
    """The processes of these names; all of them when none is named. Raises RefusedError."""
    unknown = [name for name in names if name not in PROCESSES]
    if unknown:
        raise RefusedError(f"There is no process {unknown[0]!r}; there are {', '.join(PROCESSES)}.")
    return [PROCESSES[name] for name in names or PROCESSES]


def print_diagrams(processes: Sequence[Process[Any]]) -> None:
    """Print each process as a Mermaid state diagram."""
    for process in processes:
        console().print(f"%% {process.name}\n{mermaid(process)}", markup=False)


def print_pages(processes: Sequence[Process[Any]]) -> None:
    """Print each process as the page of documentation that lies in ``docs/processes/``."""
    for process in processes:
        console().print(markdown(process), markup=False, highlight=False, soft_wrap=True, end="")


def print_edges(processes: Sequence[Process[Any]]) -> None:
    """Print what a migration must still add for the rows of each process, as `insert_edges` takes it."""
    known = edges_in(migrations.scripts())
    for process in processes:
        listed = {(edge.process, edge.from_status, edge.action, edge.to_status) for edge in process.edges()}
        for edge in sorted(listed - set(known)):
            _plainly(show_edge(edge))
        for edge in sorted(edge for edge in set(known) - listed if edge[0] == process.name):
            _plainly(f"# no row any more, and history may name it: {show_edge(edge)}")


def _plainly(line: str) -> None:
    console().print(line, markup=False, highlight=False, soft_wrap=True)


def print_tables(processes: Sequence[Process[Any]], language: Language) -> None:
    """Print each process: its statuses, then its rows. Clocks go by the policy's names for durations."""
    for process in processes:
        console().print(Text(f"\n{process.name}\n", "bold"))
        _print([_status(process, status, language) for status in process.statuses], ("status", "label", "meaning"))
        _print([_row(row, language) for row in process.rows], _COLUMNS)


def _status(process: Process[Any], status: Status, language: Language) -> list[Text]:
    final = "■ " if status.code in process.final else ""
    label, meaning = status.label.within(language), status.meaning.within(language)
    return [_coloured(status), Text(f"{final}{label}"), Text(meaning)]


def _row(row: Row[Any], language: Language) -> list[Text]:
    return [
        _coloured(row.start) if row.start else Text("—"),
        Text(row.action),
        Text(", ".join(sorted(row.by)), "cyan"),
        Text(row.guard.text.within(language) if row.guard else ""),
        Text(row.to.value, "dim") if isinstance(row.to, Target) else _coloured(row.to),
        Text(row.escrow.value if row.escrow else "", "bold"),
        Text(", ".join(row.clock.durations) if row.clock else "", "cyan"),
    ]


def _coloured(status: Status) -> Text:
    return Text(status.code, _STYLES.get(status.colour, ""))


def _print(lines: Sequence[Sequence[Text]], columns: Sequence[str]) -> None:
    heads = [Text(column, "underline") for column in columns]
    widths = [max(line[index].cell_len for line in (heads, *lines)) for index in range(len(columns))]
    for line in (heads, *lines):
        padded = (cell + Text(" " * (width - cell.cell_len)) for cell, width in zip(line, widths, strict=True))
        shown = Text(_GAP).join(padded)
        shown.rstrip()
        console().print(Text("  ") + shown)
    console().print()
