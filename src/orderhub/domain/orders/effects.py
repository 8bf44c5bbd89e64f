"""What a row changes on any order besides its status: small pure effects over a draft."""

from typing import Any
from uuid import UUID

from orderhub.domain.cases.models import CaseKind
from orderhub.domain.orders.case_closing import close_step
from orderhub.domain.orders.draft import Draft
from orderhub.kit.ids import new_id, show_id


def mark_paid(draft: Draft) -> None:
    """The clocks that count from the payment begin. What came, and for how many lines, is told as it is now."""
    draft.order.paid_at = draft.now
    if draft.payment is not None:
        draft.said["paid"] = {"amount": draft.payment.captured, "currency": draft.payment.currency}
        draft.said["line_count"] = len(draft.order.lines)


def open_request(draft: Draft, **more: Any) -> dict[str, Any]:
    """A request to the other party, kept until it is answered or lapses."""
    request = {"id": str(new_id()), "at": draft.now.isoformat(), "reason": draft.command.get("reason"), **more}
    draft.said |= {key: value for key, value in request.items() if key != "at"}
    return request


def open_cancellation(draft: Draft) -> None:
    """The buyer asks to cancel; the seller answers, or it lapses."""
    draft.order.cancellation = open_request(draft)


def close_cancellation(draft: Draft) -> None:
    """The request was withdrawn or answered."""
    draft.order.cancellation = None


def dispute(draft: Draft) -> None:
    """Every clock stands still from here: remember where the order was and since when."""
    order = draft.order
    order.disputed_by = draft.by.value
    order.resume_status = draft.before.status
    order.resume_anchor = draft.before.clock_anchor


def resume(draft: Draft) -> None:
    """Back where it was: the clocks go on with what was left of them."""
    order, since = draft.order, draft.before.status_since
    assert order.resume_anchor is not None  # noqa: S101 - set when the dispute was opened
    stood_still = draft.now - since
    if order.postponed_at is not None and order.postponed_at >= order.resume_anchor:
        order.postponed_at += stood_still
    order.clock_anchor = order.resume_anchor + stood_still
    order.clock_shift += stood_still
    if order.due_at is not None:
        order.due_at += stood_still
    end_dispute(draft)


def end_dispute(draft: Draft) -> None:
    """The dispute is over, whichever way."""
    draft.order.disputed_by = None
    draft.order.resume_status = None
    draft.order.resume_anchor = None


def say_reason(draft: Draft) -> None:
    """The reason is kept in the history and told to the other party."""
    draft.said["reason"] = draft.required("reason")


def say_decision(draft: Draft) -> None:
    """Staff's decision text is kept in the history and told to both."""
    draft.said["decision"] = draft.required("decision")


def report_problem(draft: Draft) -> None:
    """Opens a case, which lets staff write in the conversation."""
    open_case(draft, CaseKind.PROBLEM, draft.required("reason"), case_id=draft.command.get("case_id"))
    draft.said["reason"] = draft.command["reason"]
    draft.order.open_cases += 1


def postpone(draft: Draft) -> None:
    """The automatic release waits longer, at most once."""
    if draft.order.postponed_at is None:
        draft.order.postponed_at = draft.now


def close_case(draft: Draft) -> None:
    """Staff close one of the order's cases with a resolution: the one they name, else the oldest."""
    resolution, case_id = draft.required("resolution"), draft.command.get("case_id")
    draft.said["resolution"] = resolution
    draft.order.open_cases -= 1
    draft.steps.append(close_step(case_id, by=draft.actor_id, resolution=resolution, at=draft.now))


def open_case(
    draft: Draft, kind: CaseKind, reason: str, payment_id: UUID | None = None, *, case_id: UUID | None = None
) -> None:
    """Append a case for staff, with its event."""
    case_id = case_id or new_id()
    draft.add(
        "cases",
        id=case_id,
        kind=kind.value,
        order_id=draft.order.id,
        payment_id=payment_id,
        opened_by=draft.actor_id,
        reason=reason,
        opened_at=draft.now,
    )
    data = {"case_id": show_id("cas", case_id), "kind": kind.value, "order_id": show_id("ord", draft.order.id)}
    draft.event("case.opened", show_id("cas", case_id), 1, data, both=False)


def open_chargeback_case(draft: Draft) -> None:
    """Staff look at every chargeback."""
    payment = draft.payment
    assert payment is not None  # noqa: S101 - only the provider's notification brings this row
    open_case(draft, CaseKind.CHARGEBACK, "The payer's bank took the payment back.", payment.payment_id)
    draft.order.open_cases += 1
