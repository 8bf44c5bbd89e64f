"""Listings as their seller writes them, and whole as others see them: one schema for each kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, cast
from uuid import UUID

from fastapi import Body
from pydantic import MISSING, BeforeValidator, ConfigDict, Field
from typing_extensions import TypeAliasType

from orderhub.api.schemas.base import MoneyOut
from orderhub.api.schemas.codes import Codes
from orderhub.api.schemas.listing_cards import SellerOut, Shown, held_until, photos_of, price_of
from orderhub.api.schemas.listing_items import ItemIn, ItemOut, ItemParts
from orderhub.api.schemas.listing_options import OptionOut
from orderhub.api.schemas.listing_parts import Title
from orderhub.api.schemas.listing_services import Question, ServiceIn, ServiceOut, ServiceParts
from orderhub.api.schemas.people import RatingOut, card_of
from orderhub.api.schemas.traders import BusinessOut
from orderhub.domain.accounts.models import Account
from orderhub.domain.catalog.models import Listing, ListingKind, ListingOption, ListingState
from orderhub.domain.contact_details.disclosure import Disclosure

EditedListingState = Annotated[
    str,
    Codes(
        "EditedListingState",
        "What its seller may make of a listing.",
        lambda: (ListingState.ACTIVE, ListingState.PAUSED, ListingState.CLOSED),
    ),
]


def _service_unless_said(body: Any) -> Any:
    """A listing whose kind isn't said is a service."""
    return {"kind": "service"} | cast("dict[str, Any]", body) if isinstance(body, dict) else body


_IN = Annotated[ServiceIn | ItemIn, Field(discriminator="kind")]
_OUT = Annotated[ServiceOut | ItemOut, Field(discriminator="kind")]
if TYPE_CHECKING:
    ListingIn = ServiceIn | ItemIn
    ListingOut = ServiceOut | ItemOut
else:
    ListingIn = TypeAliasType("ListingIn", _IN)
    ListingOut = TypeAliasType("ListingOut", _OUT)
ListingBody = Annotated[ListingIn, BeforeValidator(_service_unless_said), Body()]


class ListingEdit(ServiceParts, ItemParts):
    """What to change; what is left out stays. What only listings of another kind have is refused."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"price": {"amount": 13500, "currency": "EUR"}, "days": 4}]}
    )

    title: Title | MISSING = MISSING
    state: EditedListingState | MISSING = MISSING


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a listing, and what they see of it."""

    account_id: UUID | None
    words: Disclosure
    """The seller's words, for this reader."""
    is_favourite: bool = False


def listing_out(
    listing: Listing, seller: Account, options: Sequence[ListingOption], shown: Shown, reader: Reader
) -> ServiceOut | ItemOut:
    """A listing whole, with the options that it offers, as this reader sees it."""
    head = _head(listing, seller, shown, reader)
    if listing.kind == ListingKind.ITEM:
        return _item(listing, head, is_own=reader.account_id == seller.id)
    words = reader.words
    return ServiceOut(
        **head,
        kind="service",
        days=listing.days,
        revisions=listing.revisions,
        questions=[Question.model_construct(**question) for question in words.document(listing.questions)],
        options=[OptionOut.of(option, listing, words) for option in options],
        accepts_inquiries=listing.accepts_inquiries,
    )


def _head(listing: Listing, seller: Account, shown: Shown, reader: Reader) -> dict[str, Any]:
    words = reader.words
    return {
        "id": listing.id,
        "state": ListingState(listing.state),
        "title": words.text(listing.title),
        "description": words.text(listing.description),
        "category": shown.category(listing.category),
        "price": price_of(listing),
        "photos": photos_of(listing, shown),
        "favourite_count": listing.favourite_count,
        "is_favourite": reader.is_favourite,
        "seller": SellerOut(
            **card_of(seller, shown.photos, words),
            rating=RatingOut.of(seller),
            trader=BusinessOut.of(shown.businesses.get(seller.id)),
        ),
        "version": listing.version,
        "created_at": listing.created_at,
        "updated_at": listing.updated_at,
    }


def _item(listing: Listing, head: dict[str, Any], *, is_own: bool) -> ItemOut:
    return ItemOut(
        **head,
        kind="item",
        condition=listing.condition,
        size=listing.size,
        brand=listing.brand,
        colour=listing.colour,
        parcel_size=listing.parcel_size,
        takes_offers=listing.takes_offers,
        accept_from=_floor(listing, listing.accept_from) if is_own else None,
        decline_under=_floor(listing, listing.decline_under) if is_own else None,
        reserved_until=held_until(listing),
        order_id=listing.order_id if is_own else None,
    )


def _floor(listing: Listing, amount: int | None) -> MoneyOut | None:
    return None if amount is None else MoneyOut(amount=amount, currency=listing.currency or "")
