"""What an order would cost, before it is placed: one form for each kind of listing."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Literal, Self
from uuid import UUID

from pydantic import ConfigDict, Field
from typing_extensions import TypeAliasType

from orderhub.api.schemas.addresses import AddressCountry
from orderhub.api.schemas.base import (
    AddressId,
    Input,
    Instant,
    ListingId,
    MoneyOut,
    OfferId,
    Omittable,
    OptionId,
    Output,
)
from orderhub.api.schemas.listing_cards import ParcelSizeCode
from orderhub.domain.catalog.models import ListingKind
from orderhub.domain.catalog.previewing import MOST_BESIDES, Bundle
from orderhub.domain.catalog.pricing import Line, Priced
from orderhub.domain.catalog.rules import MAX_DAYS, MAX_OPTIONS
from orderhub.domain.contact_details.disclosure import Disclosure
from orderhub.kit.errors import FieldError, InvalidError, invalid_field
from orderhub.kit.text import Label

_OF_ITEMS = ("country", "address_id", "offer_id", "listing_ids")


class PreviewIn(Input):
    """Of a service, the options to choose; of an item, where it goes and with what."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"options": []}, {"country": "FR"}]})

    options: Annotated[
        list[OptionId],
        Field(
            default_factory=list[UUID],
            max_length=MAX_OPTIONS,
            description="Of a service: the ids of the chosen options, each once.",
        ),
    ]
    country: Annotated[
        Omittable[AddressCountry],
        Field(description="Of an item: where it goes. Left out, it is that of one's default address, or one's own."),
    ] = None
    address_id: Annotated[
        Omittable[AddressId], Field(description="Of an item: one's own address that it goes to, instead of `country`.")
    ] = None
    offer_id: Annotated[
        Omittable[OfferId],
        Field(description="Of an item: one's accepted offer on it, whose amount is its price."),
    ] = None
    listing_ids: Annotated[
        list[ListingId],
        Field(
            default_factory=list[UUID],
            max_length=MOST_BESIDES,
            description="Of an item: others of its seller that go in the same parcel, each once.",
        ),
    ]

    def check_kind(self, kind: ListingKind) -> None:
        """Raises InvalidError for what only listings of another kind are asked with, and for two destinations."""
        foreign = ("options",) if kind is ListingKind.ITEM else _OF_ITEMS
        detail = (
            Label("Un article n’a pas d’options.", "An item has no options.")
            if kind is ListingKind.ITEM
            else Label("Un service n’est pas envoyé : ôtez ce champ.", "A service isn’t shipped: leave this out.")
        )
        refused = [name for name in foreign if getattr(self, name)]
        if refused:
            raise InvalidError(errors=tuple(FieldError(f"/{name}", "not_of_kind", detail) for name in refused))
        if self.country is not None and self.address_id is not None:
            raise invalid_field(
                "/address_id",
                "too_many",
                Label("Donnez `country` ou `address_id`, pas les deux.", "Give `country` or `address_id`, not both."),
            )


class PreviewLineOut(Output):
    """One thing that would be bought: the listing itself first, without ``option_id``."""

    option_id: OptionId | None
    title: Annotated[str, Field(max_length=200)]
    price: MoneyOut
    days: Annotated[
        int, Field(ge=-MAX_DAYS, le=MAX_DAYS, description="Calendar days that it adds; below zero, it saves some.")
    ]


class ServicePreviewOut(Output):
    """What an order of a service would cost, and when it would be due if the seller accepted it now."""

    kind: Literal["service"]
    lines: Annotated[list[PreviewLineOut], Field(max_length=MAX_OPTIONS + 1)]
    fees: Annotated[MoneyOut, Field(description="What the buyer pays beside the lines; nothing for a service.")]
    total: Annotated[MoneyOut, Field(description="All that the buyer pays.")]
    days: Annotated[int, Field(ge=1, le=MAX_DAYS * (MAX_OPTIONS + 1), description="At least one.")]
    due_at: Instant

    @classmethod
    def of(cls, priced: Priced, now: datetime, words: Disclosure) -> Self:
        """The public form of a price; ``now`` is business time, ``words`` are the seller's, for the reader."""
        currency = priced.total.currency
        listing, *options = priced.lines
        return cls(
            kind="service",
            lines=[_line(listing, None, currency, words), *(_line(each, each, currency, words) for each in options)],
            fees=MoneyOut(amount=0, currency=currency),
            total=MoneyOut(amount=priced.total.amount, currency=currency),
            days=priced.days,
            due_at=now + timedelta(days=priced.days),
        )


def _line(line: Line, option: Line | None, currency: str, words: Disclosure) -> PreviewLineOut:
    return PreviewLineOut(
        option_id=option.id if option else None,
        title=words.text(line.title),
        price=MoneyOut(amount=line.price, currency=currency),
        days=line.days,
    )


class PreviewedItemOut(Output):
    """One item that would be bought."""

    listing_id: ListingId
    title: Annotated[str, Field(max_length=200)]
    price: Annotated[MoneyOut, Field(description="Of this item: as listed, or as agreed on by the offer.")]


class ItemPreviewOut(Output):
    """What an order of items would cost, sent there in one parcel. It reserves nothing."""

    kind: Literal["item"]
    items: Annotated[
        list[PreviewedItemOut],
        Field(min_length=1, max_length=MOST_BESIDES + 1, description="The item of the path, then those beside it."),
    ]
    price: Annotated[MoneyOut, Field(description="Of the items alone.")]
    shipping: Annotated[MoneyOut, Field(description="Of the one parcel that they are sent in.")]
    protection: Annotated[MoneyOut, Field(description="The buyer's protection fee.")]
    total: Annotated[MoneyOut, Field(description="All that the buyer pays: `expected_total` when the order is placed.")]
    parcel_size: Annotated[ParcelSizeCode, Field(description="Of the one parcel, with room for all.")]
    country: Annotated[AddressCountry, Field(description="Where it was priced to.")]

    @classmethod
    def of(cls, bundle: Bundle, words: Disclosure) -> Self:
        """The public form of a price; ``words`` are the seller's, for the reader."""

        def money(amount: int) -> MoneyOut:
            return MoneyOut(amount=amount, currency=bundle.currency)

        charged = bundle.charged
        return cls(
            kind="item",
            items=[
                PreviewedItemOut(listing_id=each.id, title=words.text(each.title), price=money(price))
                for each, price in zip(bundle.listings, bundle.prices, strict=True)
            ],
            price=money(charged.price),
            shipping=money(charged.shipping),
            protection=money(charged.fee),
            total=money(charged.total),
            parcel_size=bundle.parcel,
            country=bundle.destination,
        )


_OUT = Annotated[ServicePreviewOut | ItemPreviewOut, Field(discriminator="kind")]
if TYPE_CHECKING:
    PreviewOut = ServicePreviewOut | ItemPreviewOut
else:
    PreviewOut = TypeAliasType("PreviewOut", _OUT)
