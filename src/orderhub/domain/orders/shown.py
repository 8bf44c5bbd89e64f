"""Parts of the public form of an order that the kinds and the machine write alike. Plain dictionaries."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from orderhub.kit.clock import show_instant

Document = dict[str, Any]


def money(amount: int, currency: str) -> Document:
    """An amount in minor units with its currency."""
    return {"amount": amount, "currency": currency}


def instant(at: datetime | None) -> str | None:
    """An instant, or null where it has not come."""
    return None if at is None else show_instant(at)


def request(asked: Mapping[str, Any] | None) -> Document | None:
    """A request that waits for its answer: when and why it was made."""
    if asked is None:
        return None
    return {"asked_at": show_instant(datetime.fromisoformat(asked["at"])), "reason": asked["reason"]}
