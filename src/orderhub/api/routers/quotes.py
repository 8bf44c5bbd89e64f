"""Quotes: ask for one, read them, prepare their versions."""

from typing import Annotated
from zoneinfo import ZoneInfo

import msgspec
from fastapi import Body, Depends, Query, Request, Response, status

from orderhub.api.clients import client_address
from orderhub.api.dependencies import AppParts, AskedLanguage, Caller, DatabaseSession, Photos, SignedIn, parts_of
from orderhub.api.idempotency import NONE, IdempotentRoute, idempotency
from orderhub.api.orders import rendering as orders_rendering
from orderhub.api.pages import Limit, PageParams, show_page
from orderhub.api.problems import problems
from orderhub.api.quotes import rendering
from orderhub.api.request_context import ActingOrDry, Changing, Reading, json_response, respond
from orderhub.api.routers.order_money import OlderThan
from orderhub.api.routers.orders import KEY_ERRORS
from orderhub.api.routing import Router
from orderhub.api.schemas.base import CartId, Omittable, PageOut, QuoteId
from orderhub.api.schemas.history import show_history
from orderhub.api.schemas.orders.order import OrderOut
from orderhub.api.schemas.process_codes import QuoteStatus
from orderhub.api.schemas.proformas import DraftIn
from orderhub.api.schemas.quote_actions import QuoteAction
from orderhub.api.schemas.quote_history import QuoteHistoryOut
from orderhub.api.schemas.quotes import (
    QuoteOut,
    QuoteRequestIn,
    QuoteSummaryOut,
    QuoteVersionOut,
    QuoteVersionsOut,
)
from orderhub.api.staff_permissions import Support
from orderhub.api.versions import ExpectedVersions, IfMatch, expected_versions
from orderhub.domain.accounts.errors import AddressMissingError, AddressNotFoundError
from orderhub.domain.carts.errors import CartClosedError, CartNotFoundError, CartNotReadyError
from orderhub.domain.files.photos import PhotoLinks
from orderhub.domain.orders.presentation import show_party
from orderhub.domain.orders.queries import history_of
from orderhub.domain.policies.room import LimitReachedError
from orderhub.domain.proforma.errors import ProformaAmountError, ProformaDatesError
from orderhub.domain.quotes import engine, queries, requesting, saving
from orderhub.domain.quotes.errors import (
    LineUnknownError,
    NotInPreparationError,
    QuoteNotFoundError,
    TermsOutdatedError,
)
from orderhub.domain.quotes.models import Quote
from orderhub.domain.quotes.presentation import present, show_version, summarise
from orderhub.domain.quotes.queries import QuoteRole
from orderhub.domain.quotes.requesting import QuoteRequest
from orderhub.domain.refusals import GuardError, NotYoursError, StaffPartyError, TransitionError
from orderhub.infra.business_clock import business_now
from orderhub.infra.idempotency import KeyInUseError, KeyReusedError
from orderhub.kit.errors import ForbiddenError, StaleError
from orderhub.kit.networks import show_address
from orderhub.kit.pages import DEFAULT_LIMIT
from orderhub.kit.text import Label, Language

router = Router(route_class=IdempotentRoute)

REFUSALS = (NotYoursError, StaffPartyError, TransitionError, GuardError, LimitReachedError)
StatusFilter = Annotated[
    Omittable[QuoteStatus],
    Query(description="Exactly this status."),
]
_encode = msgspec.json.encode


@router.post(
    "/carts/{cart_id}/quote-request",
    summary="Ask for a quote",
    status_code=status.HTTP_201_CREATED,
    response_model=QuoteOut,
    responses=problems(
        KeyInUseError,
        KeyReusedError,
        CartNotFoundError,
        CartClosedError,
        CartNotReadyError,
        LimitReachedError,
        TermsOutdatedError,
        AddressMissingError,
        AddressNotFoundError,
        StaleError,
    ),
)
@idempotency(NONE)
async def request_quote(
    context: Changing, request: Request, cart_id: CartId, body: QuoteRequestIn, expected: ExpectedVersions
) -> Response:
    """Everything in the cart that can be quoted is; the cart is closed, and staff are told.

    `If-Match` is the cart's `ETag`: nothing but what was looked at is asked for.
    """
    asked = QuoteRequest(
        cart_id,
        body.accept_terms_version,
        body.postal(),
        body.address_id,
        body.message,
        client=show_address(client_address(request.scope)),
        cart_version=expected,
    )
    return respond(await requesting.request_quote(context.database, context.caller, asked, rendering(context)))


@router.get("/quotes", summary="List quotes", responses=problems(ForbiddenError))
async def list_quotes(
    session: DatabaseSession,
    photos: Photos,
    caller: SignedIn,
    language: AskedLanguage,
    page: PageParams,
    role: Annotated[QuoteRole, Query(description="One's own, or with `staff` everybody's.")] = QuoteRole.BUYER,
    status: StatusFilter = None,
) -> PageOut[QuoteSummaryOut]:
    """One's own quotes, newest first; with `role=staff` everybody's, for staff only."""
    if role is QuoteRole.STAFF and not caller.roles:
        raise ForbiddenError(
            Label("Seules nos équipes listent les devis de tout le monde.", "Only staff list everybody's quotes.")
        )
    mine = caller.account_id if role is QuoteRole.BUYER else None
    found = await queries.quotes_of(session, mine, page, status)
    return show_page(found, lambda listed: _summary(listed, caller, language, photos))


def _summary(listed: queries.Listed, caller: Caller, language: Language, photos: PhotoLinks) -> QuoteSummaryOut:
    return QuoteSummaryOut.model_validate(
        summarise(listed.quote, show_party(listed.buyer, photos), caller.account_id, language)
    )


@router.get(
    "/quotes/{quote_id}", summary="Read a quote", response_model=QuoteOut, responses=problems(QuoteNotFoundError)
)
async def get_quote(context: Reading, quote_id: QuoteId) -> Response:
    """The quote for its reader: its newest version, what one may do now, and why not yet. Staff see the draft, too."""
    caller = context.caller
    loaded = await queries.read(context.database, caller, quote_id)
    body = rendering(context)(loaded, loaded.quote.actor(caller.account_id, caller.roles))
    return json_response(body, headers={"ETag": f'"{loaded.quote.version}"'})


async def read_visible(session: DatabaseSession, caller: SignedIn, quote_id: QuoteId) -> Quote:
    """The quote of the path, as far as the caller may see it."""
    return await queries.visible_quote(session, quote_id, caller.account_id, staff=bool(caller.roles))


@router.get("/quotes/{quote_id}/versions", summary="List a quote's versions", responses=problems(QuoteNotFoundError))
async def list_quote_versions(
    session: DatabaseSession, quote: Annotated[Quote, Depends(read_visible)]
) -> QuoteVersionsOut:
    """Every issued version, newest first, each as it was issued."""
    found = await queries.versions_of(session, quote.id)
    return QuoteVersionsOut(
        data=[QuoteVersionOut.model_validate(show_version(version, quote.current)) for version in found]
    )


@router.get("/quotes/{quote_id}/transitions", summary="Read a quote's history", responses=problems(QuoteNotFoundError))
async def list_quote_transitions(
    session: DatabaseSession,
    quote: Annotated[Quote, Depends(read_visible)],
    limit: Limit = DEFAULT_LIMIT,
    cursor: OlderThan = None,
) -> PageOut[QuoteHistoryOut]:
    """Everything that was done, newest first: the action, by whom, from which status to which."""
    rows = await history_of(session, quote.id, limit, int(cursor) if cursor else None)
    return show_history(QuoteHistoryOut, rows, limit, lambda row: row.data)


async def read_to_draft(
    session: DatabaseSession, caller: Support, quote_id: QuoteId, expected: ExpectedVersions
) -> Quote:
    """The quote of the path, locked, in preparation, in the version that was looked at."""
    now = await business_now(session)
    return await saving.take_to_draft(session, quote_id, caller.account_id, now, expected=expected)


@router.post(
    "/quotes/{quote_id}/versions",
    summary="Save a draft",
    response_model=QuoteOut,
    responses=problems(
        QuoteNotFoundError,
        StaffPartyError,
        NotInPreparationError,
        LineUnknownError,
        ProformaAmountError,
        ProformaDatesError,
        StaleError,
    ),
)
async def save_quote_draft(
    session: DatabaseSession,
    parts: AppParts,
    language: AskedLanguage,
    caller: Support,
    quote: Annotated[Quote, Depends(read_to_draft)],
    body: DraftIn,
) -> Response:
    """Price every line and say the terms, in place of the draft before; the totals are computed and answered.

    Nobody but staff sees it until `issue` publishes it as the next version.
    """
    now = await business_now(session)
    today = now.astimezone(ZoneInfo(parts.settings.house.time_zone)).date()
    await saving.save_draft(session, quote, body.written(), today, staff_id=caller.account_id)
    loaded = await queries.load(session, quote, now)
    shown = present(loaded, queries.state_of(quote).actor(caller.account_id, caller.roles), language, parts.photos)
    return json_response(_encode(shown), headers={"ETag": f'"{quote.version}"'})


@router.post(
    "/quotes/{quote_id}/transitions",
    summary="Act on a quote",
    response_model=QuoteOut,
    responses={
        **problems(
            *KEY_ERRORS,
            QuoteNotFoundError,
            NotYoursError,
            StaffPartyError,
            TransitionError,
            GuardError,
            ProformaDatesError,
            StaleError,
        ),
        status.HTTP_201_CREATED: {"model": OrderOut, "description": "Accepted: the order that it places."},
    },
)
@idempotency(NONE)
async def act_on_quote(
    request: Request,
    context: ActingOrDry,
    quote_id: QuoteId,
    body: Annotated[QuoteAction, Body()],
    if_match: IfMatch = None,
) -> Response:
    """Take a row of the quote's table; `accept` names the version and answers with the order.

    A refusal says which actions are available instead. With `dry_run=true` it answers what it would give, and keeps
    nothing.
    """
    answer = await engine.perform(
        context.database,
        context.caller,
        quote_id,
        body.action,
        body.model_dump(exclude={"action"}),
        rendering(context),
        orders_rendering(context),
        operator=parts_of(request).operator,
        dry_run=context.dry_run,
        expected_version=expected_versions(if_match),
    )
    return respond(answer)
