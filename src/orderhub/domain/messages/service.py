"""Writing: a message in a conversation, a first inquiry, and having read."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import case, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.locking import lock_account
from orderhub.domain.catalog.errors import ListingNotFoundError
from orderhub.domain.catalog.models import Listing, ListingKind, ListingState
from orderhub.domain.contact_details import masking
from orderhub.domain.events import log
from orderhub.domain.files.queries import own_files
from orderhub.domain.flags.service import Place, Written, raise_flag
from orderhub.domain.messages.access import standing
from orderhub.domain.messages.errors import (
    ConversationNeedsOrderError,
    ConversationReadOnlyError,
    InquiriesNotAcceptedError,
    OwnListingInquiryError,
)
from orderhub.domain.messages.models import Conversation, ConversationMember, Message
from orderhub.domain.messages.participation import Participation
from orderhub.domain.messages.shown import public_form
from orderhub.domain.orders.allowances import SILENCES, Silence
from orderhub.domain.policies.queries import bounds
from orderhub.domain.policies.room import reached, require_room
from orderhub.domain.roles import Role
from orderhub.kit.errors import invalid_field
from orderhub.kit.ids import new_id, show_id
from orderhub.kit.text import Label

SENT: Final = "message.sent"


def require_writable(place: Participation, now: datetime) -> None:
    """Raises ConversationReadOnlyError where the caller may not write there now."""
    silence = place.silence(now)
    if silence is not None:
        raise ConversationReadOnlyError(SILENCES[silence], reason=silence.value)


def _require_evidence(place: Participation, file_ids: Sequence[UUID]) -> None:
    if place.evidence_only and not file_ids:
        why = Silence.EVIDENCE_ONLY
        raise ConversationReadOnlyError(SILENCES[why], reason=why.value)


async def send(  # noqa: PLR0913 - a message, named
    session: AsyncSession,
    place: Participation,
    *,
    author_id: UUID,
    text: str,
    file_ids: Sequence[UUID] = (),
    now: datetime,
) -> Message:
    """Write a message; contact details in it are found, flagged, and masked for its readers.

    Raises ConversationReadOnlyError, LimitReachedError, InvalidError for an empty message, or FileUnusableError for
    a file that isn't the author's.
    """
    require_writable(place, now)
    _require_evidence(place, file_ids)
    if not text and not file_ids:
        raise invalid_field(
            "/text", "empty_message", Label("Écrivez un texte ou joignez un fichier.", "Write a text or attach a file.")
        )
    files = await own_files(session, file_ids, owner_id=author_id, pointer="/attachments")
    spans = () if place.role is Role.STAFF or place.with_house else masking.find(text, place.countries)
    message = Message(
        conversation_id=place.conversation.id,
        author_id=author_id,
        author_role=place.role.value,
        text=text,
        spans=masking.write_spans(spans),
        file_ids=[file.id for file in files],
        sent_at=now,
    )
    await _append(session, message)
    hidden = masking.hidden(spans, paid=place.paid)
    if hidden:
        where = Place(conversation_id=message.conversation_id, order_id=place.conversation.order_id)
        await raise_flag(session, where, Written(author_id, now, message_id=message.id), hidden)
    _write_event(session, place, message)
    await session.flush()
    return message


async def _append(session: AsyncSession, message: Message) -> None:
    """Number the message and count it for its readers. Raises LimitReachedError.

    The update locks the conversation, and only then is the id made: ids order messages as numbers do.
    """
    most = (await bounds(session))["messages"]
    counted = (
        update(Conversation)
        .where(Conversation.id == message.conversation_id, Conversation.message_count < most)
        .values(message_count=Conversation.message_count + 1, last_message_at=message.sent_at)
        .returning(Conversation.message_count)
    )
    number = await session.scalar(counted, execution_options={"synchronize_session": False})
    if number is None:  # the caller has just read the conversation
        raise reached("messages", most)
    message.id, message.number = new_id(), number
    session.add(message)
    await session.flush()
    is_reader = case((ConversationMember.account_id == message.author_id, 0), else_=1)
    await session.execute(
        update(ConversationMember)
        .where(ConversationMember.conversation_id == message.conversation_id)
        .values(unread=ConversationMember.unread + is_reader, last_message_id=message.id),
        execution_options={"synchronize_session": False},
    )


def _write_event(session: AsyncSession, place: Participation, message: Message) -> None:
    conversation = place.conversation
    log.write(
        session,
        topic=SENT,
        subject=show_id("cnv", conversation.id),
        sequence=message.number,
        parties=(conversation.buyer_id, conversation.seller_id),
        at=message.sent_at,
        data=public_form(place, message),
    )


async def inquire(  # noqa: PLR0913 - a message and its listing, named
    session: AsyncSession,
    *,
    listing_id: UUID,
    buyer_id: UUID,
    text: str,
    file_ids: Sequence[UUID] = (),
    now: datetime,
) -> tuple[UUID, bool]:
    """Ask a seller before ordering: the conversation about this listing, and whether it is new.

    Raises ListingNotFoundError for a listing that isn't public, InquiriesNotAcceptedError,
    OwnListingInquiryError, LimitReachedError, and what `send` raises.
    """
    listing = await _open_listing(session, listing_id, buyer_id)
    conversation_id, is_new = await _one_inquiry(session, listing, buyer_id, now)
    place = await standing(session, conversation_id, account_id=buyer_id, roles=frozenset())
    await send(session, place, author_id=buyer_id, text=text, file_ids=file_ids, now=now)
    return conversation_id, is_new


async def _open_listing(session: AsyncSession, listing_id: UUID, buyer_id: UUID) -> Listing:
    listing = await session.scalar(
        select(Listing).where(
            Listing.id == listing_id, Listing.state.in_((ListingState.ACTIVE.value, ListingState.PAUSED.value))
        )
    )
    if listing is None:
        raise ListingNotFoundError(Label("Aucune annonce publique n’a cet id.", "No public listing has this id."))
    if listing.seller_id == buyer_id:
        raise OwnListingInquiryError(
            Label(
                "Les acheteurs vous écrivent ; vous répondez dans leur conversation.",
                "Buyers write to you; you answer in their conversation.",
            )
        )
    if listing.kind != ListingKind.SERVICE.value:
        raise ConversationNeedsOrderError
    if not listing.accepts_inquiries:
        raise InquiriesNotAcceptedError(
            Label(
                "Ce vendeur ne prend pas de question avant la commande. Chaque commande a sa conversation.",
                "This seller takes no questions before an order. Every order has its conversation.",
            )
        )
    return listing


async def _one_inquiry(session: AsyncSession, listing: Listing, buyer_id: UUID, now: datetime) -> tuple[UUID, bool]:
    """The one conversation of this buyer about this listing, made where there is none. Raises LimitReachedError."""
    known = select(Conversation.id).where(
        Conversation.listing_id == listing.id, Conversation.buyer_id == buyer_id, Conversation.order_id.is_(None)
    )
    conversation_id = await session.scalar(known)
    if conversation_id is not None:
        return conversation_id, False
    await _require_room(session, buyer_id)
    conversation_id = await session.scalar(
        insert(Conversation)
        .values(id=new_id(), listing_id=listing.id, buyer_id=buyer_id, seller_id=listing.seller_id, created_at=now)
        .on_conflict_do_nothing(index_elements=["listing_id", "buyer_id"], index_where=Conversation.order_id.is_(None))
        .returning(Conversation.id)
    )
    if conversation_id is None:
        return (await session.scalars(known)).one(), False
    session.add_all(
        ConversationMember(conversation_id=conversation_id, account_id=account_id)
        for account_id in (buyer_id, listing.seller_id)
    )
    await session.flush()
    return conversation_id, True


async def _require_room(session: AsyncSession, buyer_id: UUID) -> None:
    """Inquiries that nobody answered are bounded; they are found among what the buyer takes part in."""
    await lock_account(session, buyer_id)
    answered = exists().where(Message.conversation_id == Conversation.id, Message.author_id != buyer_id)
    unanswered = (
        select(func.count())
        .select_from(ConversationMember)
        .join(Conversation, Conversation.id == ConversationMember.conversation_id)
        .where(
            ConversationMember.account_id == buyer_id,
            Conversation.buyer_id == buyer_id,
            Conversation.order_id.is_(None),
            ~answered,
        )
    )
    require_room(await bounds(session), "inquiries", await session.scalar(unanswered) or 0)


async def mark_read(session: AsyncSession, place: Participation, *, account_id: UUID, now: datetime) -> None:
    """The caller has read everything. Staff have no counter: for them nothing changes."""
    await session.execute(
        update(ConversationMember)
        .where(ConversationMember.conversation_id == place.conversation.id, ConversationMember.account_id == account_id)
        .values(unread=0, last_read_at=now, mailed=False)
    )
