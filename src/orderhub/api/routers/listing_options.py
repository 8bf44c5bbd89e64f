"""The options of a listing. Each change of one is a change of its listing: the ETag is the listing's."""

from typing import Annotated

from fastapi import Depends, Response, status

from orderhub.api.dependencies import DatabaseSession
from orderhub.api.idempotency import IdempotentRoute
from orderhub.api.problems import problems
from orderhub.api.routers.listings import HELD_REFUSALS, OWN_REFUSALS, SEEN_REFUSALS, Visible, read_own, read_visible
from orderhub.api.routing import Router
from orderhub.api.schemas.base import OptionId
from orderhub.api.schemas.listing_options import OptionEdit, OptionIn, OptionOut, OptionsOut
from orderhub.api.versions import show_version
from orderhub.domain.catalog import options, queries
from orderhub.domain.catalog.errors import (
    CurrencyMismatchError,
    ListingIncompleteError,
    NoOptionsError,
    OptionNotFoundError,
)
from orderhub.domain.catalog.models import Listing
from orderhub.domain.contact_details.disclosure import to_public
from orderhub.domain.policies.room import LimitReachedError
from orderhub.infra.business_clock import business_now

router = Router(prefix="/listings/{listing_id}/options", route_class=IdempotentRoute)


@router.get("", summary="List the options of a listing", responses=problems(*SEEN_REFUSALS))
async def list_options(
    session: DatabaseSession, found: Annotated[Visible, Depends(read_visible)], response: Response
) -> OptionsOut:
    """What the listing offers now, the oldest first."""
    listing, seller = found
    show_version(response, listing.version)
    offered = await queries.options_of(session, listing.id)
    return OptionsOut(data=[OptionOut.of(option, listing, to_public((seller.country,))) for option in offered])


@router.post(
    "",
    summary="Add an option",
    status_code=status.HTTP_201_CREATED,
    responses=problems(
        *OWN_REFUSALS, *HELD_REFUSALS, NoOptionsError, LimitReachedError, ListingIncompleteError, CurrencyMismatchError
    ),
)
async def create_option(
    session: DatabaseSession, listing: Annotated[Listing, Depends(read_own)], body: OptionIn, response: Response
) -> OptionOut:
    """Offer something more, in the currency of the listing."""
    option = await options.create_option(session, listing, body.option(), await business_now(session))
    show_version(response, listing.version)
    return OptionOut.of(option, listing)


@router.patch(
    "/{option_id}",
    summary="Edit an option",
    responses=problems(*OWN_REFUSALS, *HELD_REFUSALS, OptionNotFoundError, CurrencyMismatchError),
)
async def update_option(
    session: DatabaseSession,
    listing: Annotated[Listing, Depends(read_own)],
    option_id: OptionId,
    body: OptionEdit,
    response: Response,
) -> OptionOut:
    """Change it for orders to come."""
    option = await options.update_option(session, listing, option_id, body.changes(), await business_now(session))
    show_version(response, listing.version)
    return OptionOut.of(option, listing)


@router.delete(
    "/{option_id}",
    summary="Remove an option",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(*OWN_REFUSALS, *HELD_REFUSALS, OptionNotFoundError),
)
async def delete_option(
    session: DatabaseSession, listing: Annotated[Listing, Depends(read_own)], option_id: OptionId, response: Response
) -> None:
    """Offer it no more. Orders that have it keep it."""
    await options.delete_option(session, listing, option_id, await business_now(session))
    show_version(response, listing.version)
