"""What a row changes on the order besides its status: small pure effects over a draft."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from orderhub.domain.cases.models import CaseKind
from orderhub.domain.orders import answers
from orderhub.domain.orders.case_closing import close_step
from orderhub.domain.orders.draft import Draft
from orderhub.kit.errors import invalid_field
from orderhub.kit.ids import new_id, show_id

RELEASES_BY_ITSELF = frozenset({"delivered", "out_for_delivery"})
"""Statuses whose clock releases the money."""


def mark_paid(draft: Draft) -> None:
    """The clocks that count from the payment begin."""
    draft.order.paid_at = draft.now


def save_answers(draft: Draft) -> None:
    """Keep the buyer's answers. Raises InvalidError with a pointer per answer that is wrong."""
    draft.order.answers = answers.checked(draft.order.questions, draft.command["answers"])
    draft.order.instructions_missing = False
    draft.said["answers"] = len(draft.order.answers)


def ask_again(draft: Draft) -> None:
    """The seller says what is missing; the buyer has to answer again."""
    draft.said["message"] = draft.required("message")
    draft.order.instructions_missing = True


def start_work(draft: Draft) -> None:
    """The seller accepts: due in the agreed number of days."""
    draft.order.accepted_at = draft.now
    draft.order.due_at = draft.now + timedelta(days=draft.order.days)


def restart_work(draft: Draft) -> None:
    """A revision was accepted: the original days once more."""
    draft.order.due_at = draft.now + timedelta(days=draft.order.days)


def deliver(draft: Draft) -> None:
    """Something was delivered; a pending cancellation counts as declined by it, and the buyer is told."""
    message: str | None = draft.command.get("message")
    files: list[UUID] = draft.command.get("files") or []
    if not message and not files:
        raise invalid_field("/message", "required", "'deliver' needs a message or at least one file.")
    draft.order.delivered_at = draft.now
    if draft.order.cancellation is not None:
        draft.order.cancellation = None
        draft.order.cancellation_refused = True
        draft.said["cancellation_declined"] = True
    for file in files:
        draft.add("order_files", order_id=draft.order.id, file_id=file)
    draft.said |= {"message": message, "files": [show_id("fil", file) for file in files]}


def use_revision(draft: Draft) -> None:
    """The buyer says what to change; one of the included revisions is used."""
    draft.said["message"] = draft.required("message")
    draft.order.revisions_used += 1


def return_revision(draft: Draft) -> None:
    """A declined revision gives it back."""
    draft.order.revisions_used -= 1


def _open_request(draft: Draft, **more: Any) -> dict[str, Any]:
    request = {"id": str(new_id()), "at": draft.now.isoformat(), "reason": draft.command.get("reason"), **more}
    draft.said |= {key: value for key, value in request.items() if key != "at"}
    return request


def open_cancellation(draft: Draft) -> None:
    """The buyer asks to cancel; the seller answers, or it lapses."""
    draft.order.cancellation = _open_request(draft)


def close_cancellation(draft: Draft) -> None:
    """The request was withdrawn or accepted."""
    draft.order.cancellation = None


def refuse_cancellation(draft: Draft) -> None:
    """Declined or lapsed: from now on the buyer may open a dispute."""
    draft.order.cancellation = None
    draft.order.cancellation_refused = True


def open_extension(draft: Draft) -> None:
    """The seller asks for more days."""
    draft.order.extension = _open_request(draft, days=draft.command["days"])


def grant_extension(draft: Draft) -> None:
    """The due date moves by the days asked for."""
    request, due = draft.order.extension, draft.order.due_at
    assert request is not None  # noqa: S101 - the row's guard
    assert due is not None  # noqa: S101 - work is in progress
    draft.order.due_at = due + timedelta(days=request["days"])
    draft.said["days"] = request["days"]
    draft.order.extension = None


def close_extension(draft: Draft) -> None:
    """Declined or lapsed: the due date stays."""
    draft.order.extension = None


def open_extra(draft: Draft) -> None:
    """An option of the listing is added; it counts once it is paid."""
    option = draft.command["option"]
    extra = {
        "id": str(draft.command["extra_id"]),
        "at": draft.now.isoformat(),
        "title": option["title"],
        "price": option["price"],
        "days": option["days"],
        "option_id": option["id"],
    }
    draft.order.extras = [*draft.order.unpaid_extras(), extra]
    draft.said |= {"extra_id": show_id("ext", UUID(extra["id"])), "price": extra["price"], "days": extra["days"]}


def take_extra(draft: Draft) -> None:
    """A paid extra becomes a line; the total and the due date follow."""
    payment, order = draft.payment, draft.order
    assert payment is not None  # noqa: S101 - only the provider's row takes an extra
    assert payment.extra_id is not None  # noqa: S101 - the row's guard
    extra = next(x for x in order.unpaid_extras() if x["id"] == str(payment.extra_id))
    order.extras = [x for x in order.unpaid_extras() if x is not extra]
    draft.closed_extras.append(payment.extra_id)
    order.lines = [*order.lines, {key: extra[key] for key in ("id", "title", "price", "days")}]
    order.total += extra["price"]
    if order.due_at is not None:
        order.due_at += timedelta(days=extra["days"])


def drop_extra(draft: Draft) -> None:
    """An extra that nobody paid is closed with its payment."""
    wanted = str(draft.request_id)
    draft.order.extras = [x for x in draft.order.unpaid_extras() if x["id"] != wanted]
    draft.closed_extras.append(UUID(wanted))


def dispute(draft: Draft) -> None:
    """Every clock stands still from here: remember where the order was and since when."""
    order = draft.order
    order.disputed_by = draft.by.value
    order.resume_status = draft.before.status
    order.resume_anchor = draft.before.clock_anchor


def freeze(draft: Draft) -> None:
    """The money is frozen, never seized, 150 days after the payment; once."""
    dispute(draft)
    draft.order.frozen_at = draft.now


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


def resume_with_due_date(draft: Draft) -> None:
    """Staff let the work go on until a new due date; an order disputed before it was accepted now begins."""
    due: datetime = draft.required("due_at")
    draft.order.due_at = due
    draft.order.accepted_at = draft.order.accepted_at or draft.now
    draft.order.clock_shift += draft.now - draft.before.status_since
    draft.said["due_at"] = due.isoformat()
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
    """Opens a case, and postpones a running automatic release at most once."""
    open_case(draft, CaseKind.PROBLEM, draft.required("reason"), case_id=draft.command.get("case_id"))
    draft.said["reason"] = draft.command["reason"]
    draft.order.open_cases += 1
    if draft.order.postponed_at is None and draft.order.status in RELEASES_BY_ITSELF:
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


def finish(draft: Draft) -> None:
    """The order is final."""
    draft.order.final_at = draft.now
    end_dispute(draft)
