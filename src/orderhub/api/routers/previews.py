"""What an order would cost, before it is placed."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.api.dependencies import Caller, DatabaseSession, MaybeSignedIn, Public
from orderhub.api.idempotency import IdempotentRoute
from orderhub.api.problems import problems
from orderhub.api.routers.listings import SEEN_REFUSALS, Visible, read_visible
from orderhub.api.routing import Router
from orderhub.api.schemas.previews import ItemPreviewOut, PreviewIn, PreviewOut, ServicePreviewOut
from orderhub.domain.accounts.addresses import default_country, find_address
from orderhub.domain.accounts.errors import AddressNotFoundError
from orderhub.domain.accounts.models import Account
from orderhub.domain.catalog import previewing, queries
from orderhub.domain.catalog.errors import (
    CurrencyMismatchError,
    ListingIncompleteError,
    OptionTwiceError,
    OptionUnknownError,
)
from orderhub.domain.catalog.models import Listing, ListingKind
from orderhub.domain.catalog.pricing import price_order
from orderhub.domain.catalog.shipping import NotShippedError
from orderhub.domain.contact_details.disclosure import to_public
from orderhub.domain.offers import using
from orderhub.domain.offers.errors import OfferNotUsableError
from orderhub.domain.policies.queries import current
from orderhub.infra.business_clock import business_now
from orderhub.kit.errors import UnauthenticatedError, invalid_field
from orderhub.kit.money import Money
from orderhub.kit.text import Label

router = Router(route_class=IdempotentRoute)


@router.post(
    "/listings/{listing_id}/preview",
    summary="Preview an order",
    dependencies=[Public],
    responses=problems(
        *SEEN_REFUSALS,
        ListingIncompleteError,
        OptionUnknownError,
        OptionTwiceError,
        CurrencyMismatchError,
        AddressNotFoundError,
        NotShippedError,
        OfferNotUsableError,
    ),
)
async def preview_order(
    session: DatabaseSession, caller: MaybeSignedIn, found: Annotated[Visible, Depends(read_visible)], body: PreviewIn
) -> PreviewOut:
    """What a service costs with these options, and when it would be due if it were accepted now.

    Of an item, what it costs with its shipping and the protection fee. Nothing is reserved.
    """
    listing, seller = found
    body.check_kind(ListingKind(listing.kind))
    if listing.kind == ListingKind.ITEM.value:
        return await _of_items(session, caller, listing, seller, body)
    offered = queries.price_list(listing, await queries.options_of(session, listing.id))
    priced, words = price_order(offered, body.options), to_public((seller.country,))
    return ServicePreviewOut.of(priced, await business_now(session), words)


async def _of_items(
    session: AsyncSession, caller: Caller | None, listing: Listing, seller: Account, body: PreviewIn
) -> ItemPreviewOut:
    listings = await previewing.together(session, listing, body.listing_ids)
    bundle = previewing.price_items(
        await current(session),
        listings,
        origin=seller.country,
        destination=await _destination(session, caller, body),
        agreed=await _agreed(session, caller, [each.id for each in listings], body),
    )
    return ItemPreviewOut.of(bundle, to_public((seller.country,)))


async def _destination(session: AsyncSession, caller: Caller | None, body: PreviewIn) -> str:
    if body.country is not None:
        return body.country
    if body.address_id is not None:
        return (await find_address(session, _signed_in(caller).account_id, body.address_id)).country
    country = None if caller is None else await default_country(session, caller.account_id)
    if country is None:
        detail = Label("Dites vers quel pays l’envoyer, ou connectez-vous.", "Say to which country, or sign in.")
        raise invalid_field("/country", "missing", detail)
    return country


async def _agreed(session: AsyncSession, caller: Caller | None, items: list[UUID], body: PreviewIn) -> Money | None:
    if body.offer_id is None:
        return None
    now = await business_now(session)
    return await using.agreed_on(session, _signed_in(caller).account_id, body.offer_id, items, now)


def _signed_in(caller: Caller | None) -> Caller:
    if caller is None:
        raise UnauthenticatedError
    return caller
