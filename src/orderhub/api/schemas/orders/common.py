"""What may be asked of an order of any kind: one body per action, told apart by ``action``."""

from typing import Annotated, Any, Literal

from orderhub.api.schemas.base import Instant, MoneyAboveZero, Note, Omittable, Output, Text
from orderhub.api.schemas.orders.action import OrderActionBody

Reason = Annotated[str, Text(1000, lines=True, examples=["Le client a changé d’avis sur le format."])]


class PendingRequestOut(Output):
    """A request that waits for its answer."""

    asked_at: Instant
    reason: Annotated[str, Text(2000, lines=True)] | None
    days: int | None = None


class SimpleOrderAction(OrderActionBody):
    """An action that needs nothing more."""

    action: Literal["withdraw_cancellation", "accept_cancellation", "approve", "withdraw_dispute"]


class CancelOrder(OrderActionBody):
    """Cancel the order; a seller gives a reason."""

    action: Literal["cancel"]
    reason: Omittable[Reason] = None


class RequestCancellation(OrderActionBody):
    """Ask the seller to cancel by agreement."""

    action: Literal["request_cancellation"]
    reason: Omittable[Reason] = None


class ReasonedOrderAction(OrderActionBody):
    """An action that says why."""

    action: Literal["decline_cancellation", "open_dispute", "report_problem"]
    reason: Reason


class RuleDispute(OrderActionBody):
    """Staff decide a dispute, one way."""

    action: Literal["rule_refund", "rule_release"]
    decision: Note


class SplitDispute(OrderActionBody):
    """Staff decide a dispute: refund ``amount``, release the rest."""

    action: Literal["rule_split"]
    decision: Note
    amount: MoneyAboveZero


class ResumeOrder(OrderActionBody):
    """Staff let the order go on: a service until a new due date, a sourced order where it was."""

    action: Literal["resume"]
    due_at: Omittable[Instant] = None

    def command(self) -> dict[str, Any]:
        """The due date as an instant."""
        return {"due_at": self.due_at}


class CloseCase(OrderActionBody):
    """Support close a reported problem."""

    action: Literal["close_case"]
    resolution: Note


COMMON_ACTIONS = (
    SimpleOrderAction
    | CancelOrder
    | RequestCancellation
    | ReasonedOrderAction
    | RuleDispute
    | SplitDispute
    | ResumeOrder
    | CloseCase
)
