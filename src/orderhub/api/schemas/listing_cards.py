"""What lists show of listings, and the parts that every form of a listing shares."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession
from typing_extensions import TypeAliasType

from orderhub.api.schemas.base import Count, Instant, ListingId, MoneyOut, Name, OrderId, Ordinal, Output
from orderhub.api.schemas.codes import Codes
from orderhub.api.schemas.people import PersonOut, RatingOut
from orderhub.api.schemas.photos import PhotoOut
from orderhub.api.schemas.traders import BusinessOut
from orderhub.domain.catalog.cards import ListingHit
from orderhub.domain.catalog.categories import BY_CODE, CATEGORIES, OF_KIND
from orderhub.domain.catalog.items import MAX_WORDS, Condition, ParcelSize
from orderhub.domain.catalog.models import Listing, ListingKind, ListingState
from orderhub.domain.catalog.rules import MAX_DAYS, ON_SHOW
from orderhub.domain.contact_details.disclosure import to_public
from orderhub.domain.files.links import GivenLinks
from orderhub.domain.files.models import File
from orderhub.domain.files.photos import PhotoLinks, photo_of
from orderhub.domain.files.queries import files_by_id
from orderhub.domain.traders.queries import facts_in_force
from orderhub.kit.text import Label, Language

CategoryCode = Annotated[
    str,
    Codes(
        "CategoryCode",
        "What a listing is about: `GET /v1/categories` has the labels.",
        lambda: (found.code for found in CATEGORIES),
        ("unknown_category", Label("Envoyez un code de GET /v1/categories.", "Send a code of GET /v1/categories.")),
    ),
]
ConditionCode = Annotated[str, Codes("Condition", "How worn an item is, the newest first.", lambda: Condition)]
ParcelSizeCode = Annotated[
    str, Codes("ParcelSize", "What an item is shipped in, the smallest first.", lambda: ParcelSize)
]
Size = Annotated[str, Name(MAX_WORDS, examples=["38"])]
Brand = Annotated[str, Name(MAX_WORDS, examples=["Sézane"])]
Colouring = Annotated[str, Name(MAX_WORDS, examples=["bleu"])]
Days = Annotated[int, Field(ge=1, le=MAX_DAYS, description="Calendar days from acceptance to delivery.")]


class CategoryOut(Output):
    """A category in the language asked for."""

    code: CategoryCode
    label: Annotated[str, Field(max_length=100, examples=["Graphisme et design"])]

    @classmethod
    def of(cls, code: str, language: Language) -> Self:
        """A category by its code."""
        return cls(code=code, label=BY_CODE[code].label.within(language))


class ListedCategoryOut(CategoryOut):
    """A category, and which listings it is for."""

    kind: ListingKind


class CategoriesOut(Output):
    """All categories, those of one kind after those of another, in the order to show them in."""

    data: Annotated[list[ListedCategoryOut], Field(max_length=100)]

    @classmethod
    def within(cls, language: Language) -> Self:
        """All of them in a language."""
        return cls(
            data=[
                ListedCategoryOut(code=code, label=found.label.within(language), kind=kind)
                for kind, categories in OF_KIND.items()
                for code, found in categories.items()
            ]
        )


class SellerOut(PersonOut):
    """Who sells it."""

    rating: RatingOut
    trader: Annotated[
        BusinessOut | None, Field(description="Who sells as a professional, as staff verified it; null for others.")
    ]


@dataclass(frozen=True, slots=True)
class Shown:
    """How listings are to be shown: in a language, with links for their reader."""

    language: Language
    links: GivenLinks
    pictures: Mapping[UUID, File] = field(default_factory=dict[UUID, File])
    """The files of their photos."""
    businesses: Mapping[UUID, Mapping[str, Any]] = field(default_factory=dict[UUID, Mapping[str, Any]])
    """The verified facts of those of their sellers that are traders."""

    @property
    def photos(self) -> PhotoLinks:
        """The addresses of photos on show."""
        return self.links.links.photos

    async def reading(self, session: AsyncSession, photo_ids: Iterable[UUID | None]) -> Self:
        """The same, knowing the files of these photos."""
        wanted = list({found for found in photo_ids if found is not None})
        return replace(self, pictures=await files_by_id(session, wanted))

    async def knowing(self, session: AsyncSession, *seller_ids: UUID) -> Self:
        """The same, knowing which of these sellers are traders."""
        return replace(self, businesses=await facts_in_force(session, seller_ids))

    def category(self, code: str | None) -> CategoryOut | None:
        """A category with its label."""
        return CategoryOut.of(code, self.language) if code else None

    def photo(self, file_id: UUID | None, *, is_on_show: bool) -> PhotoOut | None:
        """A photo whose file is known, with addresses that are the reader's alone as long as it isn't on show."""
        file = None if file_id is None else self.pictures.get(file_id)
        found = None if file is None else photo_of(file.id, file.width, file.height)
        return None if found is None else PhotoOut.of(self.links.photo(found, is_on_show=is_on_show))


class ListingCard(Output):
    """A listing of any kind in a list."""

    id: ListingId
    title: Annotated[str, Field(max_length=200)]
    category: CategoryOut | None
    price: MoneyOut | None
    photo: PhotoOut | None
    favourite_count: Annotated[Count, Field(description="How many people have it among their favourites.")]


class ServiceCard(ListingCard):
    """A service in a list."""

    kind: Literal["service"]
    days: Annotated[
        Days | None, Field(description="Calendar days from acceptance to delivery; null while a draft has none.")
    ]


class ItemCard(ListingCard):
    """An item in a list."""

    kind: Literal["item"]
    condition: Annotated[ConditionCode | None, Field(description="How worn it is; null while a draft has none.")]
    size: Annotated[Size | None, Field(description="As its label says; null where it has none.")]
    brand: Annotated[Brand | None, Field(description="Who made it; null where nobody knows.")]
    takes_offers: Annotated[bool, Field(description="Whether buyers may offer less than the price.")]


class ServiceSummaryOut(ServiceCard):
    """A service on show, as a search finds it."""

    seller: SellerOut


class ItemSummaryOut(ItemCard):
    """An item on show, as a search finds it."""

    seller: SellerOut


class OwnCard(ListingCard):
    """What its seller sees besides of a listing in a list."""

    state: ListingState
    version: Ordinal
    created_at: Instant
    updated_at: Instant


class OwnServiceOut(OwnCard, ServiceCard):
    """One of one's own services, in any state."""


class OwnItemOut(OwnCard, ItemCard):
    """One of one's own items, in any state."""

    reserved_until: Annotated[
        Instant | None, Field(description="Until when an order that isn't paid yet holds it; null while none does.")
    ]
    order_id: Annotated[OrderId | None, Field(description="The order that holds or has bought it; null for none.")]


_SUMMARY = Annotated[ServiceSummaryOut | ItemSummaryOut, Field(discriminator="kind")]
_OWN = Annotated[OwnServiceOut | OwnItemOut, Field(discriminator="kind")]
if TYPE_CHECKING:
    ListingSummaryOut = ServiceSummaryOut | ItemSummaryOut
    OwnListingOut = OwnServiceOut | OwnItemOut
else:
    ListingSummaryOut = TypeAliasType("ListingSummaryOut", _SUMMARY)
    OwnListingOut = TypeAliasType("OwnListingOut", _OWN)


def summary_of(hit: ListingHit, shown: Shown) -> ServiceSummaryOut | ItemSummaryOut:
    """The public form of what a search found."""
    words = to_public((hit.country,))
    rating = round(hit.rating_sum / hit.rating_count, 1) if hit.rating_count else None
    seller = SellerOut(
        id=hit.seller_id,
        handle=hit.handle,
        display_name=words.text(hit.display_name),
        photo=PhotoOut.of(shown.photos.show_any(hit.seller_photo)),
        rating=RatingOut(average=rating, count=hit.rating_count),
        trader=BusinessOut.of(hit.trader),
    )
    card: dict[str, Any] = {
        "id": hit.id,
        "title": words.text(hit.title),
        "category": shown.category(hit.category),
        "price": MoneyOut(amount=hit.price, currency=hit.currency),
        "photo": PhotoOut.of(shown.photos.show_any(hit.photo)),
        "favourite_count": hit.favourite_count,
    }
    if hit.kind == ListingKind.ITEM:
        return ItemSummaryOut(**card, **_of_item(hit), seller=seller)
    return ServiceSummaryOut(**card, kind="service", days=hit.days, seller=seller)


def own_card_of(listing: Listing, shown: Shown) -> OwnServiceOut | OwnItemOut:
    """The form that its seller sees in a list."""
    card: dict[str, Any] = {
        "id": listing.id,
        "title": listing.title,
        "category": shown.category(listing.category),
        "price": price_of(listing),
        "photo": next(iter(photos_of(listing, shown)), None),
        "favourite_count": listing.favourite_count,
        "state": ListingState(listing.state),
        "version": listing.version,
        "created_at": listing.created_at,
        "updated_at": listing.updated_at,
    }
    if listing.kind == ListingKind.ITEM:
        return OwnItemOut(**card, **_of_item(listing), reserved_until=held_until(listing), order_id=listing.order_id)
    return OwnServiceOut(**card, kind="service", days=listing.days)


def _of_item(found: Listing | ListingHit) -> dict[str, Any]:
    """What every card of an item says of it alone."""
    names = ("condition", "size", "brand", "takes_offers")
    return {"kind": "item", **{name: getattr(found, name) for name in names}}


def held_until(listing: Listing) -> datetime | None:
    """Until when an order that isn't paid holds an item; None where none does."""
    return listing.reserved_until if listing.state == ListingState.RESERVED else None


def photos_of(listing: Listing, shown: Shown) -> list[PhotoOut]:
    """Its photos, in their order."""
    is_on_show = listing.state in ON_SHOW
    found = (shown.photo(photo_id, is_on_show=is_on_show) for photo_id in listing.photo_ids)
    return [photo for photo in found if photo is not None]


def price_of(listing: Listing) -> MoneyOut | None:
    """The price, once the listing has one."""
    if listing.price is None or listing.currency is None:
        return None
    return MoneyOut(amount=listing.price, currency=listing.currency)
