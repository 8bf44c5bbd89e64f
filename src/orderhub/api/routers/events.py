"""The event feed, the live stream, and the tickets that let a browser open one."""

from collections.abc import AsyncIterable, Sequence
from typing import Annotated

import msgspec
from fastapi import Depends, Header, Query, Request, Response, status
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.api.dependencies import AppParts, Caller, DatabaseSession, SignedIn, read_token, sign_in
from orderhub.api.key_scopes import for_keys
from orderhub.api.permissions import SIGNED_IN, permission
from orderhub.api.problems import problems
from orderhub.api.request_context import json_response
from orderhub.api.routing import Router
from orderhub.api.schemas.base import Omittable, WholeNumber
from orderhub.api.schemas.events.feed import NOW, Cursor, CursorOrNow, EventFeed, StreamTicketOut
from orderhub.api.stream import Streams
from orderhub.domain.accounts.tokens import Claims
from orderhub.domain.events import tickets
from orderhub.domain.events.models import Event
from orderhub.domain.events.position import BEGINNING, OtherLogError, Position, read_position, write_position
from orderhub.domain.events.queries import Viewer, beginning, feed, require_given, settled_until
from orderhub.domain.events.shown import show
from orderhub.domain.shops.models import KeyScope
from orderhub.kit.errors import UnauthenticatedError
from orderhub.kit.text import Label

router = Router(prefix="/events")

RECONNECT_AFTER = 1000
"""Milliseconds that a client waits before it connects again."""

After = Annotated[
    Omittable[CursorOrNow],
    Query(description="The cursor to go on from, or `now` for what happens from this instant on."),
]


@router.get("", summary="Read the event feed", response_model=EventFeed, responses=problems(OtherLogError, 422))
@for_keys(KeyScope.EVENTS_READ)
async def list_events(
    session: DatabaseSession,
    caller: SignedIn,
    after: After = None,
    limit: Annotated[WholeNumber, Query(ge=1, le=100)] = 20,
) -> Response:
    """Events that the caller may see, in the order of commits, **oldest first**; none is ever missed.

    It begins with the first without `after`. With `after=now` it answers nothing but the cursor of this instant.
    Keep `next_cursor` and come back with it: an answer without events means that there is nothing new yet.
    A cursor from before the hub was restored from a backup is a 410, for ever: begin again without one.
    """
    if after == NOW:
        return _page([], write_position(await settled_until(session)))
    place = await _place(session, read_position(after)) if after else await beginning(session)
    found = await feed(session, _viewer(caller), place, limit)
    return _page(found, write_position(place.behind(found[-1].xid, found[-1].id)) if found else after)


def _page(found: Sequence[Event], next_cursor: str | None) -> Response:
    return json_response(msgspec.json.encode({"data": [show(event) for event in found], "next_cursor": next_cursor}))


@router.post("/stream/tickets", status_code=status.HTTP_201_CREATED, summary="Get a ticket for one stream")
async def create_stream_ticket(session: DatabaseSession, caller: SignedIn) -> StreamTicketOut:
    """A ticket that opens one stream within a minute, for a browser's `EventSource`, which sends no header."""
    ticket, expires_at = await tickets.issue(
        session, account_id=caller.account_id, session_id=caller.session_id, roles=caller.roles
    )
    return StreamTicketOut(ticket=ticket, expires_at=expires_at)


@permission(SIGNED_IN)
async def follow_stream(
    request: Request,
    parts: AppParts,
    ticket: Annotated[
        Omittable[Annotated[str, Field(max_length=64)]],
        Query(description="From `POST /v1/events/stream/tickets`, instead of the Authorization header."),
    ] = None,
) -> Caller:
    """The permission of the stream: a bearer token, or a ticket that nobody used yet.

    It has a unit of work of its own, so that a stream keeps no connection to the database.
    """
    parts.others[Streams].require_room()
    async with parts.database.session() as session:
        if ticket is None:
            return await sign_in(session, await _bearer(request))
        return await _redeem(session, ticket)


async def _bearer(request: Request) -> Claims:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return await read_token(request, token if scheme.lower() == "bearer" else None)


async def _redeem(session: AsyncSession, ticket: str) -> Caller:
    found = await tickets.redeem(session, ticket)
    if found is None:
        raise UnauthenticatedError(
            Label(
                "Ce ticket est inconnu, utilisé ou a plus d’une minute. Demandez-en un autre.",
                "This ticket is unknown, used or older than a minute. Get a new one.",
            )
        )
    return await sign_in(session, Claims(found.account_id, found.session_id, frozenset(found.roles)))


async def begin_after(
    parts: AppParts,
    after: After = None,
    last_event_id: Annotated[
        Omittable[Cursor],
        Header(alias="Last-Event-ID", description="The `id` of the last event received; sent by browsers."),
    ] = None,
) -> Position | None:
    """Where a stream begins; None for now. What the browser says last counts."""
    text = last_event_id or after
    if text is None or text == NOW:
        return None
    place = read_position(text, where="/after" if last_event_id is None else "/last-event-id")
    async with parts.database.session() as session:
        return await _place(session, place)


async def _place(session: AsyncSession, place: Position) -> Position:
    await require_given(session, place)
    return place


@router.get(
    "/stream",
    response_class=EventSourceResponse,
    summary="Follow events live",
    responses=problems(401, OtherLogError, 422, 503),
)
@for_keys(KeyScope.EVENTS_READ)
async def stream_events(
    parts: AppParts,
    caller: Annotated[Caller, Depends(follow_stream)],
    after: Annotated[Position | None, Depends(begin_after)],
) -> AsyncIterable[ServerSentEvent]:
    """The same events as the feed, as they happen (server-sent events).

    `id` is the feed's cursor, `event` the topic, `data` the event. Without `Last-Event-ID` or `after`,
    and with `after=now`, it begins now. It ends when the session is signed out or the server stops; connect again
    with the last id. Where that is of a log from before a restore, the answer is a 410, for ever: read the feed from
    the beginning.
    """
    streams: Streams = parts.others[Streams]  # made by bootstrap.py, which also stops it
    place = BEGINNING
    async for found in streams.follow(_viewer(caller), caller.session_id, after):
        if isinstance(found, Position):
            # An id without data sets where a browser goes on from, even before the first event.
            place = found
            yield ServerSentEvent(id=write_position(place), retry=RECONNECT_AFTER)
            continue
        for event in found:
            yield ServerSentEvent(
                id=write_position(place.behind(event.xid, event.id)),
                event=event.topic,
                raw_data=msgspec.json.encode(show(event)).decode(),
            )


def _viewer(caller: Caller) -> Viewer:
    return Viewer(caller.account_id, staff=bool(caller.roles))
