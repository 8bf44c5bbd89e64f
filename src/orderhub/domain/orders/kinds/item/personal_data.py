"""What an item's order holds of its parties in words, and what is left of them. Pure."""

from typing import Any

from msgspec import structs

from orderhub.domain.accounts.forgetting import FORGOTTEN, nameless
from orderhub.domain.orders.kinds.item.details import BoughtItem, Parcel, Photo, Return, details_of
from orderhub.domain.orders.state import OrderState


def export(order: OrderState, role: str) -> dict[str, Any]:
    """Where it goes and what the buyer said, or what was sold, where returns go and what the seller said."""
    details, back = details_of(order), details_of(order).returned
    if role == "buyer":
        return {"address": details.address, "return": back and {"message": back.message, "photos": _names(back.photos)}}
    contested = back and {"objection": back.objection, "photos": _names(back.objection_photos)}
    said = back and {"address": back.address, **(contested or {})}
    return {"lines": order.lines, "trader_address": details.trader_address, "return": said}


def _names(photos: tuple[Photo, ...]) -> list[str]:
    return [photo.name for photo in photos]


def forget(order: OrderState, role: str) -> dict[str, Any]:
    """The columns that lose the words of the party in this role."""
    details = details_of(order)
    back = details.returned
    if role == "buyer":
        return {"details": structs.replace(details, address={}, code=None, returned=back and _of_buyer(back))}
    items = tuple(map(_wordless, details.items))
    kept = structs.replace(
        details,
        items=items,
        trader_address=None,
        parcel=_unnamed(details.parcel),
        returned=back and _of_seller(back),
    )
    ids = {line["id"] for line in order.lines if line["id"].startswith("lst_")}
    lines = [line | ({"title": FORGOTTEN} if line["id"] in ids else {}) for line in order.lines]
    return {"title": FORGOTTEN, "photo_file_id": None, "lines": lines, "details": kept}


def _of_buyer(back: Return) -> Return:
    return structs.replace(back, message=back.message and FORGOTTEN, photos=(), parcel=_unnamed(back.parcel))


def _of_seller(back: Return) -> Return:
    photos = tuple(structs.replace(photo, name=nameless(photo.name)) for photo in back.objection_photos)
    return structs.replace(back, address=None, objection=back.objection and FORGOTTEN, objection_photos=photos)


def _unnamed(parcel: Parcel | None) -> Parcel | None:
    """That and when it was sent: carrier and number are words of whoever sent it."""
    return parcel and structs.replace(parcel, carrier=FORGOTTEN, tracking_number=FORGOTTEN)


def _wordless(item: BoughtItem) -> BoughtItem:
    return structs.replace(item, title=FORGOTTEN, size=None, brand=None, colour=None)
