"""The table says what the product says, where the product's page lies beside the project."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from orderhub.domain.orders.processes.service import SERVICE
from orderhub.domain.process import By, Escrow, Target

PAGE = Path(__file__).parents[4] / "shared" / "design" / "product.md"
BYS = {"B": By.BUYER, "S": By.SELLER, "H": By.CLOCK, "€": By.PROVIDER, "A support": By.SUPPORT}
COMMON = {"report_problem", "close_case", "charge_back", "win_charge_back"}

pytestmark = pytest.mark.skipif(not PAGE.exists(), reason="the product's page is not here")


@dataclass(frozen=True)
class Line:
    start: str | None
    action: str
    by: frozenset[By]
    guard: str
    to: str
    escrow: str
    timed: bool


def _lines() -> set[Line]:
    text = PAGE.read_text()
    section = text[text.index("### service\n") : text.index("### item\n")]
    found: set[Line] = set()
    for row in re.findall(r"^\| (.+) \|$", section, re.MULTILINE):
        cells = [cell.strip() for cell in row.split("|")]
        if cells[0] in ("from", "---") or set(cells[0]) <= {"-"}:
            continue
        starts, action, by, guard, to, escrow, clock = cells
        for start in starts.split(", "):
            found.add(
                Line(
                    None if start == "—" else start,
                    action,
                    frozenset(BYS[name] for name in by.split(", ")),
                    guard,
                    to.split(";")[0].strip(),
                    "" if escrow == "—" else escrow.split(",")[0] if escrow.startswith("frozen") else escrow,
                    bool(clock),
                )
            )
    return found


def _rows() -> set[Line]:
    found: set[Line] = set()
    for row in SERVICE.rows:
        if row.action in COMMON:
            continue
        to = {Target.SAME: "same", Target.RESUME: "RESUME"}.get(row.to) if isinstance(row.to, Target) else row.to.code
        escrow = row.escrow.value if row.escrow else ""
        guard = row.guard.text.en if row.guard else ""
        found.add(
            Line(row.start and row.start.code, row.action, row.by, guard, to or "", escrow, row.clock is not None)
        )
    return found


def _plain(lines: set[Line]) -> set[tuple[object, ...]]:
    return {(x.start, x.action, x.by, _first_words(x.guard), x.to, x.escrow, x.timed) for x in lines}


def _first_words(guard: str) -> str:
    """What the guard asks, without what the effects do about it."""
    return (
        guard.split(";", maxsplit=1)[0].replace("a message or a file", "").strip()
        if guard.startswith("a message")
        else guard
    )


def test_each_row_of_the_product_is_a_row_here_and_the_other_way() -> None:
    said, here = _plain(_lines()), _plain(_rows())
    assert len(said) > 50
    assert said == here
    assert Escrow.FREEZE.value == "frozen"
