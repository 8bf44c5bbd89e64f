"""The tables say what the product says, where the product's page lies beside the project."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from orderhub.domain.offers.process import OFFER
from orderhub.domain.orders.kinds.item.table import ITEM
from orderhub.domain.orders.kinds.service.table import SERVICE
from orderhub.domain.orders.kinds.sourced.table import SOURCED
from orderhub.domain.process import By, Process, Target
from orderhub.domain.quotes.process import QUOTE

PAGE = Path(__file__).parents[4] / "shared" / "design" / "product.md"
BYS = {
    "B": By.BUYER,
    "S": By.SELLER,
    "H": By.CLOCK,
    "€": By.PROVIDER,
    "T": By.TRACKING,
    "system": By.SYSTEM,
    "A support": By.SUPPORT,
    "A finance": By.FINANCE,
    "A admin": By.ADMIN,
}
WHO = {"the other", "its author"}
"""Who acts on an offer, its buyer or its seller: the guard says which of them."""
BOTH = frozenset({By.BUYER, By.SELLER})
NOTED = {("return_shipped", "mark_delivered")}
"""What the page says in the guards of other rows: the carrier's word of the way back."""
COMMON = {"report_problem", "close_case", "charge_back", "win_charge_back"}
DEPOSIT = "received ≥ due; reference not used before; same proof as was looked at"
PROOF = "file; amount, method, reference (by mail they may be empty)"
SAID_BEFORE = {"as confirm_deposit": DEPOSIT, "as above": PROOF}
"""Where the page points to another row."""
ONLY_EFFECTS = {
    "a message or a file; counts as declining a pending cancellation, and says so to B": "",
    "a message or a file": "",
}
"""What stands in the guard's column and is the effects' work."""
ESCROW = {
    "—": "",
    "refund all held": "refund",
    "frozen, never seized": "frozen",
    "release; fee to the hub": "release",
}

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


def said_of(section: str, after: str) -> set[Line]:
    """The rows of one table of the page."""
    text = PAGE.read_text()
    found: set[Line] = set()
    for row in re.findall(
        r"^\| (.+) \|$", text[text.index(f"### {section}\n") : text.index(f"### {after}\n")], re.MULTILINE
    ):
        cells = [cell.strip() for cell in row.split("|")]
        if cells[0] != "from" and set(cells[0]) != {"-"}:
            found |= _lines(cells)
    return found


def _lines(cells: list[str]) -> set[Line]:
    starts, action, by, guard, to = cells[:5]
    escrow = cells[5] if len(cells) == len(("from", "action", "by", "guard", "to", "escrow", "clock")) else ""
    return {
        Line(
            None if start == "—" else start,
            action,
            BOTH if by in WHO else frozenset(BYS[name] for name in by.replace(" or ", ", ").split(", ")),
            _guard(guard) or (by if by in WHO else ""),
            to.split(";")[0].split(",")[0].strip(),
            ESCROW.get(escrow, escrow),
            cells[-1] not in {"", "at once"},
        )
        for start in starts.split(", ")
    }


def _guard(text: str) -> str:
    return ONLY_EFFECTS.get(text, SAID_BEFORE.get(text, text))


def rows_of(process: Process[Any]) -> set[Line]:
    """The rows of the code, in the page's words."""
    found: set[Line] = set()
    for row in process.rows:
        if row.action in COMMON or (row.start and (row.start.code, row.action) in NOTED):
            continue
        to = {Target.SAME: "same", Target.RESUME: "RESUME"}.get(row.to) if isinstance(row.to, Target) else row.to.code
        escrow = row.escrow.value if row.escrow else ""
        guard = _guard(row.guard.text.en) if row.guard else ""
        start = row.start and row.start.code
        found.add(Line(start, row.action, row.by, guard, to or "", escrow, row.clock is not None))
    return found


@pytest.mark.parametrize(
    ("process", "after", "least"),
    [
        (SERVICE, "item", 50),
        (ITEM, "sourced", 39),
        (SOURCED, "production", 60),
        (QUOTE, "offer", 15),
        (OFFER, "payment, refund, payout", 11),
    ],
    ids=["service", "item", "sourced", "quote", "offer"],
)
def test_each_row_of_the_product_is_a_row_here_and_the_other_way(process: Process[Any], after: str, least: int) -> None:
    said = said_of(process.name, after)
    assert len(said) > least
    assert said == rows_of(process)
