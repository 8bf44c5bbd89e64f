"""How soon a server answers, and what it weighs: the whole of it, as `orderhub serve` starts it."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Final, Self

import psutil

from bench.figures import MOST, Figure, Promise
from bench.rounds import Plan
from bench.subjects import answers, free_port, stop

WARM: Final = Promise("first 200, warm data folder", "", MOST, 2, 1, "s")
COLD: Final = Promise("first 200, from nothing", "", MOST, 5, 3, "s")
MEMORY: Final = Promise("idle memory, API and worker", "without the database", MOST, 200, 120, "MiB")
_PATIENCE: Final = 60
_IDLE: Final = 5.0
"""Seconds without a request before memory is read."""


class _Served:
    """`orderhub serve` on a folder, and how long its first 200 took."""

    def __init__(self, folder: Path) -> None:
        port = free_port()
        began = time.perf_counter()
        with (folder.parent / f"{folder.name}.log").open("ab") as output:
            self.process = subprocess.Popen(  # noqa: S603 - our own program
                (sys.executable, "-m", "orderhub.cli", "serve", "--port", str(port), "--data-dir", str(folder)),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env={name: value for name, value in os.environ.items() if not name.startswith("ORDERHUB_")},
            )
        while not answers(f"http://127.0.0.1:{port}/health/ready"):
            if self.process.poll() is not None or time.perf_counter() - began > _PATIENCE:
                raise RuntimeError(f"`orderhub serve` does not answer: {output.name}")
            time.sleep(0.005)
        self.seconds = time.perf_counter() - began

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        stop(self.process)


def measure(folder: Path, plan: Plan) -> list[Figure]:
    """From nothing and warm, in turns; the memory of the last one that started warm."""
    cold: list[float] = []
    warm: list[float] = []
    weights: list[float] = []
    for number in range(plan.rounds):
        data = folder / f"start-{number}"
        with _Served(data) as first:
            cold.append(first.seconds)
        with _Served(data) as second:
            warm.append(second.seconds)
            if number == plan.rounds - 1:
                time.sleep(_IDLE)
                weights += _weigh(second.process.pid)
        shutil.rmtree(data)
    note = f"sandbox provider beside it: {weights[1]:.0f} MiB" if len(weights) > 1 else ""
    return [Figure(WARM, tuple(warm)), Figure(COLD, tuple(cold)), Figure(MEMORY, (weights[0],), note)]


def _weigh(pid: int) -> list[float]:
    """Resident memory of the server, then of each process beside it that is not the database's."""
    server = psutil.Process(pid)
    beside = [child for child in server.children(recursive=True) if child.name() != "postgres"]
    return [process.memory_info().rss / 2**20 for process in (server, *beside)]
