"""The documentation says what the rows say."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from orderhub.domain.process import Process, Row, Target
from orderhub.domain.processes import PROCESSES, markdown, mermaid

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", PROCESSES)
def test_each_table_has_its_page(name: str) -> None:
    assert (ROOT / "docs" / "processes" / f"{name}.md").read_text() == markdown(PROCESSES[name])


def test_the_readme_draws_the_service_table() -> None:
    assert f"```mermaid\n{mermaid(PROCESSES['service'])}```" in (ROOT / "README.md").read_text()


def test_every_page_that_is_cited_is_here() -> None:
    """Code and documentation name pages of this repository, or by an address; nothing that its readers lack."""
    pages = {page.name for page in ROOT.rglob("*.md") if not {".venv", "node_modules", "generated"} & set(page.parts)}
    read = [*(ROOT / "src").rglob("*.py"), *(ROOT / "tests").rglob("*.py"), *(ROOT / "docs").rglob("*.md")]
    cited = {
        (file.relative_to(ROOT), name)
        for file in (*read, *(ROOT / "bench").rglob("*.py"), ROOT / "README.md")
        for name in re.findall(r"(?<![\w/.<>-])[\w./-]*?([\w-]+\.md)\b", file.read_text(encoding="utf-8"))
        if file.name != "test_product_table.py"
    }
    assert len(cited) > len(pages)
    assert {(str(file), name) for file, name in cited if name not in pages} == set()


@dataclass(frozen=True)
class Line:
    """A row as a reader of a page sees it."""

    start: str
    action: str
    by: frozenset[str]
    guard: str
    to: frozenset[str]
    escrow: str
    clock: str


def lines_of(page: str) -> list[Line]:
    """The rows of the page's second table."""
    table = page[page.index("| from |") :].split("\n\n", maxsplit=1)[0].splitlines()[2:]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table]
    return [
        Line(
            start.strip("`"),
            action,
            frozenset(by.split(", ")),
            guard,
            frozenset(re.findall(r"\w+", to.replace(" or ", " "))),
            *more,
        )
        for start, action, by, guard, to, *more in cells
    ]


def line_of(process: Process[Any], row: Row[Any]) -> Line:
    """The same of a row of the code."""
    to = {"same"} if row.to is Target.SAME else {status.code for status in process.targets(row)}
    return Line(
        row.start.code if row.start else "—",
        row.action,
        frozenset(by.value for by in row.by),
        row.guard.text.en if row.guard else "",
        frozenset(to),
        row.escrow.value if row.escrow else "",
        ", ".join(row.clock.durations) if row.clock else "",
    )


@pytest.mark.parametrize("name", PROCESSES)
def test_who_reads_a_page_reads_the_rows(name: str) -> None:
    """Read apart from what writes the pages, so that a fault of the writing is seen."""
    page = (ROOT / "docs" / "processes" / f"{name}.md").read_text()
    assert lines_of(page) == [line_of(PROCESSES[name], row) for row in PROCESSES[name].rows]
