"""Orders at the edge. The domain makes the same shapes as plain documents; a test holds them together."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, create_model

from orderhub.api.schemas.allowances import AllowanceOut
from orderhub.api.schemas.base import (
    ConversationId,
    FileId,
    Instant,
    ListingId,
    MoneyOut,
    OrderId,
    Output,
    PaymentId,
    RefundId,
    Text,
)
from orderhub.api.schemas.orders.bodies import BODIES
from orderhub.api.schemas.orders.common import PendingRequestOut
from orderhub.api.schemas.people import PersonOut
from orderhub.domain.orders.forecast import MAX_STEPS
from orderhub.domain.transitions.models import History


class OrderLineOut(Output):
    """One thing that was bought: the listing first, then options and paid extras."""

    id: Annotated[str, Text(60, examples=["lst_01k8z8c8g0f6d9k1v2w3x4y5z6"])]
    title: Annotated[str, Text(200)]
    price: MoneyOut
    days: int


class OrderEscrowOut(Output):
    """What is held, and what was released and refunded so far."""

    held: MoneyOut
    released: MoneyOut
    refunded: MoneyOut


class DeadlineOut(Output):
    """A clock that runs: what it will do, when, and who is waited for."""

    action: Annotated[str, Text(60)]
    at: Instant
    waits_for: Annotated[list[Annotated[str, Text(20)]], Field(max_length=3)]


class AnyPendingOut(Output):
    """Everything that waits for an answer or a payment."""

    cancellation: PendingRequestOut | None


def _with_members(name: str, of_any: type[Output], of_kinds: Iterable[type[Output] | None]) -> Any:
    """What is shown of any order, followed by the members that each kind adds."""
    added = [members for members in of_kinds if members is not None]
    return create_model(name, __base__=(*reversed(added), of_any), __doc__=of_any.__doc__, __module__=__name__)


if TYPE_CHECKING:
    PendingOut = AnyPendingOut
else:
    PendingOut = _with_members("PendingOut", AnyPendingOut, (kind.pending for kind in BODIES.values()))


class NotYetOut(Output):
    """An action that isn't possible yet, and why."""

    action: Annotated[str, Text(60)]
    code: Annotated[str, Text(60)]
    reason: Annotated[str, Text(300)]


class _OrderHead(Output):
    id: OrderId
    kind: Annotated[str, Text(20, examples=["service"])]
    version: int
    status: Annotated[str, Text(40, examples=["in_progress"])]
    label: Annotated[str, Text(80, examples=["En cours"])]
    colour: Annotated[str, Text(20, examples=["blue"])]
    stage: Annotated[str, Text(40, examples=["in_progress"])]
    stage_label: Annotated[str, Text(80, examples=["En cours"])]
    disputed: bool
    late: bool
    title: Annotated[str, Text(200)]
    photo: FileId | None
    conversation_id: ConversationId


class OrderSummaryOut(_OrderHead):
    """One row of a list of orders. ``amount`` is what a buyer pays, or what a seller nets."""

    role: Literal["buyer", "seller"]
    other_party: PersonOut
    amount: MoneyOut
    unread: int
    next_deadline: Instant | None
    due_at: Instant | None
    placed_at: Instant


class AnyOrderOut(_OrderHead):
    """An order for its reader. A seller sees ``net``, a buyer ``total``, staff both."""

    role: Literal["buyer", "seller", "staff"]
    buyer: PersonOut
    seller: PersonOut
    listing_id: ListingId | None
    category: Annotated[str, Text(60)]
    lines: Annotated[list[OrderLineOut], Field(max_length=100)]
    total: MoneyOut | None
    net: MoneyOut | None
    escrow: OrderEscrowOut
    placed_at: Instant
    paid_at: Instant | None
    due_at: Instant | None
    final_at: Instant | None
    status_since: Instant
    deadlines: Annotated[list[DeadlineOut], Field(max_length=100)]
    pending: PendingOut
    available_actions: Annotated[list[Annotated[str, Text(60)]], Field(max_length=60)]
    not_yet: Annotated[list[NotYetOut], Field(max_length=60)]
    can_review: Annotated[AllowanceOut, Field(description="The other party, of an order that is completed.")]
    can_write: Annotated[AllowanceOut, Field(description="In the order's conversation.")]
    can_report: Annotated[AllowanceOut, Field(description="A problem to staff: the action `report_problem`.")]


if TYPE_CHECKING:
    OrderOut = AnyOrderOut
else:
    OrderOut = _with_members("OrderOut", AnyOrderOut, (kind.members for kind in BODIES.values()))


class ForecastStepOut(Output):
    """One row that a clock will take, with the status and the money after it."""

    at: Instant
    action: Annotated[str, Text(60, examples=["auto_approve"])]
    status: Annotated[str, Text(40, examples=["completed"])]
    label: Annotated[str, Text(80, examples=["Terminée"])]
    colour: Annotated[str, Text(20, examples=["green"])]
    stage: Annotated[str, Text(40, examples=["completed"])]
    stage_label: Annotated[str, Text(80, examples=["Terminée"])]
    escrow: OrderEscrowOut


class OrderForecastOut(Output):
    """What clocks and money will do if nobody acts, the earliest first; empty where the order waits for staff."""

    data: Annotated[list[ForecastStepOut], Field(max_length=MAX_STEPS)]


class OrderCountOut(Output):
    """How many orders one has in a stage, as buyer or as seller."""

    role: Literal["buyer", "seller"]
    kind: Annotated[str, Text(20)]
    stage: Annotated[str, Text(40)]
    stage_label: Annotated[str, Text(80)]
    orders: int


class OrderCountsOut(Output):
    """Counts for tabs and badges."""

    data: Annotated[list[OrderCountOut], Field(max_length=200)]


class HistoryOut(Output):
    """One thing that happened to an order; ``from`` null placed it."""

    model_config = ConfigDict(populate_by_name=True)

    version: int
    action: Annotated[str, Text(60)]
    from_status: Annotated[Annotated[str, Text(40)] | None, Field(alias="from")]
    to_status: Annotated[str, Text(40), Field(alias="to")]
    by: Annotated[str, Text(20)]
    at: Instant
    said: dict[str, Any]

    @classmethod
    def of(cls, row: History, said: dict[str, Any]) -> Self:
        """The public form of a row of the history; ``said`` is what its reader may see of it."""
        return cls(
            version=row.version,
            action=row.action,
            from_status=row.from_status or None,
            to_status=row.to_status,
            by=row.by,
            at=row.at,
            said=said,
        )


class HistoryPageOut(Output):
    """The history, newest first."""

    data: Annotated[list[HistoryOut], Field(max_length=100)]
    next_cursor: Annotated[str, Field(max_length=200)] | None

    @classmethod
    def of(cls, rows: Sequence[History], limit: int, said: Callable[[History], dict[str, Any]]) -> Self:
        """A page from rows that were read with one more than ``limit``; ``said`` is what its reader may see."""
        shown = [HistoryOut.of(row, said(row)) for row in rows[:limit]]
        return cls(data=shown, next_cursor=str(rows[limit - 1].version) if len(rows) > limit else None)


class PostingOut(Output):
    """One movement of money; accounts are named as the ledger names them."""

    source: Annotated[str, Text(80)]
    target: Annotated[str, Text(80)]
    amount: MoneyOut
    reason: Annotated[str, Text(60)]
    at: Instant


class RefundOut(Output):
    """Money on its way back to the payment that was used."""

    id: RefundId
    order_id: OrderId
    payment_id: PaymentId
    amount: MoneyOut
    status: Annotated[str, Text(20)]
    label: Annotated[str, Text(80)]
    failure: Annotated[str, Text(500)] | None
    created_at: Instant
    settled_at: Instant | None


class EscrowOut(OrderEscrowOut):
    """An order's money with every posting and refund."""

    postings: Annotated[list[PostingOut], Field(max_length=5000)]
    refunds: Annotated[list[RefundOut], Field(max_length=500)]
