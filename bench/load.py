"""The load: wrk over HTTP, pgbench against the database. Both with 16 connections."""

import itertools
import json
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bench.cluster import pinned, run_tool
from bench.subjects import LOAD_CORE, SUBJECT_CORE

CONNECTIONS: Final = 16
_LUA: Final = Path(__file__).parent / "lua"
_TPS: Final = "tps = "
_numbers: Final = itertools.count(1)


class MissingWrkError(Exception):
    """There is no wrk to make load with."""

    def __init__(self) -> None:
        super().__init__("The load comes from wrk, which isn't here. On Debian: apt-get install wrk")


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of wrk saw; the percentiles are in milliseconds."""

    rate: float
    p50: float
    p99: float


def require_wrk() -> None:
    """Raises MissingWrkError, which says how to get it."""
    if shutil.which("wrk") is None:
        raise MissingWrkError


def write_lines(path: Path, lines: Iterable[str]) -> Path:
    """The file that a script reads its requests from."""
    path.write_text("".join(f"{line}\n" for line in lines))
    return path


@dataclass(slots=True)
class Load:
    """Requests to one server, made by a script from the lines of a file; keeps what each run saw."""

    base: str
    script: str
    lines: Path
    runs: list[Run] = field(default_factory=list[Run])

    def rate(self, seconds: float) -> float:
        """Send requests for some seconds: answers a second. Raises RuntimeError when one was refused or broken."""
        self.runs.append(self._run(seconds, f"run-{next(_numbers)}"))
        return self.runs[-1].rate

    def _run(self, seconds: float, name: str) -> Run:
        command = ("wrk", "-t", "1", "-c", str(CONNECTIONS), "-d", f"{seconds:g}s", "--timeout", "10s")
        script = ("-s", str(_merged(self.script, self.lines.parent)), self.base, "--", str(self.lines), name)
        done = subprocess.run(  # noqa: S603 - Debian's program, our own scripts
            (*pinned(LOAD_CORE), *command, *script), capture_output=True, text=True, check=True
        )
        found = json.loads(done.stdout.splitlines()[-1])
        if found["refused"] or found["broken"] or not found["requests"]:
            raise RuntimeError(f"{self.base}: {found}\n{done.stdout}{done.stderr}")
        return Run(found["requests"] / found["seconds"], found["p50"] / 1000, found["p99"] / 1000)


def _merged(script: str, folder: Path) -> Path:
    """Wrk takes one file: the script, and the report that all of them end with."""
    merged = folder / f"{script}.lua"
    merged.write_text((_LUA / f"{script}.lua").read_text() + (_LUA / "report.lua").read_text())
    return merged


def pgbench(url: str, script: Path, variables: Mapping[str, str], seconds: float) -> float:
    """Transactions a second of a script."""
    given = [argument for name, value in variables.items() for argument in ("-D", f"{name}={value}")]
    options = ("-n", "-M", "prepared", "-c", str(CONNECTIONS), "-j", "1", "-T", str(max(1, round(seconds))))
    told = run_tool("pgbench", url, *options, *given, "-f", script, core=SUBJECT_CORE)
    return float(next(line for line in told.splitlines() if line.startswith(_TPS)).removeprefix(_TPS).split()[0])
