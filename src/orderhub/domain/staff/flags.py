"""Flags: what held contact details, gathered by the case that was opened for them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.comments.models import Comment
from orderhub.domain.flags.models import Flag
from orderhub.domain.messages.models import Message
from orderhub.domain.offers.models import Offer

SHOWN_PER_CASE = 20


@dataclass(frozen=True, slots=True)
class FlaggedText:
    """A message, a comment or an offer as it was written, where, and which kinds of contact details it held."""

    message_id: UUID | None
    comment_id: UUID | None
    offer_id: UUID | None
    conversation_id: UUID | None
    listing_id: UUID | None
    author_id: UUID
    text: str
    kinds: Sequence[str]
    flagged_at: datetime


async def flagged_texts(session: AsyncSession, case_ids: Sequence[UUID]) -> Mapping[UUID, list[FlaggedText]]:
    """The newest that was flagged behind each case, at most `SHOWN_PER_CASE`, newest first."""
    place = func.row_number().over(partition_by=Flag.case_id, order_by=Flag.id.desc())
    ranked = select(Flag.id, place.label("place")).where(Flag.case_id.in_(case_ids)).subquery()
    offered = func.concat_ws("\n", Offer.scope, Offer.message)
    query = (
        select(Flag, func.coalesce(Message.text, Comment.text, offered, ""))
        .outerjoin(Message, Message.id == Flag.message_id)
        .outerjoin(Comment, Comment.id == Flag.comment_id)
        .outerjoin(Offer, Offer.id == Flag.offer_id)
        .join(ranked, ranked.c.id == Flag.id)
        .where(ranked.c.place <= SHOWN_PER_CASE)
        .order_by(Flag.id.desc())
    )
    found: defaultdict[UUID, list[FlaggedText]] = defaultdict(list)
    for flag, text in await session.execute(query):
        found[flag.case_id].append(_text_of(flag, text))
    return found


def _text_of(flag: Flag, text: str) -> FlaggedText:
    return FlaggedText(
        message_id=flag.message_id,
        comment_id=flag.comment_id,
        offer_id=flag.offer_id,
        conversation_id=flag.conversation_id,
        listing_id=flag.listing_id,
        author_id=flag.account_id,
        text=text,
        kinds=flag.kinds,
        flagged_at=flag.flagged_at,
    )
