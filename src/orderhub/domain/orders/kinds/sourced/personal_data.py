"""What a sourced order holds of its buyer in words, and what is left of them. Pure."""

from typing import Any, Final

from msgspec import structs

from orderhub.domain.accounts.forgetting import FORGOTTEN
from orderhub.domain.orders.kinds.sourced.details import details_of
from orderhub.domain.orders.state import OrderState

_WORDLESS: Final = {"name": FORGOTTEN, "url": None, "note": None}


QUOTED: Final = frozenset(("line",))
"""Under what a change that staff propose names what the buyer asked for."""


def export(order: OrderState, _role: str) -> dict[str, Any]:
    """What was bought, and where it went."""
    return {"lines": order.lines, "address": details_of(order).address}


def forget(order: OrderState, role: str) -> dict[str, Any]:
    """The columns that lose the buyer's words: what they asked for, and where it went."""
    if role != "buyer":
        return {}
    lines = [line | _WORDLESS for line in order.lines]
    return {"title": FORGOTTEN, "lines": lines, "details": structs.replace(details_of(order), address={})}
