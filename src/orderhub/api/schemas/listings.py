"""Listings as their seller writes them, and whole as others see them."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal, Self, cast

from pydantic import MISSING, ConfigDict, Field

from orderhub.api.schemas.base import (
    FileId,
    Input,
    Instant,
    ListingId,
    MoneyAboveZero,
    MoneyOut,
    Name,
    Ordinal,
    Output,
    Text,
)
from orderhub.api.schemas.codes import Codes
from orderhub.api.schemas.forms import Form
from orderhub.api.schemas.listing_cards import (
    CategoryCode,
    CategoryOut,
    Days,
    SellerOut,
    Shown,
    photos_of,
    price_of,
)
from orderhub.api.schemas.listing_options import OptionOut
from orderhub.api.schemas.people import RatingOut, card_of
from orderhub.api.schemas.photos import PhotoOut
from orderhub.api.schemas.traders import BusinessOut
from orderhub.domain.accounts.models import Account
from orderhub.domain.catalog.models import Listing, ListingKind, ListingOption, ListingState
from orderhub.domain.catalog.rules import MAX_OPTIONS, MAX_PHOTOS, MAX_QUESTIONS
from orderhub.domain.catalog.service import ListingChanges
from orderhub.domain.contact_details.disclosure import Disclosure
from orderhub.kit.text import Label

Title = Annotated[str, Name(120, examples=["Logo vectoriel en trois pistes"])]
Description = Annotated[
    str, Text(10_000, min=0, lines=True, examples=["Trois pistes, deux allers-retours, fichiers SVG et PDF."])
]
Revisions = Annotated[int, Field(ge=0, le=100, description="How many are included; null is unlimited.")]

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


_QUESTION_ID = Form(
    "^[a-z][a-z0-9_]{0,39}$",
    Label(
        "Commencez par une minuscule ; minuscules, chiffres et tirets bas peuvent suivre.",
        "Begin with a small letter; small letters, digits and underscores may follow.",
    ),
)


QuestionKind = Annotated[
    str,
    Codes(
        "QuestionKind",
        "How a question is answered: in words, by choosing, or with a file.",
        lambda: ("text", "choice", "file"),
    ),
]
FirstListingState = Annotated[
    str,
    Codes("FirstListingState", "How a listing begins.", lambda: (ListingState.DRAFT, ListingState.ACTIVE)),
]
EditedListingState = Annotated[
    str,
    Codes(
        "EditedListingState",
        "What its seller may make of a listing.",
        lambda: (ListingState.ACTIVE, ListingState.PAUSED, ListingState.CLOSED),
    ),
]


class Question(Input):
    """Something that the buyer is asked after paying; what is required must be answered before work begins."""

    id: Annotated[
        Annotated[str, Field(max_length=40, examples=["activity"]), _QUESTION_ID],
        Field(description="A name that is unique within the listing: answers call it `question_id`."),
    ]
    label: Annotated[
        str,
        Name(300, examples=["Quelle est votre activité ?"]),
        Field(description="The question as the buyer reads it."),
    ]
    kind: QuestionKind
    required: Annotated[bool, Field(description="Whether it must be answered before work begins.")] = True
    choices: Annotated[
        list[Annotated[str, Name(100, examples=["Sobre"])]],
        Field(default_factory=list[str], max_length=20, description="For the kind `choice`: at least two."),
    ]


class ListingParts(Input):
    """What a new listing may have and an edit may change."""

    description: Description | MISSING = MISSING
    category: Annotated[
        CategoryCode | MISSING, Field(description="The code of a category: `GET /v1/categories` has them all.")
    ] = MISSING
    price: MoneyAboveZero | MISSING = MISSING
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
        if isinstance(self.price, MoneyAboveZero):
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
    state: FirstListingState = "draft"


class ListingEdit(ListingParts):
    """What to change; what is left out stays."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"price": {"amount": 13500, "currency": "EUR"}, "days": 4}]}
    )

    title: Title | MISSING = MISSING
    state: EditedListingState | MISSING = MISSING


class ListingOut(Output):
    """A listing whole."""

    id: ListingId
    kind: ListingKind
    state: ListingState
    title: Annotated[str, Field(max_length=200)]
    description: Annotated[str, Field(max_length=10_000, description="Plain text or Markdown, as written: escape it.")]
    category: CategoryOut | None
    price: MoneyOut | None
    days: Annotated[
        Days | None, Field(description="Calendar days from acceptance to delivery; null while a draft has none.")
    ]
    revisions: Revisions | None
    questions: Annotated[list[Question], Field(max_length=MAX_QUESTIONS)]
    options: Annotated[list[OptionOut], Field(max_length=MAX_OPTIONS)]
    photos: Annotated[list[PhotoOut], Field(max_length=MAX_PHOTOS)]
    accepts_inquiries: bool
    seller: SellerOut
    version: Annotated[Ordinal, Field(description="Counts its changes, and is its ETag.")]
    created_at: Instant
    updated_at: Instant

    @classmethod
    def of(
        cls, listing: Listing, seller: Account, options: Sequence[ListingOption], shown: Shown, words: Disclosure
    ) -> Self:
        """The public form of a listing with the options it offers; ``words`` are its seller's, for the reader."""
        return cls(
            id=listing.id,
            kind=ListingKind(listing.kind),
            state=ListingState(listing.state),
            title=words.text(listing.title),
            description=words.text(listing.description),
            category=shown.category(listing.category),
            price=price_of(listing),
            days=listing.days,
            revisions=listing.revisions,
            questions=[Question.model_construct(**question) for question in words.document(listing.questions)],
            options=[OptionOut.of(option, listing, words) for option in options],
            photos=photos_of(listing, shown),
            accepts_inquiries=listing.accepts_inquiries,
            seller=SellerOut(
                **card_of(seller, shown.photos, words),
                rating=RatingOut.of(seller),
                trader=BusinessOut.of(shown.businesses.get(seller.id)),
            ),
            version=listing.version,
            created_at=listing.created_at,
            updated_at=listing.updated_at,
        )
