"""Writing to the event log, for cold paths; the engine writes its events in its own one statement."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.events.models import Event
from orderhub.kit.ids import new_id


def write(  # noqa: PLR0913 - the columns of an event, named
    session: AsyncSession,
    *,
    topic: str,
    subject: str,
    sequence: int,
    parties: tuple[UUID | None, UUID | None] = (None, None),
    at: datetime,
    data: Mapping[str, Any],
) -> None:
    """Note in this unit of work that something happened; what must follow is done by jobs.

    ``subject`` is the object's public id and ``sequence`` counts its events; ``parties`` may see it
    in their feeds; ``at`` is business time; ``data`` is the object's public form, alike for all.
    """
    first, second = parties
    session.add(
        Event(
            id=new_id(),
            topic=topic,
            subject=subject,
            sequence=sequence,
            first_party=first,
            second_party=second,
            at=at,
            data=dict(data),
        )
    )
