"""Conversations and messages, as one person sees them."""

from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import ConfigDict, Field

from orderhub.api.schemas.allowances import AllowanceOut
from orderhub.api.schemas.base import (
    ConversationId,
    Count,
    FileId,
    Input,
    Instant,
    ListingId,
    MessageId,
    OrderId,
    Ordinal,
    Output,
    Text,
)
from orderhub.api.schemas.files import MOST_DELIVERED, AttachmentOut
from orderhub.api.schemas.orders.codes import OrderTransitionName
from orderhub.api.schemas.people import PersonOut
from orderhub.domain.accounts.models import Account
from orderhub.domain.contact_details.disclosure import AS_WRITTEN
from orderhub.domain.contact_details.masking import ContactKind
from orderhub.domain.files.links import GivenLinks
from orderhub.domain.files.models import File
from orderhub.domain.files.photos import PhotoLinks
from orderhub.domain.messages.participation import Participation
from orderhub.domain.messages.queries import Listed, Written
from orderhub.domain.messages.shown import text_for
from orderhub.domain.orders.allowances import SILENCES, Refusal, Silence
from orderhub.domain.roles import Role
from orderhub.kit.text import Language

MessageText = Annotated[
    str, Text(5000, min=0, lines=True, examples=["Bonjour, pouvez-vous décliner le logo en blanc ?"])
]
Attachments = Annotated[list[FileId], Field(max_length=10, description="Files that you uploaded, each once.")]
Title = Annotated[str, Field(max_length=200)]


class MessageIn(Input):
    """A message: a text, files, or both."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra={"examples": [{"text": "Bonjour, pouvez-vous décliner le logo en blanc ?"}]},
    )

    text: MessageText = ""
    attachments: Attachments = Field(default_factory=list[UUID])


class InquiryIn(MessageIn):
    """A first message to the seller of a service, before any order."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra={
            "examples": [
                {
                    "listing_id": "lst_01k9fkrqm0fk1skh5w1gc0e6cf",
                    "text": "Bonjour, pouvez-vous livrer le logo avant le 15 décembre ?",
                }
            ]
        },
    )

    listing_id: ListingId


_SENDER: Any = Field(description="What the author is here: a party, or staff who help.")


class MessageOut(Output):
    """A message as the caller sees it."""

    id: MessageId
    conversation_id: ConversationId
    number: Annotated[Ordinal, Field(description="Counts the messages of the conversation.")]
    author: PersonOut
    author_role: Annotated[Role, _SENDER]
    mine: bool
    text: Annotated[str, Field(max_length=50_000, description="Contact details are masked for the reader.")]
    masked: Annotated[
        list[ContactKind], Field(max_length=4, description="What the reader doesn't see of it, or not yet.")
    ]
    notice: Annotated[str | None, Field(max_length=300, description="Why something is masked.")]
    attachments: Annotated[list[AttachmentOut], Field(max_length=MOST_DELIVERED)]
    action: Annotated[
        OrderTransitionName | None,
        Field(
            description="The action on the order that it came with: `deliver` brings what is delivered. Null for a "
            "message that was only written."
        ),
    ]
    sent_at: Instant

    @classmethod
    def of(
        cls, written: Written, place: Participation, account_id: UUID, language: Language, links: GivenLinks
    ) -> Self:
        """The public form for one reader."""
        message = written.message
        shown = text_for(message, account_id=account_id, role=place.role, paid=place.paid)
        return cls(
            id=message.id,
            conversation_id=message.conversation_id,
            number=message.number,
            author=_party(written.author, place, account_id, links.photos),
            author_role=Role(message.author_role),
            mine=message.author_id == account_id,
            text=shown.text,
            masked=[ContactKind(kind) for kind in shown.masked],
            notice=shown.notice and shown.notice.within(language),
            attachments=[_attachment(file, place, account_id, links) for file in written.files],
            action=message.action,
            sent_at=message.sent_at,
        )


class LastMessageOut(Output):
    """The beginning of the newest message."""

    excerpt: Annotated[str, Field(max_length=1000)]
    author_role: Role
    sent_at: Instant


class ConversationSummaryOut(Output):
    """A conversation in one's list."""

    id: ConversationId
    order_id: Annotated[OrderId | None, Field(description="Null for an inquiry before any order.")]
    listing_id: ListingId | None
    title: Annotated[Title, Field(description="Of the order or the listing.")]
    role: Role
    other_party: PersonOut
    unread: Count
    last_message: LastMessageOut | None
    created_at: Instant

    @classmethod
    def of(cls, listed: Listed, account_id: UUID, photos: PhotoLinks) -> Self:
        """The public form for one party."""
        place, last, excerpt = listed.place, listed.last_message, listed.excerpt(account_id)
        conversation = place.conversation
        return cls(
            id=conversation.id,
            order_id=conversation.order_id,
            listing_id=conversation.listing_id,
            title=place.shown_title,
            role=place.role,
            other_party=_party(place.other or place.buyer, place, account_id, photos),
            unread=place.unread,
            last_message=None
            if last is None or excerpt is None
            else LastMessageOut(excerpt=excerpt, author_role=Role(last.author_role), sent_at=last.sent_at),
            created_at=conversation.created_at,
        )


class ConversationOut(Output):
    """A conversation, and whether the caller may write in it now."""

    id: ConversationId
    order_id: OrderId | None
    listing_id: ListingId | None
    title: Title
    role: Role
    buyer: PersonOut
    seller: PersonOut
    unread: Count
    message_count: Count
    created_at: Instant
    last_message_at: Instant | None
    can_write: AllowanceOut
    writable_until: Annotated[Instant | None, Field(description="Set once the order has ended.")]

    @classmethod
    def of(cls, place: Participation, silence: Silence | None, language: Language, photos: PhotoLinks) -> Self:
        """The public form for one caller."""
        conversation = place.conversation
        return cls(
            id=conversation.id,
            order_id=conversation.order_id,
            listing_id=conversation.listing_id,
            title=place.shown_title,
            role=place.role,
            buyer=_party(place.buyer, place, place.caller_id, photos),
            seller=_party(place.seller, place, place.caller_id, photos),
            unread=place.unread,
            message_count=conversation.message_count,
            created_at=conversation.created_at,
            last_message_at=conversation.last_message_at,
            can_write=_can_write(place, silence, language),
            writable_until=place.writable_until,
        )


def _can_write(place: Participation, silence: Silence | None, language: Language) -> AllowanceOut:
    allowed = silence is None and place.evidence_only
    why = Silence.EVIDENCE_ONLY if allowed else silence
    refusal = None if why is None else Refusal(why.value, SILENCES[why])
    return AllowanceOut.of(refusal, language, allowed=allowed)


def _party(account: Account, place: Participation, reader_id: UUID | None, photos: PhotoLinks) -> PersonOut:
    return PersonOut.read_by(account, photos, AS_WRITTEN if account.id == reader_id else place.words)


def _attachment(file: File, place: Participation, reader_id: UUID, links: GivenLinks) -> AttachmentOut:
    words = AS_WRITTEN if file.owner_id == reader_id else place.words
    return AttachmentOut(
        id=file.id,
        name=words.text(file.name),
        media_type=file.media_type,
        size=file.size,
        **links.attached(file.id, file.media_type),
    )
