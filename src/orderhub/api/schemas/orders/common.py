"""What may be asked of an order of any kind: one body per action, told apart by ``action``."""

from typing import Annotated, Any, Final, Literal

from pydantic import Field

from orderhub.api.schemas.base import Instant, MoneyAboveZero, Note, Omittable, Output, Text
from orderhub.api.schemas.orders.action import OrderActionBody, Preparation, Reason, ReasonedAction
from orderhub.domain.orders.code_tries import count_try

MOST_DAYS: Final = 36_500
"""What the days of an order's lines and extensions can come to: a hundred years."""
Carrier = Annotated[str, Text(40, examples=["chronopost"])]
TrackingNumber = Annotated[str, Text(60, examples=["XY123456789FR"])]
AddedDays = Annotated[
    int,
    Field(
        ge=-MOST_DAYS, le=MOST_DAYS, description="Calendar days that it adds to the work; below zero, it saves some."
    ),
]


class PendingRequestOut(Output):
    """A request that waits for its answer."""

    asked_at: Instant
    reason: Annotated[str, Text(2000, lines=True)] | None
    days: Annotated[
        int | None,
        Field(ge=1, le=MOST_DAYS, description="How many calendar days are asked for; null for a request to cancel."),
    ] = None


class ApproveOrder(OrderActionBody):
    """The buyer is content: the money is released to the seller."""

    action: Literal["approve"]


class CancelOrder(OrderActionBody):
    """Cancel the order; a seller gives a reason."""

    action: Literal["cancel"]
    reason: Omittable[Reason] = None


class RequestCancellation(OrderActionBody):
    """Ask the seller to cancel by agreement."""

    action: Literal["request_cancellation"]
    reason: Omittable[Reason] = None


class WithdrawCancellation(OrderActionBody):
    """The buyer no longer asks to cancel."""

    action: Literal["withdraw_cancellation"]


class AcceptCancellation(OrderActionBody):
    """Whoever sells agrees to cancel: the buyer is refunded."""

    action: Literal["accept_cancellation"]


class DeclineCancellation(ReasonedAction):
    """Whoever sells does not agree to cancel."""

    action: Literal["decline_cancellation"]


class OpenDispute(ReasonedAction):
    """Have staff rule: the money is frozen until they do."""

    action: Literal["open_dispute"]


class WithdrawDispute(OrderActionBody):
    """Whoever opened the dispute ends it: the order goes on where it was."""

    action: Literal["withdraw_dispute"]


class ReportProblem(ReasonedAction):
    """Ask support for help; the order goes on."""

    action: Literal["report_problem"]


class Ruling(OrderActionBody):
    """What rulings on a dispute share."""

    decision: Note


class RuleRefund(Ruling):
    """Staff decide a dispute for the buyer, who is refunded."""

    action: Literal["rule_refund"]


class RuleRelease(Ruling):
    """Staff decide a dispute for the seller, who is paid."""

    action: Literal["rule_release"]


class RuleSplit(Ruling):
    """Staff decide a dispute: refund ``amount``, release the rest."""

    action: Literal["rule_split"]
    amount: Annotated[MoneyAboveZero, Field(description="What the buyer gets back; the seller gets the rest.")]


class ResumeOrder(OrderActionBody):
    """Staff let the order go on: a service until a new due date, a sourced order where it was."""

    action: Literal["resume"]
    due_at: Omittable[Instant] = None

    def command(self) -> dict[str, Any]:
        """The due date as an instant."""
        return {"due_at": self.due_at}


class HandOverOrder(OrderActionBody):
    """What was ordered is handed over to whoever has the buyer's code; it can be tried a few times."""

    action: Literal["hand_over"]
    code: Annotated[str, Text(20, examples=["04815162"]), Field(description="The buyer’s code, as they say it.")]

    def looks_up(self) -> bool:
        """How often it was tried."""
        return True

    async def prepare(self, preparation: Preparation) -> dict[str, Any]:
        """One more try, which stays counted whether the code is right or not. Raises LimitReachedError."""
        async with preparation.database.session() as session:
            await count_try(session, preparation.order_id, preparation.caller)
        return self.command()


class CloseCase(OrderActionBody):
    """Support close a reported problem."""

    action: Literal["close_case"]
    resolution: Note


COMMON_ACTIONS: Final[tuple[type[OrderActionBody], ...]] = (
    ApproveOrder,
    CancelOrder,
    RequestCancellation,
    WithdrawCancellation,
    AcceptCancellation,
    DeclineCancellation,
    OpenDispute,
    WithdrawDispute,
    ReportProblem,
    RuleRefund,
    RuleRelease,
    RuleSplit,
    ResumeOrder,
    HandOverOrder,
    CloseCase,
)
