"""How to reach the place from which each row of the service table can be taken."""

from typing import Any, Final

from orderhub.domain.orders.kinds.service.table import SERVICE
from orderhub.domain.orders.state import Facts
from orderhub.domain.process import By, Row

PAID: Final = ("provider confirm_payment",)
STARTED: Final = (*PAID, "seller accept")
DELIVERED: Final = (*STARTED, "seller deliver")
WAYS: Final[dict[str, tuple[str, ...]]] = {
    "awaiting_payment": (),
    "awaiting_instructions": PAID,
    "awaiting_acceptance": PAID,
    "in_progress": STARTED,
    "delivered": DELIVERED,
    "revision_requested": (*DELIVERED, "buyer request_revision"),
    "disputed": (*DELIVERED, "buyer open_dispute"),
}
"""From placing to each status."""

_GONE_ON = (*STARTED, "provider charge_back", "support resume")
CHARGED_BACK = {
    "disputed": (*WAYS["disputed"], "provider charge_back"),
    "in_progress": _GONE_ON,
    "delivered": (*_GONE_ON, "seller deliver"),
    "revision_requested": (*_GONE_ON, "seller deliver", "buyer request_revision"),
}
"""To each status with a chargeback that the bank has not decided."""
_LATE = ("time 144",)
_CANCELLATION = ("buyer request_cancellation",)
_EXTENSION = ("seller request_extension",)
_EXTRA = ("buyer add_extra",)
_FIRST: Final[dict[str, tuple[str, ...]]] = {
    "withdraw_cancellation": _CANCELLATION,
    "accept_cancellation": _CANCELLATION,
    "decline_cancellation": _CANCELLATION,
    "lapse_cancellation": _CANCELLATION,
    "confirm_extra": _EXTRA,
    "lapse_extra": _EXTRA,
    "accept_extension": _EXTENSION,
    "decline_extension": _EXTENSION,
    "lapse_extension": _EXTENSION,
    "close_case": ("buyer report_problem",),
}
"""What must have happened in that status, by action."""


def way_to(row: Row[Facts]) -> tuple[str, ...]:
    """The steps from placing until the row can be taken."""
    assert row.start is not None
    if row.action == "win_charge_back":
        return CHARGED_BACK[row.start.code]
    late = row.start.code == "in_progress" and row.action in ("cancel", "open_dispute") and By.BUYER in row.by
    return (*WAYS[row.start.code], *_FIRST.get(row.action, ()), *(_LATE if late else ()))


def settings_of(row: Row[Facts]) -> dict[str, Any]:
    """How the order is placed, so that the row applies: whether the listing has a question that must be answered."""
    wanted = SERVICE.targets(row)[0] if row.action == "confirm_payment" else row.start
    return {"questions": wanted is not None and wanted.code == "awaiting_instructions"}
