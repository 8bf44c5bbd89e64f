"""The linters of the OpenAPI document, run as programs: what each finds, and nothing of what it prints besides."""

import json
import os
import re
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from checks.findings import Finding
from clients.machine import PYTHON

HERE: Final = Path(__file__).resolve().parent / "openapi"
"""npm's packages of the linters, their rules, and the exceptions."""
_BIN: Final = HERE / "node_modules" / ".bin"
_QUIET: Final = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}
_WITHIN: Final = 300.0
"""Seconds that one linter may take."""
_ISSUE: Final = re.compile(r"^\s+- (?P<said>.+)$", re.MULTILINE)
_SOUND: Final = "No validation issues detected."


class LinterError(Exception):
    """A linter didn't say what it found."""


def redocly(document: Path) -> list[Finding]:
    """What `redocly lint` says, errors and warnings. Raises LinterError."""
    command = [_BIN / "redocly", "lint", document, "--config", HERE / "redocly.yaml", "--format", "json"]
    # Where there is more than a hundred it would show the first hundred alone.
    said = _read_json(_run([*command, "--max-problems", "100000"]))
    return [
        Finding("redocly", problem["ruleId"], _redocly_place(problem), problem["message"])
        for problem in said["problems"]
    ]


def _redocly_place(problem: Mapping[str, Any]) -> str:
    places: Sequence[Mapping[str, Any]] = problem["location"]
    return str(places[0].get("pointer") or "#/") if places else "#/"


def spectral(document: Path) -> list[Finding]:
    """What `spectral lint` says, hints too. Raises LinterError."""
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "found.json"
        command = [_BIN / "spectral", "lint", document, "--ruleset", HERE / "spectral.yaml", "--quiet"]
        done = _run([*command, "--format", "json", "--output", found])
        if not found.exists():
            raise LinterError(_said(done))
        problems: list[dict[str, Any]] = json.loads(found.read_text("utf-8"))
    return [
        Finding("spectral", str(problem["code"]), _pointer(problem["path"]), problem["message"]) for problem in problems
    ]


def _pointer(path: Sequence[str | int]) -> str:
    return "/".join(["#", *(str(part).replace("~", "~0").replace("/", "~1") for part in path)])


def openapi_generator(document: Path) -> list[Finding]:
    """What openapi-generator's own validation says, recommendations too. Raises LinterError."""
    done = _run([PYTHON / "openapi-generator-cli", "validate", "--recommend", "-i", document])
    if _SOUND in done.stdout and done.returncode == 0:
        return []
    found = [Finding("openapi-generator", "validate", "#/", match["said"]) for match in _ISSUE.finditer(_said(done))]
    if not found:
        raise LinterError(_said(done))
    return found


def _read_json(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    try:
        return json.loads(done.stdout)
    except ValueError as error:
        raise LinterError(_said(done)) from error


def _said(done: subprocess.CompletedProcess[str]) -> str:
    return f"{done.args[0]} ended with {done.returncode}:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"


def _run(command: Sequence[str | Path]) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(  # noqa: S603 - our own commands
            [str(word) for word in command],
            cwd=HERE,
            env={**os.environ, **_QUIET},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=_WITHIN,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise LinterError(str(error)) from error


LINTERS: Final[Mapping[str, Callable[[Path], list[Finding]]]] = {
    "redocly": redocly,
    "spectral": spectral,
    "openapi-generator": openapi_generator,
}
"""Each takes the absolute path of a document."""
