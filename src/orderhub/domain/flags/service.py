"""Raising a flag: what led away from the hub is shown to staff, behind one case a place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.cases.models import Case, CaseKind
from orderhub.domain.contact_details.masking import Span
from orderhub.domain.events import log
from orderhub.domain.flags.models import Flag
from orderhub.kit.ids import new_id, show_id

OPENED: Final = "case.opened"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was written: a conversation, or under a listing; and the order that it is about."""

    conversation_id: UUID | None = None
    listing_id: UUID | None = None
    order_id: UUID | None = None

    @property
    def shown(self) -> str:
        """Its public id."""
        if self.conversation_id is not None:
            return show_id("cnv", self.conversation_id)
        return "" if self.listing_id is None else show_id("lst", self.listing_id)


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: a message, a comment or an offer, named by its id; by whom, and when."""

    author_id: UUID
    at: datetime
    message_id: UUID | None = None
    comment_id: UUID | None = None
    offer_id: UUID | None = None


async def raise_flag(session: AsyncSession, place: Place, written: Written, spans: Iterable[Span]) -> None:
    """Flag what was written for what its reader doesn't see, under the place's open case or a new one.

    The caller holds the lock of the place, the conversation's or the listing's row, so that two texts never
    open two cases.
    """
    case_id = await _open_case(session, place) or await _new_case(session, place, written.at)
    session.add(
        Flag(
            id=new_id(),
            message_id=written.message_id,
            comment_id=written.comment_id,
            offer_id=written.offer_id,
            conversation_id=place.conversation_id,
            listing_id=None if place.conversation_id is not None else place.listing_id,
            account_id=written.author_id,
            case_id=case_id,
            kinds=sorted({span.kind.value for span in spans}),
            flagged_at=written.at,
        )
    )


async def _open_case(session: AsyncSession, place: Place) -> UUID | None:
    there = (
        Flag.listing_id == place.listing_id
        if place.conversation_id is None
        else Flag.conversation_id == place.conversation_id
    )
    query = select(Case.id).join(Flag, Flag.case_id == Case.id).where(there, Case.closed_at.is_(None)).limit(1)
    return await session.scalar(query)


async def _new_case(session: AsyncSession, place: Place, at: datetime) -> UUID:
    case = Case(
        id=new_id(),
        kind=CaseKind.CONTACT_DETAILS.value,
        order_id=place.order_id,
        opened_by=None,
        reason=f"Contact details in {place.shown}.",
        opened_at=at,
    )
    session.add(case)
    await session.flush()
    data = {
        "case_id": show_id("cas", case.id),
        "kind": case.kind,
        "order_id": case.order_id and show_id("ord", case.order_id),
    }
    log.write(session, topic=OPENED, subject=show_id("cas", case.id), sequence=1, at=at, data=data)
    return case.id
