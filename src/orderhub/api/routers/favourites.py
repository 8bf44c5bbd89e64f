"""Favourites: people keep listings, sellers see who did."""

from typing import Annotated

from fastapi import Depends, status

from orderhub.api.dependencies import DatabaseSession, SignedIn
from orderhub.api.pages import PageParams, show_page
from orderhub.api.problems import problems
from orderhub.api.routers.listings import AskedShown
from orderhub.api.routing import Router
from orderhub.api.schemas.base import ListingId, PageOut
from orderhub.api.schemas.favourites import FavouriteOut, FavouriterOut
from orderhub.api.schemas.listing_cards import summary_of
from orderhub.api.schemas.people import PersonOut
from orderhub.domain.catalog import favourites, queries
from orderhub.domain.catalog.errors import ListingInactiveError, ListingNotFoundError, OwnFavouriteError
from orderhub.domain.catalog.models import Listing
from orderhub.domain.policies.room import LimitReachedError
from orderhub.infra.business_clock import business_now
from orderhub.kit.errors import ForbiddenError

router = Router()


async def read_sold_by_caller(session: DatabaseSession, caller: SignedIn, listing_id: ListingId) -> Listing:
    """The caller's own listing of the path, to look at."""
    return await queries.own_listing_to_read(session, listing_id, caller.account_id)


@router.get("/me/favourites", summary="List my favourites")
async def list_my_favourites(
    session: DatabaseSession, caller: SignedIn, page: PageParams, shown: AskedShown
) -> PageOut[FavouriteOut]:
    """The latest first; without those that are on show no more."""
    found = await favourites.favourites_of(session, caller.account_id, page)
    return show_page(
        found, lambda one: FavouriteOut(at=one.at, state=one.state, listing=summary_of(one.listing, shown))
    )


@router.put(
    "/listings/{listing_id}/favourite",
    summary="Add a favourite",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(ListingNotFoundError, OwnFavouriteError, ListingInactiveError, LimitReachedError),
)
async def create_favourite(session: DatabaseSession, caller: SignedIn, listing_id: ListingId) -> None:
    """Keep a listing to find it again; its seller sees who did. Again changes nothing."""
    await favourites.add_favourite(session, listing_id, caller.account_id, await business_now(session))


@router.delete(
    "/listings/{listing_id}/favourite",
    summary="Remove a favourite",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(ListingNotFoundError),
)
async def delete_favourite(session: DatabaseSession, caller: SignedIn, listing_id: ListingId) -> None:
    """Keep it no longer. Again changes nothing."""
    await favourites.delete_favourite(session, listing_id, caller.account_id)


@router.get(
    "/listings/{listing_id}/favourites",
    summary="List who favours a listing",
    responses=problems(ForbiddenError, ListingNotFoundError),
)
async def list_favourites(
    session: DatabaseSession,
    listing: Annotated[Listing, Depends(read_sold_by_caller)],
    page: PageParams,
    shown: AskedShown,
) -> PageOut[FavouriterOut]:
    """For its seller: who has it among their favourites and since when, the latest first."""
    found = await favourites.favouriters_of(session, listing.id, page)
    return show_page(found, lambda row: FavouriterOut(person=PersonOut.of(row[1], shown.photos), at=row[0].at))
