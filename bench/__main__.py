"""Runs everything, or what ``--only`` names, and prints the table. Status 1 when a bound is not met."""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from rich.console import Console

from bench import limits, reads, searches, starts, trades, trips, writes
from bench.cluster import Cluster, Hub, running_cluster
from bench.figures import Figure, show
from bench.load import MissingWrkError, require_wrk
from bench.proformas import seed_carts, seed_quotes
from bench.rounds import QUICK, WHOLE, Plan
from bench.seeding import seed_lives

Measure = Callable[["Ground"], list[Figure]]
_console: Final = Console(width=None if sys.stdout.isatty() else 160)


class Ground:
    """What measurements stand on: a cluster, a seeded hub, a folder, a plan."""

    def __init__(self, cluster: Cluster, folder: Path, plan: Plan) -> None:
        self.cluster, self.folder, self.plan = cluster, folder, plan
        self._hub: Hub | None = None

    @property
    def hub(self) -> Hub:
        """The database with open orders, carts and quotes, seeded when it is first asked for."""
        if self._hub is None:
            self._hub = self.cluster.create("hub")
            seed_lives(self._hub.url, self.plan.orders)
            seed_carts(self._hub.url, self.plan.orders)
            seed_quotes(self._hub.url, self.plan.quotes)
        return self._hub


MEASURES: Final[dict[str, Measure]] = {
    "limit": lambda ground: limits.measure(ground.cluster, ground.folder, ground.plan),
    "reads": lambda ground: reads.measure(ground.hub, ground.folder, ground.plan),
    "writes": lambda ground: writes.measure(ground.hub, ground.folder, ground.plan),
    "many": lambda ground: reads.measure_many(ground.cluster, ground.folder, ground.plan),
    "search": lambda ground: searches.measure(ground.cluster, ground.folder, ground.plan),
    "trades": lambda ground: trades.measure(ground.cluster, ground.folder, ground.plan),
    "trips": lambda ground: trips.measure(ground.hub),
    "starts": lambda ground: starts.measure(ground.folder, ground.plan),
}


def main() -> int:
    """Measure and print; the exit status."""
    given = _arguments()
    try:
        require_wrk()
    except MissingWrkError as reason:
        _console.print(str(reason))
        return 1
    began = time.monotonic()
    names = [name for name in MEASURES if name in (given.only or MEASURES)]
    figures = _measure(names, QUICK if given.quick else WHOLE)
    show(figures, _console)
    _console.print(f"Measured in {time.monotonic() - began:.0f} s.")
    if given.quick:
        _console.print("--quick: one short round each; for development, not for judging.")
    return 0 if all(figure.met for figure in figures) else 1


def _measure(names: list[str], plan: Plan) -> list[Figure]:
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder, running_cluster() as cluster:
        ground = Ground(cluster, Path(folder), plan)
        for name in names:
            with _console.status(f"Measuring {name} …"):
                figures += MEASURES[name](ground)
    return figures


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measures every line of docs/rules.md, Speed.")
    parser.add_argument("--quick", action="store_true", help="one short round each, for development")
    parser.add_argument("--only", action="append", choices=MEASURES, help="measure this alone; may come several times")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
