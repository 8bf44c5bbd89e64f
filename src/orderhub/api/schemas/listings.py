"""Listings as their seller writes them, and as others see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal, Self, cast
from uuid import UUID

from pydantic import MISSING, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from orderhub.api.schemas.base import (
    AccountId,
    FileId,
    Input,
    Instant,
    ListingId,
    MoneyIn,
    MoneyOut,
    OptionId,
    Output,
    Text,
)
from orderhub.api.schemas.files import Url
from orderhub.api.schemas.listing_options import OptionOut
from orderhub.api.schemas.people import RatingOut
from orderhub.domain.accounts.models import Account
from orderhub.domain.catalog.categories import BY_CODE, CATEGORIES
from orderhub.domain.catalog.models import Listing, ListingKind, ListingOption, ListingState
from orderhub.domain.catalog.rules import MAX_DAYS, MAX_OPTIONS, MAX_PHOTOS, MAX_QUESTIONS
from orderhub.domain.catalog.search import ListingHit
from orderhub.domain.catalog.service import ListingChanges
from orderhub.domain.files.links import FileLinks
from orderhub.kit.text import Language


def _read_category(value: Any) -> str:
    if isinstance(value, str) and value in BY_CODE:
        return value
    raise PydanticCustomError("unknown_category", "Send a code of GET /v1/categories.")


CategoryCode = Annotated[
    str,
    BeforeValidator(_read_category),
    WithJsonSchema({"type": "string", "enum": [found.code for found in CATEGORIES], "examples": ["graphic_design"]}),
]
Title = Annotated[str, Text(120, examples=["Logo vectoriel en trois pistes"])]
Description = Annotated[
    str, Text(10_000, min=0, lines=True, examples=["Trois pistes, deux allers-retours, fichiers SVG et PDF."])
]
Days = Annotated[int, Field(ge=1, le=MAX_DAYS, description="Calendar days from acceptance to delivery.")]
Revisions = Annotated[int, Field(ge=0, le=100, description="How many are included; null is unlimited.")]
Count = Annotated[int, Field(ge=0, le=2**63 - 1)]

_EXAMPLE: dict[str, Any] = {
    "title": "Logo vectoriel en trois pistes",
    "description": "Je dessine trois pistes à partir de votre brief, puis les fichiers sources.",
    "category": "graphic_design",
    "price": {"amount": 12000, "currency": "EUR"},
    "days": 5,
    "revisions": 2,
    "questions": [
        {"id": "activity", "label": "Quelle est votre activité ?", "kind": "text", "required": True},
        {
            "id": "style",
            "label": "Quel style préférez-vous ?",
            "kind": "choice",
            "required": False,
            "choices": ["Sobre", "Coloré"],
        },
    ],
    "state": "active",
}


class Question(Input):
    """Something that the buyer is asked after paying; what is required must be answered before work begins."""

    id: Annotated[str, Field(pattern="^[a-z][a-z0-9_]{0,39}$", max_length=40, examples=["activity"])]
    label: Annotated[str, Text(300, examples=["Quelle est votre activité ?"])]
    kind: Literal["text", "choice", "file"]
    required: bool = True
    choices: Annotated[
        list[Annotated[str, Text(100, examples=["Sobre"])]],
        Field(default_factory=list[str], max_length=20, description="For the kind `choice`: at least two."),
    ]


class ListingParts(Input):
    """What a new listing may have and an edit may change."""

    description: Description | MISSING = MISSING
    category: CategoryCode | MISSING = MISSING
    price: MoneyIn | MISSING = MISSING
    days: Days | MISSING = MISSING
    revisions: Revisions | MISSING | None = MISSING
    questions: Annotated[list[Question], Field(max_length=MAX_QUESTIONS)] | MISSING = MISSING
    photo_ids: (
        Annotated[
            list[FileId], Field(max_length=MAX_PHOTOS, description="Your uploads with the purpose `photo`, each once.")
        ]
        | MISSING
    ) = MISSING
    accepts_inquiries: Annotated[bool, Field(description="Whether anybody may write before ordering.")] | MISSING = (
        MISSING
    )

    def changes(self) -> ListingChanges:
        """What is to change, as the domain knows it."""
        found: dict[str, Any] = {name: getattr(self, name) for name in self.model_fields_set - {"kind"}}
        if isinstance(self.price, MoneyIn):
            found["price"] = self.price.money()
        if isinstance(self.questions, list):
            found["questions"] = [question.model_dump() for question in self.questions]
        if "state" in found:
            found["state"] = ListingState(found["state"])
        return cast("ListingChanges", found)


class ListingIn(ListingParts):
    """A new listing. A draft may still lack what an active one needs."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    title: Title
    kind: Literal["service"] = "service"
    state: Literal["draft", "active"] = "draft"


class ListingEdit(ListingParts):
    """What to change; what is left out stays."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"price": {"amount": 13500, "currency": "EUR"}, "days": 4}]}
    )

    title: Title | MISSING = MISSING
    state: Literal["active", "paused", "closed"] | MISSING = MISSING


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


class PhotoOut(Output):
    """A photo of a listing."""

    id: FileId
    url: Annotated[Url, Field(description="Opens without a token until it expires; read the listing again for more.")]


class SellerOut(Output):
    """Who sells it."""

    id: AccountId
    handle: Annotated[str, Field(max_length=60, examples=["bruno"])]
    display_name: Annotated[str, Field(max_length=80, examples=["Bruno Martin"])]
    rating: RatingOut


@dataclass(frozen=True, slots=True)
class Shown:
    """How listings are to be shown: in a language, with links from this instant of real time."""

    language: Language
    links: FileLinks
    now: datetime

    def category(self, code: str | None) -> CategoryOut | None:
        """A category with its label."""
        return CategoryOut.of(code, self.language) if code else None

    def photo(self, file_id: UUID) -> PhotoOut:
        """A photo with its link."""
        return PhotoOut(id=file_id, url=self.links.sign(file_id, self.now).url)


class ListingCard(Output):
    """A listing in a list."""

    id: ListingId
    kind: ListingKind
    title: Annotated[str, Field(max_length=200)]
    category: CategoryOut | None
    price: MoneyOut | None
    days: Days | None
    photo: PhotoOut | None


class ListingSummaryOut(ListingCard):
    """A listing on show, as a search finds it."""

    seller: SellerOut

    @classmethod
    def of(cls, hit: ListingHit, shown: Shown) -> Self:
        """The public form of a hit."""
        rating = round(hit.rating_sum / hit.rating_count, 1) if hit.rating_count else None
        return cls(
            id=hit.id,
            kind=ListingKind(hit.kind),
            title=hit.title,
            category=shown.category(hit.category),
            price=MoneyOut(amount=hit.price, currency=hit.currency),
            days=hit.days,
            photo=shown.photo(hit.photo_id) if hit.photo_id else None,
            seller=SellerOut(
                id=hit.seller_id,
                handle=hit.handle,
                display_name=hit.display_name,
                rating=RatingOut(average=rating, count=hit.rating_count),
            ),
        )


class OwnListingOut(ListingCard):
    """One of one's own listings, in any state."""

    state: ListingState
    version: Annotated[int, Field(ge=1, le=2**63 - 1)]
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
            photo=shown.photo(listing.photo_ids[0]) if listing.photo_ids else None,
            state=ListingState(listing.state),
            version=listing.version,
            created_at=listing.created_at,
            updated_at=listing.updated_at,
        )


class ListingOut(Output):
    """A listing whole."""

    id: ListingId
    kind: ListingKind
    state: ListingState
    title: Annotated[str, Field(max_length=200)]
    description: Annotated[str, Field(max_length=10_000, description="Plain text or Markdown, as written: escape it.")]
    category: CategoryOut | None
    price: MoneyOut | None
    days: Days | None
    revisions: Revisions | None
    questions: Annotated[list[Question], Field(max_length=MAX_QUESTIONS)]
    options: Annotated[list[OptionOut], Field(max_length=MAX_OPTIONS)]
    photos: Annotated[list[PhotoOut], Field(max_length=MAX_PHOTOS)]
    accepts_inquiries: bool
    seller: SellerOut
    version: Annotated[int, Field(ge=1, le=2**63 - 1, description="The ETag.")]
    created_at: Instant
    updated_at: Instant

    @classmethod
    def of(cls, listing: Listing, seller: Account, options: Sequence[ListingOption], shown: Shown) -> Self:
        """The public form of a listing with the options it offers."""
        return cls(
            id=listing.id,
            kind=ListingKind(listing.kind),
            state=ListingState(listing.state),
            title=listing.title,
            description=listing.description,
            category=shown.category(listing.category),
            price=price_of(listing),
            days=listing.days,
            revisions=listing.revisions,
            questions=[Question.model_validate(question) for question in listing.questions],
            options=[OptionOut.of(option, listing) for option in options],
            photos=[shown.photo(photo_id) for photo_id in listing.photo_ids],
            accepts_inquiries=listing.accepts_inquiries,
            seller=SellerOut(
                id=seller.id,
                handle=seller.handle,
                display_name=seller.display_name,
                rating=RatingOut.of(seller),
            ),
            version=listing.version,
            created_at=listing.created_at,
            updated_at=listing.updated_at,
        )


def price_of(listing: Listing) -> MoneyOut | None:
    """The price, once the listing has one."""
    if listing.price is None or listing.currency is None:
        return None
    return MoneyOut(amount=listing.price, currency=listing.currency)


class PreviewIn(Input):
    """The options to choose."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"options": []}]})

    options: Annotated[list[OptionId], Field(default_factory=list[UUID], max_length=MAX_OPTIONS)]
