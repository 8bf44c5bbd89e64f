"""What a row changes on a service order besides its status: small pure effects over a draft."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from orderhub.domain.orders.draft import Draft
from orderhub.domain.orders.effects import dispute, end_dispute, open_request
from orderhub.domain.orders.kinds.service import answers
from orderhub.kit.errors import invalid_field
from orderhub.kit.ids import show_id

SHORTEST_NOTICE: Final = timedelta(days=1)
"""No extra brings the due date nearer than this."""


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
        refuse_cancellation(draft)
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


def refuse_cancellation(draft: Draft) -> None:
    """Declined or lapsed: from now on the buyer may open a dispute."""
    draft.order.cancellation = None
    draft.order.cancellation_refused = True


def open_extension(draft: Draft) -> None:
    """The seller asks for more days."""
    draft.order.extension = open_request(draft, days=draft.command["days"])


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
        # An express extra takes days away, but never so many that the order is late before anybody could work on it.
        soonest = min(order.due_at, draft.now + SHORTEST_NOTICE)
        order.due_at = max(order.due_at + timedelta(days=extra["days"]), soonest)


def drop_extra(draft: Draft) -> None:
    """An extra that nobody paid is closed with its payment."""
    wanted = str(draft.request_id)
    draft.order.extras = [x for x in draft.order.unpaid_extras() if x["id"] != wanted]
    draft.closed_extras.append(UUID(wanted))


def freeze(draft: Draft) -> None:
    """The money is frozen, never seized, 150 days after the payment; once."""
    dispute(draft)
    draft.order.frozen_at = draft.now


def resume_with_due_date(draft: Draft) -> None:
    """Staff let the work go on until a new due date; an order disputed before it was accepted now begins."""
    due: datetime = draft.required("due_at")
    draft.order.due_at = due
    draft.order.accepted_at = draft.order.accepted_at or draft.now
    draft.order.clock_shift += draft.now - draft.before.status_since
    draft.said["due_at"] = due.isoformat()
    end_dispute(draft)


def leave(draft: Draft) -> None:
    """Leaving a status closes a pending request for more time, and the unpaid extras with their payments."""
    order, extras = draft.order, draft.order.unpaid_extras()
    draft.overtaken += [request["id"] for request in (order.extension, *extras) if request is not None]
    draft.closed_extras += [UUID(extra["id"]) for extra in extras]
    order.extension, order.extras = None, []
