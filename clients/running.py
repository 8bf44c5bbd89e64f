"""Makes, compiles and runs one client, and says what came of it."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from clients.client import GENERATED, Client, Place, Step, Tool
from clients.known_lines import KNOWN
from clients.machine import missing

_SHOWN: Final = 3000
_WARNING: Final = re.compile(r"\bWARN(?:ING)?\b|⚠|\bwarning\b|\bdeprecated\b", re.IGNORECASE)
_NONE: Final = re.compile(r"\b(?:0|no) warnings?\b", re.IGNORECASE)
_COLOUR: Final = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(slots=True)
class Outcome:
    """What came of a client: each of the three is what the table says, or empty where it was not reached."""

    client: Client
    generated: str = ""
    compiled: str = ""
    live: str = ""
    warnings: list[str] = field(default_factory=list[str])
    lacking: list[str] = field(default_factory=list[str])
    """What this machine has not, and the Debian package that brings it."""
    failure: str = ""

    @property
    def failed(self) -> bool:
        """Whether something that could run went wrong, or warned."""
        return bool(self.failure or self.warnings)


class _FailedError(Exception):
    """A command ended otherwise than with 0."""


def try_out(client: Client, document: Path, url: str) -> Outcome:
    """Try a client against the hub at ``url``; what fails is told, not raised."""
    outcome = Outcome(client)
    place = Place(document, GENERATED / client.key)
    shutil.rmtree(place.out, ignore_errors=True)
    place.out.mkdir(parents=True)
    try:
        _try(client, place, url, outcome)
    except _FailedError as error:
        outcome.failure = str(error)
    return outcome


def _try(client: Client, place: Place, url: str, outcome: Outcome) -> None:
    if _lacks(outcome, client.needs):
        return
    _run_all(client.generate(place), outcome)
    _require_union(client, place)
    outcome.generated = "yes"
    if client.compile is None:
        outcome.compiled = client.compiled_by
    elif not _lacks(outcome, client.compile_needs):
        _run_all(client.compile(place), outcome)
        outcome.compiled = client.compiled_by
    if client.live is None:
        outcome.live = "—"
    elif outcome.compiled:
        _run_all([client.live(place, url)], outcome)
        outcome.live = client.live_is


def _lacks(outcome: Outcome, tools: Iterable[Tool]) -> bool:
    lacking = [f"{tool.name} (apt-get install {tool.package}){tool.note}" for tool in missing(tools)]
    outcome.lacking += lacking
    return bool(lacking)


def _run_all(steps: Sequence[Step], outcome: Outcome) -> None:
    for step in steps:
        outcome.warnings += _warnings(_run(step))


def _run(step: Step) -> str:
    command = [str(word) for word in step.command]
    try:
        done = subprocess.run(  # noqa: S603 - our own commands
            command,
            cwd=step.folder,
            env={**os.environ, **step.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=step.within,
        )
    except subprocess.TimeoutExpired as error:
        said = error.output.decode(errors="replace") if isinstance(error.output, bytes) else error.output or ""
        message = f"{' '.join(command)} did not end within {step.within:g} s:\n{said[-_SHOWN:]}"
        raise _FailedError(message) from error
    except OSError as error:
        raise _FailedError(str(error)) from error
    said = _COLOUR.sub("", done.stdout)
    if done.returncode:
        message = f"{' '.join(command)} ended with {done.returncode}:\n{said[-_SHOWN:]}"
        raise _FailedError(message)
    return said


def _warnings(said: str) -> list[str]:
    lines = [line.strip() for line in said.splitlines() if _WARNING.search(line) and not _NONE.search(line)]
    return [line for line in lines if not any(pattern.search(line) for pattern in KNOWN)]


def _require_union(client: Client, place: Place) -> None:
    """Every action of an order has its schema in the client's union."""
    if not client.whole_union:
        return
    document = json.loads(place.document.read_text())
    mapping = document["components"]["schemas"]["OrderAction"]["discriminator"]["mapping"]
    union = _named(place.out / client.union_file)
    names = {reference.rsplit("/", 1)[1] for reference in mapping.values()}
    lost = sorted(name for name in names if name.lower() not in union)
    if lost:
        message = f"{client.union_file} has lost {', '.join(lost)}"
        raise _FailedError(message)


def _named(where: Path) -> str:
    """What a file says, or the names of a folder's files, without what generators change in names."""
    said = " ".join(file.name for file in where.iterdir()) if where.is_dir() else where.read_text()
    return said.replace("_", "").lower()
