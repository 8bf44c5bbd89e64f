"""What linters find in the OpenAPI document, and the exceptions that are made."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a linter says of a place of the document, a JSON pointer that begins with ``#``."""

    linter: str
    rule: str
    at: str
    message: str

    def __str__(self) -> str:
        """One line."""
        return f"{self.linter} {self.rule} at {self.at}: {self.message}"


@dataclass(frozen=True, slots=True)
class Allowed:
    """What stays as it is: a rule of a linter at some places, ``*`` for anything, and why."""

    linter: str
    rule: str
    at: tuple[str, ...]
    reason: str

    def covers(self, finding: Finding, place: str) -> bool:
        """Whether one of its places is where this was found."""
        same = finding.linter == self.linter and fnmatchcase(finding.rule, self.rule)
        return same and fnmatchcase(finding.at, place)


def read_exceptions(path: Path) -> list[Allowed]:
    """The exceptions of a file. Raises ValueError for one that lacks something, a reason above all."""
    return [_exception(entry) for entry in tomllib.loads(path.read_text("utf-8")).get("exception", ())]


def _exception(entry: dict[str, Any]) -> Allowed:
    made = Allowed(
        entry.get("linter", ""), entry.get("rule", ""), tuple(entry.get("at", ())), entry.get("reason", "").strip()
    )
    if not (made.linter and made.rule and made.at and made.reason):
        message = f"An exception needs a linter, a rule, places (at) and a reason: {entry}"
        raise ValueError(message)
    return made


def remaining(findings: Sequence[Finding], exceptions: Iterable[Allowed]) -> list[str]:
    """What is wrong: each finding that no exception covers, and each place of an exception where nothing is found."""
    covered: set[Finding] = set()
    stale: list[str] = []
    for each in exceptions:
        for place in each.at:
            matched = {finding for finding in findings if each.covers(finding, place)}
            covered |= matched
            if not matched:
                stale.append(f"stale exception: {each.linter} no longer says {each.rule} at {place}: take it out")
    return [*(str(finding) for finding in findings if finding not in covered), *stale]
