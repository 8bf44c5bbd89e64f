"""What lists show of listings, and the parts that every form of a listing shares."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.api.schemas.base import Instant, ListingId, MoneyOut, Ordinal, Output
from orderhub.api.schemas.codes import Codes
from orderhub.api.schemas.people import PersonOut, RatingOut
from orderhub.api.schemas.photos import PhotoOut
from orderhub.api.schemas.traders import BusinessOut
from orderhub.domain.catalog.categories import BY_CODE, CATEGORIES
from orderhub.domain.catalog.models import Listing, ListingKind, ListingState
from orderhub.domain.catalog.rules import MAX_DAYS
from orderhub.domain.catalog.search import ListingHit
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
Days = Annotated[int, Field(ge=1, le=MAX_DAYS, description="Calendar days from acceptance to delivery.")]


class CategoryOut(Output):
    """A category in the language asked for."""

    code: CategoryCode
    label: Annotated[str, Field(max_length=100, examples=["Graphisme et design"])]

    @classmethod
    def of(cls, code: str, language: Language) -> Self:
        """A category by its code."""
        return cls(code=code, label=BY_CODE[code].label.within(language))


class CategoriesOut(Output):
    """All categories, in the order to show them in."""

    data: Annotated[list[CategoryOut], Field(max_length=100)]


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
    """A listing in a list."""

    id: ListingId
    kind: ListingKind
    title: Annotated[str, Field(max_length=200)]
    category: CategoryOut | None
    price: MoneyOut | None
    days: Annotated[
        Days | None, Field(description="Calendar days from acceptance to delivery; null while a draft has none.")
    ]
    photo: PhotoOut | None


class ListingSummaryOut(ListingCard):
    """A listing on show, as a search finds it."""

    seller: SellerOut

    @classmethod
    def of(cls, hit: ListingHit, shown: Shown) -> Self:
        """The public form of a hit."""
        words = to_public((hit.country,))
        rating = round(hit.rating_sum / hit.rating_count, 1) if hit.rating_count else None
        return cls(
            id=hit.id,
            kind=ListingKind(hit.kind),
            title=words.text(hit.title),
            category=shown.category(hit.category),
            price=MoneyOut(amount=hit.price, currency=hit.currency),
            days=hit.days,
            photo=PhotoOut.of(shown.photos.show_any(hit.photo)),
            seller=SellerOut(
                id=hit.seller_id,
                handle=hit.handle,
                display_name=words.text(hit.display_name),
                photo=PhotoOut.of(shown.photos.show_any(hit.seller_photo)),
                rating=RatingOut(average=rating, count=hit.rating_count),
                trader=BusinessOut.of(hit.trader),
            ),
        )


class OwnListingOut(ListingCard):
    """One of one's own listings, in any state."""

    state: ListingState
    version: Ordinal
    created_at: Instant
    updated_at: Instant

    @classmethod
    def of(cls, listing: Listing, shown: Shown) -> Self:
        """The form that its seller sees in a list."""
        return cls(
            id=listing.id,
            kind=ListingKind(listing.kind),
            title=listing.title,
            category=shown.category(listing.category),
            price=price_of(listing),
            days=listing.days,
            photo=next(iter(photos_of(listing, shown)), None),
            state=ListingState(listing.state),
            version=listing.version,
            created_at=listing.created_at,
            updated_at=listing.updated_at,
        )


def photos_of(listing: Listing, shown: Shown) -> list[PhotoOut]:
    """Its photos, in their order."""
    is_on_show = listing.state == ListingState.ACTIVE
    found = (shown.photo(photo_id, is_on_show=is_on_show) for photo_id in listing.photo_ids)
    return [photo for photo in found if photo is not None]


def price_of(listing: Listing) -> MoneyOut | None:
    """The price, once the listing has one."""
    if listing.price is None or listing.currency is None:
        return None
    return MoneyOut(amount=listing.price, currency=listing.currency)
