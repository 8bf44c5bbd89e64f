"""What a row changes on an item's order besides its status: small pure effects over a change."""

import secrets
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from orderhub.domain.orders.change import OrderChange
from orderhub.domain.orders.effects import end_dispute, mark_paid
from orderhub.domain.orders.kinds.item.details import (
    Address,
    DeliveredBy,
    Parcel,
    Return,
    ReturnReason,
    amend,
    amend_return,
    details_of,
)
from orderhub.domain.orders.kinds.item.holding import move_step
from orderhub.domain.process import By
from orderhub.domain.transitions.said import says
from orderhub.kit.errors import invalid_field
from orderhub.kit.text import Label

_CODE_DIGITS: Final = 8


@says("paid", "line_count")
def sell(change: OrderChange) -> None:
    """Paid: the items are sold, every other offer for them is over, and the buyer has a code to be handed them."""
    mark_paid(change)
    drawn = "".join(secrets.choice("0123456789") for _ in range(_CODE_DIGITS))
    amend(change, code=change.command.get("hand_over_code", drawn))
    change.settles = True
    change.steps.append(move_step(change.order, "sold", change.now))


def change_address(change: OrderChange) -> None:
    """It goes elsewhere for the same price. The history says that it changed, the order says where to."""
    amend(change, address=dict(change.required("address")))


@says(perhaps=["carrier", "tracking_number"])
def ship(change: OrderChange) -> None:
    """The parcel is with its carrier; a pending request to cancel is overtaken."""
    amend(change, parcel=_parcel(change))


def _parcel(change: OrderChange) -> Parcel:
    carrier, number = change.required("carrier"), change.required("tracking_number")
    change.data |= {"carrier": carrier, "tracking_number": number}
    return Parcel(carrier, number, change.now)


def hand_over(change: OrderChange) -> None:
    """Whoever has the buyer's code has the item."""
    change.required("code")
    amend(change, delivered_at=change.now, delivered_by=DeliveredBy.HAND_OVER.value)


def deliver(change: OrderChange) -> None:
    """The carrier or the buyer says that it has come."""
    by = DeliveredBy.CARRIER if change.by is By.TRACKING else DeliveredBy.BUYER
    amend(change, delivered_at=change.now, delivered_by=by.value)


def return_delivered(change: OrderChange) -> None:
    """The carrier says that what was sent back has come: from now on the seller looks at it."""
    amend_return(change, delivered_at=change.now)


@says("photo_count", perhaps=["return_reason", "return_paid_by", "message"])
def request_return(change: OrderChange) -> None:
    """The buyer says why, and shows it unless they only changed their mind."""
    reason, photos = ReturnReason(change.required("reason")), tuple(change.command.get("photos") or ())
    if reason is not ReturnReason.CHANGED_MIND and not photos:
        detail = Label("Montrez sur une photo au moins ce qui ne va pas.", "Show on one photo at least what is wrong.")
        raise invalid_field("/photo_ids", "required", detail)
    returned = Return(change.now, reason.value, change.command.get("message"), photos)
    amend(change, returned=returned)
    show_files(change, [photo.id for photo in photos])
    change.data |= {
        "return_reason": reason.value,
        "message": returned.message,
        "photo_count": len(photos),
        "return_paid_by": returned.paid_by,
    }


def show_files(change: OrderChange, ids: Sequence[UUID]) -> None:
    """Both parties and staff see them from now on."""
    for file_id in ids:
        change.add("order_files", order_id=change.order.id, file_id=file_id)


def accept_return(change: OrderChange) -> None:
    """The seller says where it goes."""
    amend_return(change, address=dict(change.required("address")))


def return_to_trader(change: OrderChange) -> None:
    """A trader who says nothing gets it at the address that staff verified."""
    amend_return(change, address=_traders(change))


def _traders(change: OrderChange) -> Address | None:
    address = details_of(change.order).trader_address
    return None if address is None else dict(address)


@says(perhaps=["decision"])
def order_return(change: OrderChange) -> None:
    """Staff rule that it goes back: to where they say, else to where the seller has said, or lives as a trader."""
    change.data["decision"] = change.required("decision")
    before = details_of(change.order).returned or Return(change.now, None)
    said = change.command.get("address")
    address = dict(said) if said else before.address or _traders(change)
    if not address:
        detail = Label(
            "Dites où l’acheteur renvoie l’article : le vendeur n’a pas donné d’adresse.",
            "Say where the buyer sends it back to: the seller has given no address.",
        )
        raise invalid_field("/address", "required", detail)
    amend(change, returned=Return(before.at, before.reason, before.message, before.photos, address))
    end_dispute(change)


@says(perhaps=["carrier", "tracking_number"])
def ship_return(change: OrderChange) -> None:
    """It is on its way back."""
    amend_return(change, parcel=_parcel(change))


@says("photo_count", perhaps=["reason"])
def contest_return(change: OrderChange) -> None:
    """What came back isn't what was sent: the seller shows it, and staff rule."""
    photos = tuple(change.required("photos"))
    reason = change.required("reason")
    amend_return(change, objection=reason, objection_photos=photos)
    show_files(change, [photo.id for photo in photos])
    change.data |= {"reason": reason, "photo_count": len(photos)}


def leave(change: OrderChange) -> None:
    """The items are free again where nobody paid, and come to their seller's hands where the money went back."""
    order = change.order
    if change.before.paid_at is None and order.paid_at is None and order.final_at is not None:
        change.settles = details_of(order).offer_id is not None
        change.steps.append(move_step(order, "active", change.now))
    elif order.final_at is not None and order.status != "completed":
        change.steps.append(move_step(order, "paused", change.now))
