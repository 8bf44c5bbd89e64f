"""How to reach the place from which each row of the sourced table can be taken."""

from typing import Any, Final

from orderhub.domain.orders.kinds.sourced import guards
from orderhub.domain.orders.state import Facts
from orderhub.domain.process import By, Escrow, Row
from orderhub.domain.proforma.draft import DraftLine
from orderhub.kit.ids import new_id, show_id

PROVEN: Final = ("buyer submit_proof",)
CARD: Final = ("provider confirm_payment",)
"""The deposit by card: its payment can be charged back."""
PURCHASED: Final = (*CARD, "support purchase")
ARRIVED: Final = (*PURCHASED, "support ship_to_hub", "support receive")
INVOICED: Final = (*ARRIVED, "finance issue_final_invoice")
UNDER_REVIEW: Final = (*INVOICED, "buyer submit_proof")
READY: Final = (*UNDER_REVIEW, "finance confirm_balance")
SENT: Final = (*READY, "support dispatch")
WAYS: Final[dict[str, tuple[str, ...]]] = {
    "awaiting_deposit": (),
    "deposit_review": PROVEN,
    "confirmed": CARD,
    "purchased": PURCHASED,
    "in_transit": (*PURCHASED, "support ship_to_hub"),
    "arrived": ARRIVED,
    "awaiting_balance": INVOICED,
    "balance_review": UNDER_REVIEW,
    "ready": READY,
    "out_for_delivery": SENT,
    "disputed": (*SENT, "buyer open_dispute"),
}
"""From placing to each status."""
ALL_IN_ADVANCE: Final = {"deposit_percent": 100}

_CHANGE: Final = ("support propose_change",)
_FIRST: Final = {
    "accept_cancellation": ("buyer request_cancellation",),
    "decline_cancellation": ("buyer request_cancellation",),
    "lapse_cancellation": ("buyer request_cancellation",),
    "accept_change": _CHANGE,
    "decline_change": _CHANGE,
    "lapse_change": _CHANGE,
    "close_case": ("buyer report_problem",),
}
"""What must have happened in that status, by action."""


def way_to(row: Row[Facts]) -> tuple[str, ...]:
    """The steps from placing until the row can be taken."""
    assert row.start is not None
    way = (*WAYS[row.start.code], *_FIRST.get(row.action, ()))
    if row.action == "win_charge_back":
        if row.guard is guards.NOT_INVOICED:
            return (*CARD, "provider charge_back")
        gone_on = () if row.start.code == "disputed" else ("admin resume",)
        return (*way, "provider charge_back", *gone_on)
    if row.action == "approve":
        return (*READY, "buyer open_dispute")
    late = row.start.code in ("confirmed", "purchased", "in_transit") and By.BUYER in row.by
    return (*way, *(("time 600",) if late and row.action in ("cancel", "open_dispute") else ()))


def settings_of(row: Row[Facts]) -> dict[str, Any]:
    """How the quote is priced, so that the row applies: with as many lines as it takes, and as much in advance."""
    if row.action == "issue_final_invoice" and row.escrow is Escrow.REFUND_SURPLUS:
        return ALL_IN_ADVANCE
    if row.action in ("decline_change", "lapse_change") and row.escrow is None:
        return {"lines": tuple(_line(name) for name in ("Sandales", "Foulard"))}
    return {}


def _line(name: str) -> DraftLine:
    return DraftLine(show_id("lin", new_id()), None, name, None, None, 2, 4_590, 2000)
