"""Carts: gather, look, check. Reading a cart and adding a line are hot paths; the bytes go as they are."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from fastapi import Depends, Response, status

from orderhub.api.dependencies import AskedLanguage, DatabaseSession, SignedIn
from orderhub.api.idempotency import NONE, IdempotentRoute, idempotency
from orderhub.api.pages import PageParams, show_page
from orderhub.api.problems import problems
from orderhub.api.request_context import Changing, Reading, json_response, respond
from orderhub.api.routing import Router
from orderhub.api.schemas.base import CartId, LineId, Omittable, PageOut
from orderhub.api.schemas.carts import (
    AddLine,
    CartLineOut,
    CartOut,
    CartSummaryOut,
    CartVerdictOut,
    EditLine,
    OpenCart,
)
from orderhub.api.versions import ExpectedVersions, IfMatch, expected_versions, show_version
from orderhub.domain.carts import adding, queries, service
from orderhub.domain.carts.errors import CartClosedError, CartLineNotFoundError, CartNotFoundError
from orderhub.domain.carts.models import Cart, CartStatus
from orderhub.domain.carts.presentation import present, present_verdict, show_line, summarise
from orderhub.domain.carts.rules import Line
from orderhub.domain.policies.room import LimitReachedError
from orderhub.infra.business_clock import business_now
from orderhub.infra.idempotency import KeyInUseError, KeyReusedError

router = Router(route_class=IdempotentRoute)

CHANGE_REFUSALS = (CartNotFoundError, CartClosedError)
_KEY_REFUSALS = (KeyInUseError, KeyReusedError)
_encode = msgspec.json.encode


async def read_to_change(
    session: DatabaseSession, caller: SignedIn, cart_id: CartId, expected: ExpectedVersions
) -> Cart:
    """The caller's own open cart of the path, locked, in the version they looked at."""
    return await service.to_change(session, cart_id, caller.account_id, expected)


@router.get("/carts", summary="List carts")
async def list_carts(
    session: DatabaseSession,
    caller: SignedIn,
    language: AskedLanguage,
    page: PageParams,
    status: Omittable[CartStatus] = None,
) -> PageOut[CartSummaryOut]:
    """One's own, the newest first: those still open, and those that a quote was asked for."""
    found = await queries.carts_of(session, caller.account_id, page, status)
    return show_page(found, lambda cart: CartSummaryOut.model_validate(summarise(cart, language)))


@router.post(
    "/carts",
    summary="Open a cart",
    status_code=status.HTTP_201_CREATED,
    response_model=CartOut,
    responses={
        200: {"model": CartOut, "description": "The account's open cart, as it stands."},
        **problems(LimitReachedError),
    },
)
async def create_cart(session: DatabaseSession, caller: SignedIn, language: AskedLanguage, body: OpenCart) -> Response:
    """An account has one open cart, kept over weeks: a second request answers it with 200.

    With `separate` a further one is opened each time, beside the usual one.
    """
    now = await business_now(session)
    cart_id, is_new = await service.create_cart(session, caller.account_id, separate=body.separate, now=now)
    loaded = await queries.load(session, cart_id, caller.account_id)
    shown = present(loaded, language)
    headers = {"ETag": f'"{loaded.cart.version}"'} | ({"Location": f"/v1/carts/{shown['id']}"} if is_new else {})
    return json_response(_encode(shown), status.HTTP_201_CREATED if is_new else status.HTTP_200_OK, headers)


@router.get("/carts/{cart_id}", summary="Read a cart", response_model=CartOut, responses=problems(CartNotFoundError))
async def get_cart(context: Reading, cart_id: CartId) -> Response:
    """One's own cart, each line with its shop and with what is to be said of it now."""
    loaded = await queries.read(context.database, context.caller, cart_id)
    return json_response(_encode(present(loaded, context.language)), headers={"ETag": f'"{loaded.cart.version}"'})


@router.delete(
    "/carts/{cart_id}",
    summary="Delete a cart",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(*CHANGE_REFUSALS),
)
async def delete_cart(session: DatabaseSession, cart: Annotated[Cart, Depends(read_to_change)]) -> None:
    """With its lines, for good. One that a quote was asked for stays."""
    await service.delete_cart(session, cart)


@router.post(
    "/carts/{cart_id}/lines",
    summary="Add a line to a cart",
    status_code=status.HTTP_201_CREATED,
    response_model=CartLineOut,
    responses=problems(*_KEY_REFUSALS, *CHANGE_REFUSALS, LimitReachedError),
)
@idempotency(NONE)
async def create_cart_line(context: Changing, cart_id: CartId, body: AddLine, if_match: IfMatch = None) -> Response:
    """The shop is the one whose site the page is on, else the one given. A line without one is kept, and told so.

    `ETag` is the cart's new version.
    """

    def render(line: Line, twin: UUID | None) -> bytes:
        return _encode(show_line(line, twin, context.language))

    answer = await adding.add_line(
        context.database, context.caller, cart_id, body.wanted(), render, expected=expected_versions(if_match)
    )
    return respond(answer)


@router.patch(
    "/carts/{cart_id}/lines/{line_id}",
    summary="Change a line of a cart",
    response_model=CartLineOut,
    responses=problems(*CHANGE_REFUSALS, CartLineNotFoundError),
)
async def update_cart_line(
    session: DatabaseSession,
    language: AskedLanguage,
    cart: Annotated[Cart, Depends(read_to_change)],
    line_id: LineId,
    body: EditLine,
) -> Response:
    """Change some of it; two who change different things at once both have their way."""
    await service.change_line(session, cart, line_id, body.changes(), await business_now(session))
    loaded = await queries.load(session, cart.id, cart.account_id)
    shown: list[dict[str, Any]] = present(loaded, language)["lines"]
    place = next(place for place, line in enumerate(loaded.lines) if line.id == line_id)
    return json_response(_encode(shown[place]), headers={"ETag": f'"{cart.version}"'})


@router.delete(
    "/carts/{cart_id}/lines/{line_id}",
    summary="Remove a line from a cart",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(*CHANGE_REFUSALS, CartLineNotFoundError),
)
async def delete_cart_line(
    session: DatabaseSession, cart: Annotated[Cart, Depends(read_to_change)], line_id: LineId, response: Response
) -> None:
    """`ETag` is the cart's new version."""
    await service.remove_line(session, cart, line_id, await business_now(session))
    show_version(response, cart.version)


@router.post(
    "/carts/{cart_id}/validate",
    summary="Check a cart",
    response_model=CartVerdictOut,
    responses=problems(*CHANGE_REFUSALS),
)
async def validate_cart(
    session: DatabaseSession, language: AskedLanguage, cart: Annotated[Cart, Depends(read_to_change)]
) -> Response:
    """What is wrong, line by line, and whether a quote may be asked for. Changes nothing.

    The verdict holds for the `version` that it names: as `If-Match` it makes sure that nothing else is requested.
    """
    loaded = await queries.load(session, cart.id, cart.account_id)
    return json_response(_encode(present_verdict(loaded, language)), headers={"ETag": f'"{cart.version}"'})
