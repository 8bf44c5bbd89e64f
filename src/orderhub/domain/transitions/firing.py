"""What becomes of a timer that fires and takes no row: it reminds who is waited for, or is forgotten.

The event and the end of the timer are one statement.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import DateTime, Text, Uuid, bindparam, delete, insert, select
from sqlalchemy.dialects.postgresql import JSONB

from orderhub.domain.events.models import Event
from orderhub.domain.transitions.models import Timer
from orderhub.domain.transitions.timers import Running
from orderhub.infra.database import HotTransaction, Statement
from orderhub.kit.clock import show_instant
from orderhub.kit.ids import new_id

_dropped = delete(Timer).where(Timer.id == bindparam("timer_id", type_=Uuid())).returning(Timer.id)
_DROP: Final = Statement(_dropped)

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
_REMIND: Final = Statement(insert(Event).from_select([*_COLUMNS, "sequence"], _event).returning(Event.id))


async def forget(transaction: HotTransaction, timer: Timer) -> None:
    """Drop a timer that no longer applies."""
    await transaction.row(_DROP, {"timer_id": timer.id})


async def write_reminder(  # noqa: PLR0913 - an event, named
    transaction: HotTransaction,
    timer: Timer,
    *,
    topic: str,
    subject: str,
    sequence: int,
    parties: tuple[UUID, UUID],
    at: datetime,
    data: Mapping[str, Any],
) -> None:
    """Write the event of a timer and forget the timer.

    ``sequence`` is that of the object's newest change, which the event speaks of.
    """
    event = {
        "id": new_id(),
        "topic": topic,
        "subject": subject,
        "sequence": sequence,
        "first_party": parties[0],
        "second_party": parties[1],
        "at": at,
        "data": data,
    }
    await transaction.row(_REMIND, {"timer_id": timer.id, **{f"e_{name}": value for name, value in event.items()}})


def said_to(running: Running) -> dict[str, Any]:
    """The part of a reminder's data that says who is waited for, and until when."""
    waits_for = sorted(party.value for party in running.waits_for)
    return {"tells": waits_for, "waits_for": waits_for, "due_at": show_instant(running.ends_at)}
