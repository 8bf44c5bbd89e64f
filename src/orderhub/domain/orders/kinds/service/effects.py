"""What a row changes on a service order besides its status: small pure effects over a change."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from orderhub.domain.orders.change import OrderChange, Said
from orderhub.domain.orders.effects import dispute, end_dispute, open_request
from orderhub.domain.orders.kinds.service import answers
from orderhub.domain.orders.kinds.service.details import (
    MOST_DELIVERIES,
    DeliveredFile,
    Delivery,
    Extension,
    Extra,
    amend,
    details_of,
)
from orderhub.domain.orders.kinds.service.guards import SHORTEST_NOTICE
from orderhub.domain.orders.kinds.service.offers import touches_offers
from orderhub.domain.transitions.said import says
from orderhub.kit.errors import invalid_field
from orderhub.kit.ids import show_id
from orderhub.kit.text import Label


@says("answers")
def save_answers(change: OrderChange) -> None:
    """Keep the buyer's answers. Raises InvalidError with a pointer per answer that is wrong."""
    kept = answers.checked(details_of(change.order).questions, change.command["answers"])
    amend(change, answers=tuple(kept), instructions_missing=False)
    change.data["answers"] = len(kept)


@says(perhaps=["message"])
def ask_again(change: OrderChange) -> None:
    """The seller says what is missing; the buyer has to answer again."""
    change.data["message"] = change.required("message")
    amend(change, instructions_missing=True)


def start_work(change: OrderChange) -> None:
    """The seller accepts: due in the agreed number of days."""
    amend(change, accepted_at=change.now)
    restart_work(change)


def restart_work(change: OrderChange) -> None:
    """The agreed number of days begins; once more where a revision was accepted."""
    change.order.due_at = change.now + timedelta(days=details_of(change.order).days)


@says("files", perhaps=["message", "cancellation_declined"])
def deliver(change: OrderChange) -> None:
    """Something was delivered; a pending cancellation counts as declined by it, and the buyer is told."""
    message: str | None = change.command.get("message")
    files: list[UUID] = change.command.get("files") or []
    if not message and not files:
        raise invalid_field(
            "/message",
            "required",
            Label(
                "« deliver » a besoin d’un message ou d’un fichier au moins.",
                "'deliver' needs a message or at least one file.",
            ),
        )
    _keep_delivery(change, message, tuple(change.command.get("delivered", ())))
    change.says = Said(message or "", files)
    if change.order.cancellation is not None:
        refuse_cancellation(change)
        change.data["cancellation_declined"] = True
    for file in files:
        change.add("order_files", order_id=change.order.id, file_id=file)
    change.data |= {"message": message, "files": [show_id("fil", file) for file in files]}


def _keep_delivery(change: OrderChange, message: str | None, files: tuple[DeliveredFile, ...]) -> None:
    before = details_of(change.order).deliveries
    number = before[-1].number + 1 if before else 1
    kept = (*before, Delivery(number, change.now, message, files))[-MOST_DELIVERIES:]
    amend(change, delivered_at=change.now, deliveries=kept)


@says(perhaps=["message"])
def use_revision(change: OrderChange) -> None:
    """The buyer says what to change; one of the included revisions is used."""
    change.data["message"] = change.required("message")
    amend(change, revisions_used=details_of(change.order).revisions_used + 1)


def return_revision(change: OrderChange) -> None:
    """A declined revision gives it back."""
    amend(change, revisions_used=details_of(change.order).revisions_used - 1)


def refuse_cancellation(change: OrderChange) -> None:
    """Declined or lapsed: from now on the buyer may open a dispute."""
    change.order.cancellation = None
    amend(change, cancellation_refused=True)


@says("id", "days", perhaps=["reason"])
def open_extension(change: OrderChange) -> None:
    """The seller asks for more days."""
    asked = open_request(change, days=change.command["days"])
    amend(change, extension=msgspec.convert(asked, Extension))


@says("days")
def grant_extension(change: OrderChange) -> None:
    """The due date moves by the days asked for."""
    request, due = details_of(change.order).extension, change.order.due_at
    assert request is not None  # noqa: S101 - the row's guard
    assert due is not None  # noqa: S101 - work is in progress
    change.order.due_at = due + timedelta(days=request.days)
    change.data["days"] = request.days
    amend(change, extension=None)


def close_extension(change: OrderChange) -> None:
    """Declined or lapsed: the due date stays."""
    amend(change, extension=None)


@says("extra_id", "price", "days")
def open_extra(change: OrderChange) -> None:
    """An option of the listing, or what the seller offered for this order, is added; it counts once it is paid."""
    option = change.command["option"]
    extra = Extra(
        change.command["extra_id"],
        change.now,
        option["title"],
        option["price"],
        option["days"],
        option["id"],
        change.command.get("offer_id"),
    )
    amend(change, extras=(*details_of(change.order).extras, extra))
    change.settles = change.settles or touches_offers(change)
    change.data |= {"extra_id": show_id("ext", extra.id), "price": extra.price, "days": extra.days}


def take_extra(change: OrderChange) -> None:
    """A paid extra becomes a line; the total and the due date follow."""
    payment, order = change.payment, change.order
    assert payment is not None  # noqa: S101 - only the provider's row takes an extra
    assert payment.extra_id is not None  # noqa: S101 - the row's guard
    extra = next(each for each in details_of(order).extras if each.id == payment.extra_id)
    _close(change, extra.id)
    line = {"id": show_id("ext", extra.id), "title": extra.title, "price": extra.price, "days": extra.days}
    order.lines = [*order.lines, line]
    order.total += extra.price
    if order.due_at is not None:
        # An express extra takes days away, but never so many that the order is late before anybody could work on it.
        soonest = min(order.due_at, change.now + SHORTEST_NOTICE)
        order.due_at = max(order.due_at + timedelta(days=extra.days), soonest)


def drop_extra(change: OrderChange) -> None:
    """An extra that nobody paid is closed with its payment."""
    assert change.request_id is not None  # noqa: S101 - the extra whose clock fired
    _close(change, change.request_id)


def _close(change: OrderChange, extra_id: UUID) -> None:
    amend(change, extras=tuple(extra for extra in details_of(change.order).extras if extra.id != extra_id))
    change.closed_extras.append(extra_id)
    change.settles = change.settles or touches_offers(change)


def freeze(change: OrderChange) -> None:
    """The money is frozen, never seized, 150 days after the payment; once."""
    dispute(change)
    amend(change, frozen_at=change.now)


@says("due_at")
def resume_with_due_date(change: OrderChange) -> None:
    """Staff let the work go on until a new due date; an order disputed before it was accepted now begins."""
    due: datetime = change.required("due_at")
    change.order.due_at = due
    amend(change, accepted_at=details_of(change.order).accepted_at or change.now)
    change.order.clock_shift += change.now - change.before.status_since
    change.data["due_at"] = due.isoformat()
    end_dispute(change)


def leave(change: OrderChange) -> None:
    """Leaving a status closes a pending request for more time, and the unpaid extras with their payments."""
    details = details_of(change.order)
    change.closed_requests += [
        str(request.id) for request in (details.extension, *details.extras) if request is not None
    ]
    change.closed_extras += [extra.id for extra in details.extras]
    amend(change, extension=None, extras=())
    change.settles = change.settles or touches_offers(change)
