"""What a reader sees of an item's order alone: the items, where they go, the parcel, the way back. Plain dictionaries.

The code for a hand-over is its buyer's alone. Where the buyer lives the seller reads once it is paid.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from orderhub.domain.contact_details.disclosure import Disclosure
from orderhub.domain.files.links import GivenLinks
from orderhub.domain.orders import shown
from orderhub.domain.orders.kinds.item.details import (
    Address,
    BoughtItem,
    ItemDetails,
    Parcel,
    Photo,
    Return,
    details_of,
)
from orderhub.domain.orders.kinds.kind import Document, Readers
from orderhub.domain.orders.money import sellers_part
from orderhub.domain.orders.state import OrderState
from orderhub.kit.clock import show_instant
from orderhub.kit.ids import show_id
from orderhub.kit.text import Label

ABSENT: Final[Document] = {"item": None}


_ADDED: Final[Mapping[str, Label]] = {
    "shipping": Label("Envoi", "Shipping"),
    "protection": Label("Protection de l’acheteur", "Buyer protection"),
}


def line(line: Mapping[str, Any]) -> Mapping[str, Any]:
    """An item as it was called, or what is added to the items, as the hub calls it."""
    added = _ADDED.get(line["id"])
    return line if added is None else {**line, "title": added}


def figures(order: OrderState) -> Document:
    """What orders of services have as well, under the same names."""
    details = details_of(order)
    return {"offer_id": _offer_id(details), "delivered_at": shown.instant(details.delivered_at)}


def of_both(order: OrderState, readers: Readers) -> Document:
    """All of it under one name."""
    details, buyers = details_of(order), readers.buyers
    sees_address = readers.role != "seller" or order.paid_at is not None
    return {
        "item": {
            "items": [_item(item, order.currency, readers.sellers) for item in details.items],
            "price": shown.money(sellers_part(order) - order.shipping, order.currency),
            "shipping": shown.money(order.shipping, order.currency),
            "protection": shown.money(order.fee, order.currency),
            "offer_id": _offer_id(details),
            "seller_is_trader": details.trader,
            "address": _address(details.address, buyers) if sees_address else None,
            "hand_over_code": details.code if readers.role == "buyer" else None,
            "parcel": _parcel(details.parcel),
            "delivered_at": shown.instant(details.delivered_at),
            "delivered_by": details.delivered_by,
            "return": None if details.returned is None else _return(details.returned, readers),
        }
    }


def _offer_id(details: ItemDetails) -> str | None:
    return None if details.offer_id is None else show_id("off", details.offer_id)


def _item(item: BoughtItem, currency: str, words: Disclosure) -> Document:
    return {
        "listing_id": show_id("lst", item.listing_id),
        "title": words.text(item.title),
        "price": shown.money(item.price, currency),
        "condition": item.condition,
        "size": item.size and words.text(item.size),
        "brand": item.brand and words.text(item.brand),
        "colour": item.colour and words.text(item.colour),
    }


def _address(address: Address | None, words: Disclosure) -> Document | None:
    return words.document(address) if address else None


def _parcel(parcel: Parcel | None) -> Document | None:
    if parcel is None:
        return None
    return {
        "carrier": parcel.carrier,
        "tracking_number": parcel.tracking_number,
        "sent_at": show_instant(parcel.sent_at),
    }


def _return(back: Return, readers: Readers) -> Document:
    return {
        "asked_at": show_instant(back.at),
        "reason": back.reason,
        "message": back.message and readers.buyers.text(back.message),
        "evidence": _photos(back.photos, readers.buyers, readers.links),
        "return_paid_by": back.paid_by,
        "address": _address(back.address, readers.sellers),
        "parcel": _parcel(back.parcel),
        "delivered_at": shown.instant(back.delivered_at),
        "objection": back.objection and readers.sellers.text(back.objection),
        "objection_evidence": _photos(back.objection_photos, readers.sellers, readers.links),
    }


def _photos(photos: Sequence[Photo], words: Disclosure, links: GivenLinks) -> list[Document]:
    return [_photo(photo, words, links) for photo in photos]


def _photo(photo: Photo, words: Disclosure, links: GivenLinks) -> Document:
    found = links.attached(photo.id, photo.media_type)
    return {
        "id": show_id("fil", photo.id),
        "name": words.text(photo.name),
        "media_type": photo.media_type,
        "size": photo.size,
        **found,
        "url_expires_at": show_instant(found["url_expires_at"]),
    }
