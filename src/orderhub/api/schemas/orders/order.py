"""Orders at the edge. The domain makes the same shapes as plain documents; a test holds them together."""

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from orderhub.api.schemas.allowances import AllowanceOut
from orderhub.api.schemas.base import (
    ConversationId,
    Count,
    Instant,
    ListingId,
    MoneyOut,
    OrderId,
    Ordinal,
    Output,
    PaymentId,
    RefundId,
    Text,
)
from orderhub.api.schemas.orders.bodies import BODIES, with_members
from orderhub.api.schemas.orders.codes import (
    OrderActionName,
    OrderDeadlineName,
    OrderGuardCode,
    OrderKind,
    OrderStage,
    OrderStatus,
    PartyRole,
)
from orderhub.api.schemas.orders.common import AddedDays, PendingRequestOut
from orderhub.api.schemas.people import PersonOut
from orderhub.api.schemas.photos import PhotoOut
from orderhub.api.schemas.process_codes import Actor, Colour, LedgerReason, RefundStatus
from orderhub.domain.orders.forecast import MAX_STEPS
from orderhub.domain.roles import Role


class OrderLineOut(Output):
    """One thing that was bought: the listing first, then options and paid extras."""

    id: Annotated[
        str,
        Text(60, examples=["lst_01k8z8c8g0f6d9k1v2w3x4y5z6"]),
        Field(description="The id of the listing, of an option or of a paid extra; of a sourced order, of the line."),
    ]
    title: Annotated[str, Text(200)]
    price: Annotated[MoneyOut, Field(description="What it costs; of a sourced order, all pieces before tax.")]
    days: AddedDays


class OrderEscrowOut(Output):
    """What is held, and what was released and refunded so far."""

    held: MoneyOut
    released: MoneyOut
    refunded: MoneyOut


class RunningClock(Output):
    """A clock that runs: when it fires, and who is waited for."""

    at: Instant
    waits_for: Annotated[list[Actor], Field(max_length=3)]


class OrderDeadlineOut(RunningClock):
    """A clock of an order: what it will do, when, and who is waited for."""

    action: OrderDeadlineName


class AnyPendingOut(Output):
    """Everything that waits for an answer or a payment."""

    cancellation: PendingRequestOut | None


if TYPE_CHECKING:
    PendingOut = AnyPendingOut
else:
    PendingOut = with_members("PendingOut", AnyPendingOut, (kind.pending for kind in BODIES.values()))


class NotYet(Output):
    """Why something isn't possible yet."""

    reason: Annotated[str, Text(300), Field(description="A sentence for the reader: what it waits for.")]


class OrderNotYetOut(NotYet):
    """An action on an order that isn't possible yet, and why."""

    action: OrderActionName
    code: OrderGuardCode


class _OrderHead(Output):
    id: OrderId
    kind: OrderKind
    version: Ordinal
    status: OrderStatus
    label: Annotated[str, Text(80, examples=["En cours"])]
    colour: Colour
    stage: OrderStage
    stage_label: Annotated[str, Text(80, examples=["En cours"])]
    disputed: bool
    late: bool
    title: Annotated[str, Text(200)]
    photo: Annotated[PhotoOut | None, Field(description="Of what was ordered, as it was on show; null without one.")]
    conversation_id: ConversationId


class OrderSummaryOut(_OrderHead):
    """One row of a list of orders. ``amount`` is what a buyer pays, or what a seller nets."""

    role: PartyRole
    other_party: PersonOut
    amount: Annotated[
        MoneyOut, Field(description="What the buyer pays for a buyer, what the seller nets for a seller.")
    ]
    unread: Count
    next_deadline: Instant | None
    due_at: Instant | None
    placed_at: Instant


class AnyOrderOut(_OrderHead):
    """An order for its reader. A seller sees ``net``, a buyer ``total``, staff both."""

    role: Role
    buyer: PersonOut
    seller: PersonOut
    listing_id: ListingId | None
    category: Annotated[str, Text(60), Field(description="The category of the listing when it was ordered.")]
    lines: Annotated[list[OrderLineOut], Field(max_length=100)]
    total: Annotated[MoneyOut | None, Field(description="What the buyer pays, with taxes; null for a seller.")]
    net: MoneyOut | None
    escrow: Annotated[OrderEscrowOut, Field(description="The money of the order: held, released and refunded so far.")]
    placed_at: Instant
    paid_at: Instant | None
    due_at: Instant | None
    final_at: Instant | None
    status_since: Instant
    deadlines: Annotated[list[OrderDeadlineOut], Field(max_length=100)]
    pending: PendingOut
    available_actions: Annotated[list[OrderActionName], Field(max_length=60)]
    not_yet: Annotated[list[OrderNotYetOut], Field(max_length=60)]
    can_review: Annotated[
        AllowanceOut, Field(description="Whether the reader may review the other party, and why not.")
    ]
    can_write: Annotated[
        AllowanceOut, Field(description="Whether the reader may write in the order's conversation, and why not.")
    ]
    can_report: Annotated[
        AllowanceOut,
        Field(description="Whether the reader may report a problem to staff (`report_problem`), and why not."),
    ]


if TYPE_CHECKING:
    OrderOut = AnyOrderOut
else:
    OrderOut = with_members("OrderOut", AnyOrderOut, (kind.members for kind in BODIES.values()))


class ForecastStepOut(Output):
    """One row that a clock will take, with the status and the money after it."""

    at: Instant
    action: OrderDeadlineName
    status: OrderStatus
    label: Annotated[str, Text(80, examples=["Terminée"])]
    colour: Colour
    stage: OrderStage
    stage_label: Annotated[str, Text(80, examples=["Terminée"])]
    escrow: OrderEscrowOut


class OrderForecastOut(Output):
    """What clocks and money will do if nobody acts, the earliest first; empty where the order waits for staff."""

    data: Annotated[list[ForecastStepOut], Field(max_length=MAX_STEPS)]


class OrderCountOut(Output):
    """How many orders one has in a status, as buyer or as seller."""

    role: PartyRole
    kind: OrderKind
    status: OrderStatus
    label: Annotated[str, Text(80, examples=["En cours"])]
    colour: Colour
    stage: OrderStage
    stage_label: Annotated[str, Text(80, examples=["En cours"])]
    count: Annotated[Count, Field(description="Orders in this status.")]
    disputed: Annotated[Count, Field(description="Further orders, in dispute, that left this status.")]
    waits_for_me: Annotated[Count, Field(description="Those of `count` that wait for one's own action.")]


class OrderCountsOut(Output):
    """Counts for tabs and badges."""

    data: Annotated[list[OrderCountOut], Field(max_length=200)]


class PostingOut(Output):
    """One movement of money; accounts are named as the ledger names them."""

    source: Annotated[str, Text(80)]
    target: Annotated[str, Text(80)]
    amount: MoneyOut
    reason: Annotated[LedgerReason, Field(description="What moved the money.")]
    at: Instant


class RefundOut(Output):
    """Money on its way back to the payment that was used."""

    id: RefundId
    order_id: OrderId
    payment_id: PaymentId
    amount: MoneyOut
    status: RefundStatus
    label: Annotated[str, Text(80)]
    failure: Annotated[str, Text(500)] | None
    created_at: Instant
    settled_at: Instant | None


class EscrowOut(OrderEscrowOut):
    """An order's money with every posting and refund."""

    postings: Annotated[list[PostingOut], Field(max_length=5000)]
    refunds: Annotated[list[RefundOut], Field(max_length=500)]
