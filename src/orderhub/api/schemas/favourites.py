"""Favourites: one's own, and who has a listing among theirs."""

from typing import Annotated

from pydantic import Field

from orderhub.api.schemas.base import Instant, Output
from orderhub.api.schemas.listing_cards import ListingSummaryOut
from orderhub.api.schemas.people import PersonOut
from orderhub.domain.catalog.models import ListingState


class FavouriteOut(Output):
    """One of one's favourites."""

    at: Annotated[Instant, Field(description="When it became one.")]
    state: ListingState
    listing: Annotated[ListingSummaryOut, Field(description="What it is, as a search shows it.")]


class FavouriterOut(Output):
    """Somebody who has the listing among their favourites."""

    person: Annotated[PersonOut, Field(description="Who it is: an offer can be made to them.")]
    at: Annotated[Instant, Field(description="When it became their favourite.")]
