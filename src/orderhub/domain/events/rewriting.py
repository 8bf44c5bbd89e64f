"""What the log says of a person who is erased: the one reason for which an event is ever changed."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.events.models import Event

_BATCH: Final = 500

Change = Callable[[dict[str, Any]], dict[str, Any]]
"""The data of an event as it is to be from now on."""


def seen_by(account_id: UUID) -> ColumnElement[bool]:
    """The events that this person is a party of."""
    return or_(Event.first_party == account_id, Event.second_party == account_id)


def about(topics: str) -> ColumnElement[bool]:
    """The events whose topics begin like this."""
    return func.starts_with(Event.topic, topics)


async def rewrite(session: AsyncSession, which: ColumnElement[bool], change: Change) -> None:
    """Change the data of these events."""
    last: UUID | None = None
    while True:
        wanted = select(Event.id, Event.data).where(which)
        wanted = wanted if last is None else wanted.where(Event.id > last)
        found = (await session.execute(wanted.order_by(Event.id).limit(_BATCH))).all()
        for event_id, data in found:
            changed = change(data)
            if changed != data:
                statement = update(Event).where(Event.id == event_id).values(data=changed)
                await session.execute(statement, execution_options={"synchronize_session": False})
        if len(found) < _BATCH:
            return
        last = found[-1][0]
