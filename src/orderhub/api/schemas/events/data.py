"""What events say: the object's public form at that moment, alike for whoever reads it, and what changed."""

from typing import Annotated

from pydantic import MISSING, ConfigDict, Field

from orderhub.api.schemas.base import (
    AccountId,
    CaseId,
    CommentId,
    ConversationId,
    Currency,
    Day,
    ExtraId,
    FileId,
    Instant,
    ListingId,
    MessageId,
    MoneyOut,
    OfferId,
    OrderId,
    Ordinal,
    Output,
    PaymentId,
    QuoteId,
    RefundId,
)
from orderhub.api.schemas.offer_history import OfferSaid
from orderhub.api.schemas.orders.codes import OrderKind, OrderStage, OrderStatus, OrderTransitionName
from orderhub.api.schemas.orders.history import OrderSaid
from orderhub.api.schemas.process_codes import (
    Actor,
    OfferStatus,
    OfferTransitionName,
    QuoteStatus,
    QuoteTransitionName,
    RefundStatus,
)
from orderhub.api.schemas.quote_history import QuoteSaid
from orderhub.domain.cases.models import CaseKind
from orderhub.domain.contact_details.masking import ContactKind
from orderhub.domain.offers.state import OfferSide, OfferSort
from orderhub.domain.payments.methods import PaymentMethod
from orderhub.domain.roles import Role

Tells = Annotated[list[Actor], Field(max_length=3, description="Who is told of it.")]
Title = Annotated[str, Field(max_length=300)]


class EventPersonOut(Output):
    """A person as an event names them."""

    id: AccountId
    handle: Annotated[str, Field(max_length=60)]


class EventOrderOut(Output):
    """An order at that moment, without amounts."""

    id: OrderId
    kind: OrderKind
    status: OrderStatus
    stage: OrderStage
    version: Ordinal
    title: Title
    due_at: Instant | None
    buyer: EventPersonOut
    seller: EventPersonOut
    conversation_id: ConversationId


class _Change(Output):
    model_config = ConfigDict(populate_by_name=True)

    by: Actor
    tells: Tells
    actor_id: Annotated[AccountId | None, Field(description="Null for whoever of staff, and where nobody acted.")]


class _OrderData(_Change):
    order: EventOrderOut
    action: OrderTransitionName
    from_status: Annotated[OrderStatus | None, Field(alias="from", description="Null where it was placed.")]
    to_status: Annotated[OrderStatus, Field(alias="to")]


class OrderChangedData(_OrderData):
    """What an order was placed by, or changed by."""

    said: (
        Annotated[
            OrderSaid,
            Field(
                description="What was said with it, as both parties may read it: not how it was paid, nor who got what."
            ),
        ]
        | MISSING
    ) = MISSING


class OrderLateData(_OrderData):
    """An order that is late: what for, and who is waited for."""

    waits_for: Annotated[list[Actor], Field(max_length=3)]
    due_at: Instant
    promised_on: Annotated[Day | MISSING, Field(description="The day that was promised, where it was a day.")] = MISSING


class EventPaymentOut(Output):
    """A payment at that moment."""

    id: PaymentId
    order_id: OrderId
    extra_id: ExtraId | None
    amount: MoneyOut
    method: PaymentMethod
    reason: Annotated[str, Field(max_length=500)] | None


class EventOrderTitleOut(Output):
    """The order that something is about."""

    id: OrderId
    title: Title


class PaymentData(Output):
    """A payment that came, or failed."""

    payment: EventPaymentOut
    order: EventOrderTitleOut
    tells: Tells


class EventRefundOut(Output):
    """A refund at that moment."""

    id: RefundId
    order_id: OrderId
    payment_id: PaymentId
    amount: MoneyOut
    status: RefundStatus
    reason: Annotated[str, Field(max_length=500)] | None


class RefundData(Output):
    """A refund that reached its payer, or was refused."""

    refund: EventRefundOut
    refund_id: RefundId
    tells: Tells


class EventQuoteOut(Output):
    """A quote at that moment."""

    id: QuoteId
    status: QuoteStatus
    version: Ordinal
    number: Annotated[str, Field(max_length=20, examples=["PF-2026-000123"])] | None
    current: Annotated[Ordinal | None, Field(description="The newest issued version.")]
    title: Title
    currency: Currency | None
    total: MoneyOut | None
    expires_at: Instant | None
    order_id: OrderId | None
    buyer: EventPersonOut


class QuoteChangedData(_Change):
    """What a quote was asked for by, or changed by."""

    quote: EventQuoteOut
    action: QuoteTransitionName
    from_status: Annotated[QuoteStatus | None, Field(alias="from", description="Null where it was asked for.")]
    to_status: Annotated[QuoteStatus, Field(alias="to")]
    said: QuoteSaid | MISSING = MISSING


class EventOfferOut(Output):
    """An offer at that moment, with what its author wrote as either of the two may read it."""

    id: OfferId
    sort: OfferSort
    status: OfferStatus
    version: Ordinal
    listing_id: ListingId
    title: Annotated[Title, Field(description="What the listing is called.")]
    amount: Annotated[MoneyOut, Field(description="What is offered.")]
    listing_price: MoneyOut
    made_by: OfferSide
    buyer: EventPersonOut
    seller: EventPersonOut
    message: Annotated[str | None, Field(max_length=2000)]
    conversation_id: ConversationId | None
    for_order_id: OrderId | None
    parent_id: OfferId | None
    order_id: Annotated[OrderId | None, Field(description="The order that uses it, or has used it.")]
    expires_at: Instant


class OfferChangedData(_Change):
    """What an offer was made by, or changed by."""

    offer: Annotated[EventOfferOut, Field(description="The offer as it was then.")]
    action: OfferTransitionName
    from_status: Annotated[OfferStatus | None, Field(alias="from", description="Null where it was made.")]
    to_status: Annotated[OfferStatus, Field(alias="to")]
    said: OfferSaid | MISSING = MISSING


class EventMessageOut(Output):
    """A message, masked for all who read it alike."""

    id: MessageId
    number: Annotated[Ordinal, Field(description="Counts the messages of the conversation.")]
    conversation_id: ConversationId
    order_id: OrderId | None
    listing_id: ListingId | None
    title: Title
    author: Annotated[EventPersonOut | None, Field(description="Null for staff.")]
    author_role: Role
    text: Annotated[str, Field(max_length=50_000)]
    masked: Annotated[list[ContactKind], Field(max_length=4)]
    attachments: Annotated[list[FileId], Field(max_length=10, description="The ids of its files.")]
    sent_at: Instant


class MessageData(Output):
    """A message that was sent."""

    message: Annotated[EventMessageOut, Field(description="The message as it was sent, masked.")]
    by: Role
    tells: Tells


class EventCommentOut(Output):
    """A comment, masked for all who read it alike."""

    id: CommentId
    listing_id: ListingId
    parent_id: Annotated[CommentId | None, Field(description="The question that it answers; null for a question.")]
    author: EventPersonOut
    text: Annotated[str, Field(max_length=50_000)]
    masked: Annotated[list[ContactKind], Field(max_length=4)]
    written_at: Instant


class CommentData(Output):
    """A comment that was written."""

    comment: Annotated[EventCommentOut, Field(description="The comment as it was written, masked.")]


class CaseData(Output):
    """A case that staff look at."""

    case_id: CaseId
    kind: CaseKind
    order_id: OrderId | None
