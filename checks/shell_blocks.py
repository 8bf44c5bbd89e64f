"""Runs the blocks of a page of Markdown as they stand, and compares what they print with what stands below.

The ``bash`` blocks of a page are one script: a later one knows what an earlier one set. A comment of three blanks,
``#   text``, is a line that the command before it prints; ``…`` in it stands for anything, and so does whatever is new
each time: ids, instants, tokens.
"""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

WITHIN: Final = 60.0
DOCS: Final = Path(__file__).parents[1] / "docs"
_GUIDE: Final = re.compile(r"^\d+\. \[[^]]+\]\(([a-z-]+\.md)\)$", re.MULTILINE)
_BLOCK: Final = re.compile(r"^```bash\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SAID: Final = "#   "
_END: Final = "\x1e"
_NEW: Final = re.compile(r"\b[a-z]{3}_[0-9a-z]{26}\b|\d{4}-\d\d-\d\dT[\d:.]+Z|\b[\w-]{32,}\b|…")
_HERE: Final = "http://127.0.0.1:8000"


def guides() -> list[Path]:
    """The guides, in the order of their index."""
    folder = DOCS / "guides"
    return [folder / name for name in _GUIDE.findall((folder / "README.md").read_text("utf-8"))]


@dataclass(frozen=True, slots=True)
class Step:
    """Some commands, and what they print."""

    commands: str
    printed: str


def steps_of(page: str) -> Iterator[Step]:
    """The steps of a page: commands up to the lines that say what they print."""
    for block in _BLOCK.findall(page):
        commands: list[str] = []
        printed: list[str] = []
        for line in block.splitlines():
            if line.startswith(_SAID):
                printed.append(line.removeprefix(_SAID).rstrip())
                continue
            if printed:
                yield Step("\n".join(commands), "\n".join(printed))
                commands, printed = [], []
            commands.append(line)
        yield Step("\n".join(commands), "\n".join(printed))


def faults_of(path: Path, url: str, folder: Path) -> list[str]:
    """Where a page's commands print something else, against a hub; ``folder`` is where they run."""
    steps = list(steps_of(path.read_text("utf-8").replace(_HERE, url)))
    printed, complaint = _run("\n".join(f"{step.commands}\nprintf '{_END}'" for step in steps), folder)
    found = printed.split(_END)
    faults = [
        f"{path.name}: after\n{_indented(step.commands)}\n  the page says\n{_indented(step.printed)}"
        f"\n  it printed\n{_indented(said)}"
        for step, said in zip(steps, found, strict=False)
        if not _alike(step.printed, said.strip())
    ]
    return faults if len(found) > len(steps) else [*faults, f"{path.name}: it ended early: {complaint}"]


def _run(script: str, folder: Path) -> tuple[str, str]:
    """What a script printed, and what it complained of."""
    process = subprocess.Popen(  # noqa: S603 - our own pages
        ["/bin/bash", "-c", script], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        return process.communicate(timeout=WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
        printed, complaint = process.communicate()
        return printed, f"stopped after {WITHIN:.0f} s. {complaint}"


def _alike(said: str, printed: str) -> bool:
    pattern = ".*".join(re.escape(part) for part in _NEW.split(said))
    return re.fullmatch(pattern, printed) is not None


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.strip().splitlines())
