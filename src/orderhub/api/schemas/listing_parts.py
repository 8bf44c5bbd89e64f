"""What listings of every kind have: as their seller sends it, and as it is shown."""

from typing import Annotated, Any, cast

from pydantic import MISSING, Field

from orderhub.api.schemas.base import (
    Count,
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
from orderhub.api.schemas.listing_cards import CategoryCode, CategoryOut, SellerOut
from orderhub.api.schemas.photos import PhotoOut
from orderhub.domain.catalog.models import ListingState
from orderhub.domain.catalog.rules import MAX_PHOTOS
from orderhub.domain.catalog.service import ListingChanges

Title = Annotated[str, Name(120, examples=["Logo vectoriel en trois pistes"])]
Description = Annotated[
    str, Text(10_000, min=0, lines=True, examples=["Trois pistes, deux allers-retours, fichiers SVG et PDF."])
]
FirstListingState = Annotated[
    str,
    Codes("FirstListingState", "How a listing begins.", lambda: (ListingState.DRAFT, ListingState.ACTIVE)),
]


class ListingParts(Input):
    """What a new listing of any kind may have and an edit may change."""

    description: Description | MISSING = MISSING
    category: Annotated[
        CategoryCode | MISSING,
        Field(description="The code of a category of its kind: `GET /v1/categories` has them all."),
    ] = MISSING
    price: MoneyAboveZero | MISSING = MISSING
    photo_ids: (
        Annotated[
            list[FileId],
            Field(
                max_length=MAX_PHOTOS,
                description="Your uploads with the purpose `photo`, each once, in the order to show them in.",
            ),
        ]
        | MISSING
    ) = MISSING

    def changes(self) -> ListingChanges:
        """What is to change, as the domain knows it."""
        found = {name: _known(getattr(self, name)) for name in self.model_fields_set - {"kind"}}
        if "state" in found:
            found["state"] = ListingState(found["state"])
        return cast("ListingChanges", found)


def _known(value: Any) -> Any:
    """A value as the domain knows it."""
    match value:
        case MoneyAboveZero():
            return value.money()
        case [Input(), *_]:
            return [part.model_dump() for part in cast("list[Input]", value)]
        case _:
            return value


class ListingHeadOut(Output):
    """What is shown of a listing of any kind."""

    id: ListingId
    state: ListingState
    title: Annotated[str, Field(max_length=200)]
    description: Annotated[str, Field(max_length=10_000, description="Plain text or Markdown, as written: escape it.")]
    category: CategoryOut | None
    price: MoneyOut | None
    photos: Annotated[list[PhotoOut], Field(max_length=MAX_PHOTOS)]
    favourite_count: Annotated[Count, Field(description="How many people have it among their favourites.")]
    is_favourite: Annotated[bool, Field(description="Whether it is among the reader's favourites.")]
    seller: SellerOut
    version: Annotated[Ordinal, Field(description="Counts its changes, and is its ETag.")]
    created_at: Instant
    updated_at: Instant
