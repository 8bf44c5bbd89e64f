"""Offers: a price proposed to one person; make one, answer one, see where they stand."""

from typing import Annotated

import msgspec
from fastapi import Body, Query, Response, status

from orderhub.api.dependencies import AppParts, AskedLanguage, DatabaseSession, SignedIn
from orderhub.api.idempotency import NONE, IdempotentRoute, idempotency
from orderhub.api.offers import rendering, rendering_all
from orderhub.api.pages import PageParams
from orderhub.api.problems import problems
from orderhub.api.request_context import ActingOrDry, Changing, Reading, json_response, respond
from orderhub.api.routers.orders import KEY_ERRORS
from orderhub.api.routing import Router
from orderhub.api.schemas.base import ListingId, OfferId, Omittable, PageOut
from orderhub.api.schemas.offer_actions import OfferAction
from orderhub.api.schemas.offer_history import OfferHistoryListOut, OfferHistoryOut
from orderhub.api.schemas.offers import OfferIn, OfferOut, OffersMadeOut
from orderhub.api.schemas.process_codes import OfferStatus
from orderhub.api.versions import IfMatch, expected_versions
from orderhub.domain.catalog.errors import (
    CurrencyMismatchError,
    ListingNotFoundError,
    ListingReservedError,
    ListingSoldError,
)
from orderhub.domain.offers import engine, making, queries
from orderhub.domain.offers.errors import (
    NobodyToOfferError,
    NotFavouritedError,
    NotOnSaleError,
    OfferAmountError,
    OfferNotFoundError,
    OfferOpenError,
    OffersNotTakenError,
    OwnListingOfferError,
)
from orderhub.domain.offers.presentation import present
from orderhub.domain.offers.queries import OfferRole
from orderhub.domain.policies.room import LimitReachedError
from orderhub.domain.refusals import GuardError, NotYoursError, OthersDecideError, TransitionError
from orderhub.domain.transitions.models import History
from orderhub.infra.idempotency import KeyInUseError, KeyReusedError
from orderhub.kit.errors import ForbiddenError, StaleError
from orderhub.kit.text import Label

router = Router(route_class=IdempotentRoute)
_encode = msgspec.json.encode
StatusFilter = Annotated[Omittable[OfferStatus], Query(description="Exactly this status.")]
ListingFilter = Annotated[Omittable[ListingId], Query(description="On this listing.")]


@router.post(
    "/listings/{listing_id}/offers",
    summary="Offer an amount for an item",
    status_code=status.HTTP_201_CREATED,
    response_model=OffersMadeOut,
    responses=problems(
        KeyInUseError,
        KeyReusedError,
        ForbiddenError,
        ListingNotFoundError,
        OwnListingOfferError,
        OffersNotTakenError,
        ListingReservedError,
        ListingSoldError,
        NotOnSaleError,
        OfferOpenError,
        NobodyToOfferError,
        NotFavouritedError,
        OfferAmountError,
        CurrencyMismatchError,
        LimitReachedError,
    ),
)
@idempotency(NONE)
async def create_offer(context: Changing, listing_id: ListingId, body: OfferIn) -> Response:
    """A buyer's offer, which the seller's private floors may answer at once; or with `to` its seller's, one to each.

    Whoever it is made to has 72 hours to answer. Once accepted, the buyer has 24 hours to pay, and nothing is
    reserved for them until then.
    """
    wanted = making.Wanted(listing_id, body.amount.model_dump(), body.message, body.recipients())
    return respond(await making.make(context.database, context.caller, wanted, rendering_all(context)))


@router.get("/offers", summary="List offers", response_model=PageOut[OfferOut], responses=problems(ForbiddenError))
async def list_offers(
    session: DatabaseSession,
    parts: AppParts,
    caller: SignedIn,
    language: AskedLanguage,
    page: PageParams,
    role: Annotated[OfferRole, Query(description="As their buyer or as their seller; with `staff` everybody's.")] = (
        OfferRole.BUYER
    ),
    status: StatusFilter = None,
    listing_id: ListingFilter = None,
) -> Response:
    """One's own offers on one side, newest first, each with all that a screen shows; with `role=staff` everybody's."""
    if role is OfferRole.STAFF and not caller.roles:
        raise ForbiddenError(
            Label("Seules nos équipes listent les offres de tout le monde.", "Only staff list everybody's offers.")
        )
    found = await queries.offers_of(session, caller.account_id, role, page, status, listing_id)
    links = parts.links_for(caller.session_id)
    shown = [present(each, each.offer.actor(caller.account_id), language, links) for each in found.data]
    return json_response(_encode({"data": shown, "next_cursor": found.next_cursor}))


@router.get(
    "/offers/{offer_id}", summary="Read an offer", response_model=OfferOut, responses=problems(OfferNotFoundError)
)
async def get_offer(context: Reading, offer_id: OfferId) -> Response:
    """The offer for its reader: the listing, the other party, who is waited for until when, and what follows."""
    loaded = await queries.read(context.database, context.caller, offer_id)
    body = rendering(context)(loaded, loaded.offer.actor(context.caller.account_id))
    return json_response(body, headers={"ETag": f'"{loaded.offer.version}"'})


@router.get("/offers/{offer_id}/transitions", summary="Read an offer's history", responses=problems(OfferNotFoundError))
async def list_offer_transitions(session: DatabaseSession, caller: SignedIn, offer_id: OfferId) -> OfferHistoryListOut:
    """Everything that happened to it, newest first. An offer that was countered goes on in another one."""
    await queries.require_visible(session, offer_id, caller.account_id, staff=bool(caller.roles))
    rows = await queries.history_of(session, offer_id)
    return OfferHistoryListOut(data=[OfferHistoryOut.model_validate(_happened(row)) for row in rows])


def _happened(row: History) -> dict[str, object]:
    return {
        "version": row.version,
        "action": row.action,
        "from": row.from_status or None,
        "to": row.to_status,
        "by": row.by,
        "at": row.at,
        "said": row.data,
    }


@router.post(
    "/offers/{offer_id}/transitions",
    summary="Answer or withdraw an offer",
    response_model=OfferOut,
    responses={
        **problems(
            *KEY_ERRORS,
            OfferNotFoundError,
            NotYoursError,
            OthersDecideError,
            TransitionError,
            GuardError,
            OfferAmountError,
            CurrencyMismatchError,
            LimitReachedError,
            StaleError,
        ),
        status.HTTP_201_CREATED: {"model": OfferOut, "description": "Countered: the offer that answers it."},
    },
)
@idempotency(NONE)
async def act_on_offer(
    context: ActingOrDry, offer_id: OfferId, body: Annotated[OfferAction, Body()], if_match: IfMatch = None
) -> Response:
    """Take a row of the offer's table; `accept` names the amount, `counter` answers with the offer that it makes.

    A refusal says which actions are available instead. With `dry_run=true` it answers what it would give, and keeps
    nothing.
    """
    answer = await engine.perform(
        context.database,
        context.caller,
        offer_id,
        body.action,
        body.model_dump(exclude={"action"}),
        rendering(context),
        dry_run=context.dry_run,
        expected_version=expected_versions(if_match),
    )
    return respond(answer)
