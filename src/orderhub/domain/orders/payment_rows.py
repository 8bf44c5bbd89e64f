"""A payment's own row of its table, within the change of its order."""

from collections.abc import Mapping
from typing import Any, Final

from orderhub.domain.orders.change import OrderChange
from orderhub.domain.payments.models import Payment
from orderhub.domain.payments.process import PAYMENT
from orderhub.domain.process import Actor
from orderhub.domain.transitions.rows import begin_row, take_row
from orderhub.kit.ids import show_id

_TABLE: Final = Payment.__tablename__


def begin_payment(change: OrderChange, action: str, actor: Actor, **fields: Any) -> dict[str, Any]:
    """Open a payment of the order: its id, version and status. ``fields`` are its columns but for these two."""
    return begin_row(change, PAYMENT, _TABLE, action, actor, data=_data(change), **fields)


def change_payment(
    change: OrderChange, payment: Mapping[str, Any], action: str, actor: Actor, **fields: Any
) -> dict[str, Any]:
    """Let a payment take a row, which says where it leads. ``payment`` has ``id``, ``version`` and ``status``.

    Raises TransitionError and NotYoursError where its table has no such row.
    """
    return take_row(change, PAYMENT, _TABLE, payment, action, actor, data=_data(change), **fields)


def _data(change: OrderChange) -> dict[str, str]:
    return {"order_id": show_id("ord", change.order.id)}
