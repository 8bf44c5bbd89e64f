"""How to reach the place from which each row of the item's table can be taken."""

from typing import Any, Final

from orderhub.domain.orders.kinds.item import guards
from orderhub.domain.orders.state import Facts
from orderhub.domain.process import Row

PAID: Final = ("provider confirm_payment",)
SENT: Final = (*PAID, "seller ship")
DELIVERED: Final = (*SENT, "tracking mark_delivered")
ASKED: Final = (*DELIVERED, "buyer request_return")
ACCEPTED: Final = (*ASKED, "seller accept_return")
SENT_BACK: Final = (*ACCEPTED, "buyer ship_return")
WAYS: Final[dict[str, tuple[str, ...]]] = {
    "awaiting_payment": (),
    "awaiting_shipment": PAID,
    "shipped": SENT,
    "delivered": DELIVERED,
    "return_requested": ASKED,
    "return_accepted": ACCEPTED,
    "return_shipped": SENT_BACK,
    "disputed": (*DELIVERED, "buyer report_not_received"),
}
"""From placing to each status."""

_ORDERED_BACK = (*DELIVERED, "provider charge_back", "support order_return")
CHARGED_BACK = {
    "disputed": (*WAYS["disputed"], "provider charge_back"),
    "return_accepted": _ORDERED_BACK,
    "return_shipped": (*_ORDERED_BACK, "buyer ship_return"),
}
"""To each status with a chargeback that the bank has not decided."""
_CANCELLATION = ("buyer request_cancellation",)
_FIRST: Final[dict[str, tuple[str, ...]]] = {
    "withdraw_cancellation": _CANCELLATION,
    "accept_cancellation": _CANCELLATION,
    "decline_cancellation": _CANCELLATION,
    "lapse_cancellation": _CANCELLATION,
    "auto_receive": ("tracking mark_delivered",),
    "close_case": ("buyer report_problem",),
}
"""What must have happened in that status, by action."""
_MIND_CHANGED = (guards.MIND_CHANGED, guards.MIND_CHANGED_OF_TRADER)


def way_to(row: Row[Facts]) -> tuple[str, ...]:
    """The steps from placing until the row can be taken."""
    assert row.start is not None
    if row.action == "win_charge_back":
        return CHARGED_BACK[row.start.code]
    return (*WAYS[row.start.code], *_FIRST.get(row.action, ()))


def settings_of(row: Row[Facts]) -> dict[str, Any]:
    """How the order is placed, so that the row applies: whether it fits, and whether a trader sells it."""
    if row.guard not in _MIND_CHANGED:
        return {}
    return {"fits": False, "trader": row.guard is guards.MIND_CHANGED_OF_TRADER}
