"""`Idempotency-Key` on cold POSTs: a repeated request has one effect and one answer.

``APIRouter(route_class=IdempotentRoute)`` is enough: each signed-in POST then accepts the header.
``@idempotency(REQUIRED)`` under ``@router.post`` demands it, ``SECRET`` never keeps the answer, ``NONE``
is for handlers that keep no unit of work (a provider is called between two transactions).

The key is claimed once every dependency, and with it every permission, has let the caller through;
the answer is stored in the handler's own unit of work, before it is committed. Whatever refuses,
even the commit, therefore stores nothing. Hot paths do the same within their one statement.
"""

import hashlib
import inspect
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from functools import wraps
from typing import Annotated, Any, Final, TypeVar
from uuid import UUID

from fastapi import Depends, Header, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.routing import APIRoute
from sqlalchemy import ColumnElement, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.datastructures import UploadFile

from orderhub.api.dependencies import DatabaseSession, SignedIn, public
from orderhub.api.schemas.forms import Form
from orderhub.infra.idempotency import (
    ERASED,
    KEPT,
    AlreadyDoneError,
    IdempotencyKey,
    KeyInUseError,
    KeyRequiredError,
    KeyReusedError,
    claim_text,
    try_claim,
)
from orderhub.kit.clock import real_now

ACCEPTED: Final = "accepted"
REQUIRED: Final = "required"
SECRET: Final = "secret"  # noqa: S105 - the name of a mode
NONE: Final = "none"

_REPEATED: Final = ("etag", "location", "content-type")
_SHOWN_ONCE: Final = "This was done before. What it answered is shown once: make a new one with a new key."
_PIECE: Final = 1_048_576
_modes: Final[dict[Any, str]] = {}

F = TypeVar("F", bound=Callable[..., Any])


def idempotency(mode: str) -> Callable[[F], F]:
    """Say how an operation treats the key; write it below ``@router.post``."""

    def mark(endpoint: F) -> F:
        _modes[endpoint] = mode
        return endpoint

    return mark


KeyHeader = Annotated[
    Annotated[str, Form("^[\\x21-\\x7e]+$", "Send ASCII letters, digits and signs, without blanks.")] | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=200,
        description="Any text that is new for each thing you want to do. The same request again answers the same.",
    ),
]


class _Replay(Exception):  # noqa: N818 - no error: it carries the first answer past the handler
    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response


@dataclass(frozen=True, slots=True)
class _Claim:
    """One request with a key, within its unit of work."""

    request: Request
    session: AsyncSession
    account_id: UUID
    key: str | None

    @property
    def operation(self) -> str:
        return f"{self.request.method} {self.request.url.path}"

    def _row(self) -> ColumnElement[bool]:
        return (
            (IdempotencyKey.account_id == self.account_id)
            & (IdempotencyKey.operation == self.operation)
            & (IdempotencyKey.key == self.key)
        )

    async def take(self, mode: str) -> None:
        """Go on when this key is new. Raises KeyInUseError, KeyReusedError, AlreadyDoneError or `_Replay`."""
        claim = claim_text(self.account_id, self.operation, self.key or "")
        if not await self.session.scalar(select(try_claim()), {"claim": claim}):
            raise KeyInUseError
        # One statement reads the row and writes to it: a replay commits, too.
        found = await self.session.execute(
            update(IdempotencyKey)
            .where(self._row(), IdempotencyKey.created_at > real_now() - KEPT)
            .values(replays=IdempotencyKey.replays + 1)
            .returning(IdempotencyKey.request_hash, IdempotencyKey.status, IdempotencyKey.body, IdempotencyKey.headers)
        )
        first = found.one_or_none()
        if first is None:
            return
        if first.request_hash != await _hash(self.request):
            raise KeyReusedError
        if mode == SECRET:
            raise AlreadyDoneError(_SHOWN_ONCE)
        if first.status == ERASED:
            raise AlreadyDoneError
        raise _Replay(Response(first.body, first.status, {**first.headers, "Idempotency-Replayed": "true"}))

    async def keep(self, response: Response, mode: str) -> None:
        """Store what is about to be answered; in place of a row that is older than keys are kept."""
        values = {
            "request_hash": await _hash(self.request),
            "status": response.status_code,
            "body": b"" if mode == SECRET else bytes(response.body),
            "headers": {name: response.headers[name] for name in _REPEATED if name in response.headers},
            "created_at": real_now(),
            "replays": 0,
        }
        row = {"account_id": self.account_id, "operation": self.operation, "key": self.key, **values}
        statement = insert(IdempotencyKey).values(row)
        await self.session.execute(
            statement.on_conflict_do_update(index_elements=["account_id", "operation", "key"], set_=values)
        )


async def _hash(request: Request) -> bytes:
    """SHA-256 of query and body; of a form its fields, since the boundary between them is never the same."""
    found = hashlib.sha256(request.url.query.encode())
    if not request.headers.get("content-type", "").startswith("multipart/"):
        found.update(await request.body())
        return found.digest()
    for name, value in (await request.form()).multi_items():
        found.update(name.encode())
        found.update(await _digest(value) if isinstance(value, UploadFile) else value.encode())
    return found.digest()


async def _digest(upload: UploadFile) -> bytes:
    found = hashlib.sha256()
    await upload.seek(0)
    while piece := await upload.read(_PIECE):
        await run_in_threadpool(found.update, piece)
    await upload.seek(0)
    return found.digest()


async def _claim(request: Request, session: DatabaseSession, caller: SignedIn, key: KeyHeader = None) -> _Claim:
    return _Claim(request, session, caller.account_id, key)


class IdempotentRoute(APIRoute):
    """A route that keeps the answers of its signed-in POSTs by their key."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        is_public = any(depends.dependency is public for depends in options.get("dependencies") or ())
        is_post = "POST" in (options.get("methods") or ())
        mode = _modes.get(endpoint, ACCEPTED) if is_post and not is_public else NONE
        self.idempotency = mode
        super().__init__(path, endpoint if mode == NONE else _claiming(endpoint, mode), **options)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """FastAPI's own handler, and around it: the first answer again, or this one kept."""
        handle = super().get_route_handler()
        if self.idempotency == NONE:
            return handle

        async def handling(request: Request) -> Response:
            try:
                response = await handle(request)
            except _Replay as replay:
                # Caught within the unit of work, which therefore commits what the replay wrote.
                return replay.response
            claim: _Claim | None = getattr(request.state, "claim", None)
            if claim is not None and response.status_code < 300:  # noqa: PLR2004 - refusals are decided anew
                await claim.keep(response, self.idempotency)
            return response

        return handling


def _claiming(endpoint: Callable[..., Awaitable[Any]], mode: str) -> Callable[..., Awaitable[Any]]:
    """The handler, claiming the key first. FastAPI runs it once all its dependencies are there."""

    @wraps(endpoint)
    async def claiming(*, claim_: _Claim, **values: Any) -> Any:
        if claim_.key is None and mode == REQUIRED:
            raise KeyRequiredError
        if claim_.key is not None:
            await claim_.take(mode)
            claim_.request.state.claim = claim_
        return await endpoint(**values)

    signature = inspect.signature(endpoint)
    asked = inspect.Parameter("claim_", inspect.Parameter.KEYWORD_ONLY, annotation=Annotated[_Claim, Depends(_claim)])
    vars(claiming)["__signature__"] = signature.replace(parameters=[*signature.parameters.values(), asked])
    return claiming
