"""What a row changes on any order besides its status: small pure effects over a change."""

from typing import Any
from uuid import UUID

from orderhub.domain.cases.models import CaseKind
from orderhub.domain.orders.case_closing import close_step
from orderhub.domain.orders.change import OrderChange
from orderhub.domain.transitions.said import says
from orderhub.kit.ids import new_id, show_id


@says("paid", "line_count")
def mark_paid(change: OrderChange) -> None:
    """The clocks that count from the payment begin. What came, and for how many lines, is told as it is now."""
    change.order.paid_at = change.now
    if change.payment is not None:
        change.data["paid"] = {"amount": change.payment.captured, "currency": change.payment.currency}
        change.data["line_count"] = len(change.order.lines)


def open_request(change: OrderChange, **more: Any) -> dict[str, Any]:
    """A request to the other party, kept until it is answered or lapses."""
    request = {"id": str(new_id()), "at": change.now.isoformat(), "reason": change.command.get("reason"), **more}
    change.data |= {key: value for key, value in request.items() if key != "at"}
    return request


@says("id", perhaps=["reason"])
def open_cancellation(change: OrderChange) -> None:
    """The buyer asks to cancel; the seller answers, or it lapses."""
    change.order.cancellation = open_request(change)


def close_cancellation(change: OrderChange) -> None:
    """The request was withdrawn or answered."""
    change.order.cancellation = None


def dispute(change: OrderChange) -> None:
    """Every clock stands still from here: remember where the order was and since when."""
    order = change.order
    order.disputed_by = change.by.value
    order.resume_status = change.before.status
    order.resume_anchor = change.before.clock_anchor


def resume(change: OrderChange) -> None:
    """Back where it was: the clocks go on with what was left of them."""
    order, since = change.order, change.before.status_since
    assert order.resume_anchor is not None  # noqa: S101 - set when the dispute was opened
    stood_still = change.now - since
    if order.postponed_at is not None and order.postponed_at >= order.resume_anchor:
        order.postponed_at += stood_still
    order.clock_anchor = order.resume_anchor + stood_still
    order.clock_shift += stood_still
    if order.due_at is not None:
        order.due_at += stood_still
    end_dispute(change)


def end_dispute(change: OrderChange) -> None:
    """The dispute is over, whichever way."""
    change.order.disputed_by = None
    change.order.resume_status = None
    change.order.resume_anchor = None


@says(perhaps=["reason"])
def say_reason(change: OrderChange) -> None:
    """The reason is kept in the history and told to the other party."""
    change.data["reason"] = change.required("reason")


@says(perhaps=["decision"])
def say_decision(change: OrderChange) -> None:
    """Staff's decision text is kept in the history and told to both."""
    change.data["decision"] = change.required("decision")


@says(perhaps=["reason"])
def report_problem(change: OrderChange) -> None:
    """Opens a case, which lets staff write in the conversation."""
    open_case(change, CaseKind.PROBLEM, change.required("reason"), case_id=change.command.get("case_id"))
    change.data["reason"] = change.command["reason"]
    change.order.open_cases += 1


def postpone(change: OrderChange) -> None:
    """The automatic release waits longer, at most once."""
    if change.order.postponed_at is None:
        change.order.postponed_at = change.now


@says(perhaps=["resolution"])
def close_case(change: OrderChange) -> None:
    """Staff close one of the order's cases with a resolution: the one they name, else the oldest."""
    resolution, case_id = change.required("resolution"), change.command.get("case_id")
    change.data["resolution"] = resolution
    change.order.open_cases -= 1
    change.steps.append(close_step(case_id, by=change.actor_id, resolution=resolution, at=change.now))


def open_case(
    change: OrderChange, kind: CaseKind, reason: str, payment_id: UUID | None = None, *, case_id: UUID | None = None
) -> None:
    """Append a case for staff, with its event."""
    case_id = case_id or new_id()
    change.add(
        "cases",
        id=case_id,
        kind=kind.value,
        order_id=change.order.id,
        payment_id=payment_id,
        opened_by=change.actor_id,
        reason=reason,
        opened_at=change.now,
    )
    data = {"case_id": show_id("cas", case_id), "kind": kind.value, "order_id": show_id("ord", change.order.id)}
    change.event("case.opened", show_id("cas", case_id), 1, data, both=False)


def open_chargeback_case(change: OrderChange) -> None:
    """Staff look at every chargeback."""
    payment = change.payment
    assert payment is not None  # noqa: S101 - only the provider's notification brings this row
    open_case(change, CaseKind.CHARGEBACK, "The payer's bank took the payment back.", payment.payment_id)
    change.order.open_cases += 1
