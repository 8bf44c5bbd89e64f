"""What a timer does that takes no row: it reminds who is waited for, or tells that work is late.

The event and the end of the timer are one statement. The sequence is that of the order's newest
change, which the event speaks of.
"""

from typing import Any, Final
from uuid import UUID

from sqlalchemy import DateTime, Text, Uuid, bindparam, delete, insert, select
from sqlalchemy.dialects.postgresql import JSONB

from orderhub.domain.events.models import Event
from orderhub.domain.orders.advance import event_data
from orderhub.domain.orders.loading import Loaded
from orderhub.domain.orders.timers import LATE, Running
from orderhub.domain.process import By
from orderhub.domain.transitions.models import Timer
from orderhub.infra.database import Statement
from orderhub.kit.clock import show_instant
from orderhub.kit.ids import new_id, show_id

_dropped = delete(Timer).where(Timer.id == bindparam("timer_id", type_=Uuid())).returning(Timer.id)
DROP: Final = Statement(_dropped)
"""Forget a timer that no longer applies."""

_COLUMNS: Final = {
    "id": Uuid(),
    "topic": Text(),
    "subject": Text(),
    "first_party": Uuid(),
    "second_party": Uuid(),
    "at": DateTime(timezone=True),
    "data": JSONB(),
}
_gone = _dropped.cte("dropped")
_event = select(
    *(bindparam(f"e_{name}", type_=kind).label(name) for name, kind in _COLUMNS.items()),
    bindparam("e_sequence", type_=Event.sequence.type).label("sequence"),
).select_from(_gone)
TELL: Final = Statement(insert(Event).from_select([*_COLUMNS, "sequence"], _event).returning(Event.id))
"""Write the event and forget the timer."""


def values(loaded: Loaded, running: Running, timer_id: UUID) -> dict[str, Any]:
    """The parameters of `TELL`."""
    order = loaded.order
    data = event_data(loaded, running.action, order.status, By.CLOCK, None)
    data |= {
        "tells": sorted(party.value for party in running.waits_for),
        "waits_for": sorted(party.value for party in running.waits_for),
        "due_at": show_instant(running.ends_at),
    }
    return {
        "timer_id": timer_id,
        "e_id": new_id(),
        "e_topic": "order.late" if running.kind == LATE else "order.reminder",
        "e_subject": show_id("ord", order.id),
        "e_sequence": order.version,
        "e_first_party": order.buyer_id,
        "e_second_party": order.seller_id,
        "e_at": loaded.now,
        "e_data": data,
    }
