"""The rows that every order begins with, whatever its kind: history, conversation, timers, event."""

from typing import Any
from uuid import UUID

from orderhub.domain.orders import timers
from orderhub.domain.orders.advance import event_data
from orderhub.domain.orders.loading import Loaded
from orderhub.domain.orders.state import COLUMNS, OrderState
from orderhub.domain.process import By
from orderhub.kit.ids import new_id, show_id

Rows = dict[str, list[dict[str, Any]]]


def fields_of(order: OrderState) -> dict[str, Any]:
    """The columns to insert; what the database counts itself is left out."""
    return {name: getattr(order, name) for name in COLUMNS if name not in ("id", "held", "version")}


def rows_of(loaded: Loaded, by: By, actor_id: UUID) -> Rows:
    """Everything that an order has besides its own row when it was placed by this one."""
    order, now = loaded.order, loaded.now
    event = {
        "id": new_id(),
        "topic": "order.placed",
        "subject": show_id("ord", order.id),
        "sequence": 1,
        "first_party": order.buyer_id,
        "second_party": order.seller_id,
        "at": now,
        "data": event_data(loaded, "place", None, by, actor_id),
    }
    _, fresh = timers.difference(None, order, now)
    return {
        "history": [_history(order, by, actor_id)],
        "conversations": [_conversation(order)],
        "conversation_members": [
            {"conversation_id": order.conversation_id, "account_id": party}
            for party in (order.buyer_id, order.seller_id)
        ],
        "timers": fresh,
        "events": [event],
    }


def _history(order: OrderState, by: By, actor_id: UUID) -> dict[str, Any]:
    return {
        "subject_id": order.id,
        "version": 1,
        "process": order.kind,
        "from_status": "",
        "action": "place",
        "to_status": order.status,
        "by": by.value,
        "actor_id": actor_id,
        "at": order.placed_at,
        "data": {},
    }


def _conversation(order: OrderState) -> dict[str, Any]:
    return {
        "id": order.conversation_id,
        "order_id": order.id,
        "listing_id": order.listing_id,
        "buyer_id": order.buyer_id,
        "seller_id": order.seller_id,
        "created_at": order.placed_at,
    }
