"""Orders: place, read, list, act. Hot paths: one statement in, one out, and the bytes go as they are."""

from dataclasses import asdict
from typing import Annotated

import msgspec
from fastapi import Body, Request, Response, status

from orderhub.api.dependencies import AskedLanguage, DatabaseSession, SignedIn, parts_of
from orderhub.api.key_scopes import for_keys
from orderhub.api.order_lists import ListOrders
from orderhub.api.orders import rendering
from orderhub.api.problems import problems
from orderhub.api.queries import query_of
from orderhub.api.request_context import Acting, ActingOrDry, Reading, json_response, respond
from orderhub.api.routing import Router
from orderhub.api.schemas.base import OrderId, PageOut
from orderhub.api.schemas.orders.action import Preparation
from orderhub.api.schemas.orders.actions import OrderAction, PlaceOrder
from orderhub.api.schemas.orders.order import (
    OrderCountOut,
    OrderCountsOut,
    OrderForecastOut,
    OrderOut,
    OrderSummaryOut,
)
from orderhub.api.versions import IfMatch, expected_versions
from orderhub.domain.accounts.errors import AddressMissingError, AddressNotFoundError
from orderhub.domain.catalog.errors import (
    ListingIncompleteError,
    OptionTwiceError,
    OptionUnknownError,
    PriceChangedError,
)
from orderhub.domain.catalog.shipping import NotShippedError
from orderhub.domain.files.errors import FileUnusableError, PhotoUnusableError
from orderhub.domain.offers.errors import OfferNotUsableError
from orderhub.domain.orders import engine, placing, queries
from orderhub.domain.orders.errors import (
    ListingReservedError,
    ListingUnavailableError,
    OrderNotFoundError,
    ReferenceUsedError,
)
from orderhub.domain.orders.forecast import forecast
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.orders.presentation import present_step, show_words
from orderhub.domain.overviews import orders as overviews
from orderhub.domain.overviews.order_counts import counts
from orderhub.domain.policies.room import LimitReachedError
from orderhub.domain.proforma.errors import ProformaAmountError
from orderhub.domain.refusals import GuardError, NotYoursError, OthersDecideError, StaffPartyError, TransitionError
from orderhub.domain.requests.diagnosis import answered_before, require_alive
from orderhub.domain.roles import Role
from orderhub.domain.shops.models import KeyScope
from orderhub.infra.idempotency import KeyInUseError, KeyRequiredError, KeyReusedError
from orderhub.kit.errors import ForbiddenError, StaleError
from orderhub.kit.text import Label

router = Router()

KEY_ERRORS = (KeyRequiredError, KeyInUseError, KeyReusedError)
REFUSALS = (
    OrderNotFoundError,
    NotYoursError,
    OthersDecideError,
    StaffPartyError,
    TransitionError,
    GuardError,
    LimitReachedError,
    OfferNotUsableError,
)


@router.post(
    "/orders",
    summary="Place an order",
    status_code=status.HTTP_201_CREATED,
    response_model=OrderOut,
    responses=problems(
        *KEY_ERRORS,
        ListingUnavailableError,
        OfferNotUsableError,
        ListingReservedError,
        ListingIncompleteError,
        LimitReachedError,
        NotShippedError,
        PriceChangedError,
        AddressMissingError,
        AddressNotFoundError,
        OptionUnknownError,
        OptionTwiceError,
    ),
)
async def place_order(request: Request, context: Acting, body: Annotated[PlaceOrder, Body()]) -> Response:
    """Buy a service with some of its options, what its seller offered you, or items of one seller.

    Pay it next. A service expires unpaid after 24 h. Items are reserved for 15 minutes, and on sale again then.
    """
    if body.looks_up() and (first := await answered_before(context.database, context.caller)):
        return respond(first)
    wanted = await body.prepare(context.database, context.caller.account_id)
    answer = await placing.place(
        context.database,
        context.caller,
        KINDS[body.kind],
        wanted,
        rendering(context),
        time_zone=parts_of(request).operator.time_zone,
    )
    return respond(answer)


@router.get(
    "/orders", summary="List orders", response_model=PageOut[OrderSummaryOut], responses=problems(ForbiddenError)
)
@for_keys(KeyScope.ORDERS_READ)
async def list_orders(context: Reading, query: Annotated[ListOrders, query_of(ListOrders)]) -> Response:
    """One's own orders, newest first; with ``role=staff`` everybody's, for staff only.

    A value that lists nothing beside the others, such as a status that none of the kinds has, is refused. A cursor
    goes on in the order that it was given for.
    """
    database, caller = context.database, context.caller
    if query.role is Role.STAFF and not caller.roles:
        await require_alive(database, caller)
        raise ForbiddenError(
            Label("Seules nos équipes listent les commandes de tout le monde.", "Only staff list everybody's orders.")
        )
    page, filters = query.page(), query.filters()
    found = await overviews.page_of(
        database, caller.account_id, caller.session_id, page, filters, context.language, context.links.photos
    )
    if found is None:
        await require_alive(database, caller)
        found = overviews.EMPTY
    return json_response(msgspec.json.encode(found))


@router.get("/orders/counts", summary="Count orders for tabs and badges")
@for_keys(KeyScope.ORDERS_READ)
async def get_order_counts(session: DatabaseSession, caller: SignedIn, language: AskedLanguage) -> OrderCountsOut:
    """One for each role, kind and status, zeros included, in the order of an order's life.

    The tab of a stage has the sum of `count` and `disputed` of its statuses.
    """
    return OrderCountsOut(
        data=[
            OrderCountOut.model_validate(
                {
                    **asdict(each),
                    **show_words(each.kind, each.status, KINDS[each.kind].stage(each.status), language),
                }
            )
            for each in await counts(session, caller.account_id)
        ]
    )


@router.get(
    "/orders/{order_id}", summary="Read an order", response_model=OrderOut, responses=problems(OrderNotFoundError)
)
@for_keys(KeyScope.ORDERS_READ)
async def get_order(context: Reading, order_id: OrderId) -> Response:
    """The order for its reader: labels, deadlines, what one may do now, and why not yet."""
    caller = context.caller
    loaded = await queries.read(context.database, caller, order_id)
    body = rendering(context)(loaded, loaded.actor(caller))
    return json_response(body, headers={"ETag": f'"{loaded.order.version}"'})


@router.get(
    "/orders/{order_id}/forecast",
    summary="Read what happens if nobody acts",
    response_model=OrderForecastOut,
    responses=problems(OrderNotFoundError),
)
@for_keys(KeyScope.ORDERS_READ)
async def get_order_forecast(context: Reading, order_id: OrderId) -> Response:
    """What the order's clocks will do, one after the other, and where that leaves the order and its money.

    Whatever anybody does meanwhile changes it.
    """
    loaded = await queries.read(context.database, context.caller, order_id)
    steps = forecast(loaded.order, loaded.now)
    return json_response(msgspec.json.encode({"data": [present_step(step, context.language) for step in steps]}))


@router.post(
    "/orders/{order_id}/transitions",
    summary="Act on an order",
    response_model=OrderOut,
    responses=problems(
        *KEY_ERRORS,
        *REFUSALS,
        PriceChangedError,
        ReferenceUsedError,
        ProformaAmountError,
        StaleError,
        FileUnusableError,
        PhotoUnusableError,
    ),
)
@for_keys(KeyScope.ORDERS_WRITE)
async def act_on_order(
    request: Request,
    context: ActingOrDry,
    order_id: OrderId,
    body: Annotated[OrderAction, Body()],
    if_match: IfMatch = None,
) -> Response:
    """Take a row of the order's table. A refusal says which actions are available instead.

    With `dry_run=true` it answers what it would give, and keeps nothing.
    """
    if body.looks_up() and (first := await engine.answered_before(context.database, context.caller, order_id)):
        return respond(first)
    command = await body.prepare(Preparation(context.database, context.caller, order_id))
    answer = await engine.perform(
        context.database,
        context.caller,
        order_id,
        body.action,
        command,
        rendering(context),
        operator=parts_of(request).operator,
        dry_run=context.dry_run,
        expected_version=expected_versions(if_match),
    )
    return respond(answer)
