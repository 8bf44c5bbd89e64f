"""Listings of items as their seller writes them, and whole."""

from typing import Annotated, Any, Literal

from pydantic import MISSING, ConfigDict, Field

from orderhub.api.schemas.base import Instant, MoneyAboveZero, MoneyOut, OrderId
from orderhub.api.schemas.listing_cards import Brand, Colouring, ConditionCode, ParcelSizeCode, Size
from orderhub.api.schemas.listing_parts import FirstListingState, ListingHeadOut, ListingParts, Title

_EXAMPLE: dict[str, Any] = {
    "kind": "item",
    "title": "Veste en jean",
    "description": "Portée deux fois, sans défaut. Coupe droite.",
    "category": "womens_clothing",
    "price": {"amount": 2500, "currency": "EUR"},
    "condition": "very_good",
    "size": "38",
    "brand": "Sézane",
    "colour": "bleu",
    "parcel_size": "small",
    "takes_offers": True,
    "accept_from": {"amount": 2200, "currency": "EUR"},
    "decline_under": {"amount": 1500, "currency": "EUR"},
    "photo_ids": ["fil_01kafkrqm0fk1skh5w1gc0e6cf"],
    "state": "active",
}
_ACCEPT: str = (
    "Buyers' offers of this amount and more are accepted by themselves; at most the price. Only its seller ever sees "
    "it; null accepts none by itself, and a price in another currency makes it null."
)
_DECLINE: str = (
    "Buyers' offers under this amount are declined by themselves; at most `accept_from` and the price. Only its seller "
    "ever sees it; null declines none by itself, and a price in another currency makes it null."
)


class ItemParts(ListingParts):
    """What only items have, besides."""

    condition: Annotated[ConditionCode | MISSING, Field(description="How worn it is.")] = MISSING
    size: Annotated[Size | MISSING | None, Field(description="As its label says; null where it has none.")] = MISSING
    brand: Annotated[Brand | MISSING | None, Field(description="Who made it; null where nobody knows.")] = MISSING
    colour: Annotated[Colouring | MISSING | None, Field(description="In the seller's words; null says none.")] = MISSING
    parcel_size: Annotated[
        ParcelSizeCode | MISSING, Field(description="What it is shipped in; the price of shipping follows.")
    ] = MISSING
    takes_offers: Annotated[bool, Field(description="Whether buyers may offer less than the price.")] | MISSING = (
        MISSING
    )
    accept_from: Annotated[MoneyAboveZero | MISSING | None, Field(description=_ACCEPT)] = MISSING
    decline_under: Annotated[MoneyAboveZero | MISSING | None, Field(description=_DECLINE)] = MISSING


class ItemIn(ItemParts):
    """A new item. A draft may still lack what an active one needs: all but size, brand, colour and offers."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    kind: Literal["item"]
    title: Title
    state: FirstListingState = "draft"


class ItemOut(ListingHeadOut):
    """An item whole."""

    kind: Literal["item"]
    condition: Annotated[ConditionCode | None, Field(description="How worn it is; null while a draft has none.")]
    size: Annotated[Size | None, Field(description="As its label says; null where it has none.")]
    brand: Annotated[Brand | None, Field(description="Who made it; null where nobody knows.")]
    colour: Annotated[Colouring | None, Field(description="In the seller's words; null where they say none.")]
    parcel_size: Annotated[
        ParcelSizeCode | None, Field(description="What it is shipped in; null while a draft has none.")
    ]
    takes_offers: Annotated[bool, Field(description="Whether buyers may offer less than the price.")]
    accept_from: Annotated[
        MoneyOut | None,
        Field(description="Offers of so much and more are accepted by themselves; null for all but its seller."),
    ]
    decline_under: Annotated[
        MoneyOut | None, Field(description="Offers of less are declined by themselves; null for all but its seller.")
    ]
    reserved_until: Annotated[
        Instant | None, Field(description="Until when an order that isn't paid yet holds it; null while none does.")
    ]
    order_id: Annotated[
        OrderId | None,
        Field(description="The order that holds or has bought it, for its seller; null for everybody else."),
    ]
