"""What was measured, beside what is promised, as a table."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rich.console import Console
from rich.table import Table

LEAST, MOST = "at least", "at most"


@dataclass(frozen=True, slots=True)
class Promise:
    """A line of docs/rules.md, Speed: what it is about, its bound and its aim."""

    path: str
    against: str
    direction: str
    bound: float
    aim: float
    unit: str = ""

    def holds(self, value: float, limit: float) -> bool:
        """Whether a value is on the right side of a limit."""
        return value >= limit if self.direction == LEAST else value <= limit


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value. The rounds are what its median was taken of."""

    promise: Promise
    rounds: tuple[float, ...]
    note: str = ""

    @property
    def value(self) -> float:
        """The median of the rounds."""
        return statistics.median(self.rounds)

    @property
    def met(self) -> bool:
        """Whether the bound is kept."""
        return self.promise.holds(self.value, self.promise.bound)

    @property
    def verdict(self) -> str:
        """In one word or two: what the value means."""
        if not self.met:
            return "[bold red]not met"
        return "[green]aim met" if self.promise.holds(self.value, self.promise.aim) else "[yellow]bound met"


def median_rate(rates: Sequence[float]) -> str:
    """A rate a second, for a note."""
    return f"{statistics.median(rates):,.0f}/s"


def show(figures: Sequence[Figure], console: Console) -> None:
    """Print the table."""
    table = Table(title="OrderHub, docs/rules.md, Speed", title_justify="left")
    for name in ("path", "held against", "figure", "spread", "bound", "aim", "", "measured"):
        table.add_column(name, justify="right" if name in ("figure", "bound", "aim") else "left")
    for figure in figures:
        promise = figure.promise
        sign = "≥" if promise.direction == LEAST else "≤"
        table.add_row(
            promise.path,
            promise.against,
            f"[bold]{_number(figure.value, promise)}",
            f"{_number(min(figure.rounds), promise)}–{_number(max(figure.rounds), promise)}",
            f"{sign} {_number(promise.bound, promise)}",
            f"{sign} {_number(promise.aim, promise)}",
            figure.verdict,
            figure.note,
        )
    console.print(table)


def _number(value: float, promise: Promise) -> str:
    whole: Final = promise.unit in ("MiB", "trips")
    return f"{value:.0f}" if whole else f"{value:.2f}{promise.unit and ' ' + promise.unit}"
