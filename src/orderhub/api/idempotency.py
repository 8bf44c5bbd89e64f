"""`Idempotency-Key` on cold POSTs: a repeated request has one effect and one answer.

``APIRouter(route_class=IdempotentRoute)`` is enough: each signed-in POST then accepts the header.
``@idempotency(REQUIRED)`` under ``@router.post`` demands it, ``SECRET`` never keeps the answer, ``NONE``
is for handlers that keep no unit of work (a provider is called between two transactions).

The key is claimed once every dependency, and with it every permission, has let the caller through;
the answer is stored in the handler's own unit of work, before it is committed. Whatever refuses,
even the commit, therefore stores nothing. Hot paths do the same within their one statement.
"""

import inspect
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Annotated, Any, Final, TypeVar
from uuid import UUID

from fastapi import Depends, Header, Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, RouteContext
from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.api.dependencies import DatabaseSession, SignedIn, public
from orderhub.api.request_hashes import hash_of
from orderhub.api.schemas.base import Omittable
from orderhub.api.schemas.forms import Form
from orderhub.infra.idempotency import AlreadyDoneError, KeyRequiredError
from orderhub.infra.used_keys import UsedKey
from orderhub.kit.text import Label

ACCEPTED: Final = "accepted"
REQUIRED: Final = "required"
SECRET: Final = "secret"  # noqa: S105 - the name of a mode
NONE: Final = "none"

_REPEATED: Final = ("etag", "location", "content-type")
_SHOWN_ONCE: Final = Label(
    "C’est déjà fait. La réponse n’est montrée qu’une fois : refaites-en un avec une nouvelle clé.",
    "This was done before. What it answered is shown once: make a new one with a new key.",
)
_modes: Final[dict[Any, str]] = {}

_demanding: Final[set[Any]] = set()
"""Dependencies that demand a key."""

F = TypeVar("F", bound=Callable[..., Any])


def idempotency(mode: str) -> Callable[[F], F]:
    """Say how an operation treats the key; write it below ``@router.post``."""

    def mark(endpoint: F) -> F:
        _modes[endpoint] = mode
        return endpoint

    return mark


KeyHeader = Annotated[
    Omittable[
        Annotated[
            str,
            Field(min_length=1, max_length=200),
            Form(
                "^[!-~]+$",
                Label(
                    "Envoyez des lettres, chiffres et signes ASCII, sans blanc.",
                    "Send ASCII letters, digits and signs, without blanks.",
                ),
            ),
        ]
    ],
    Header(
        alias="Idempotency-Key",
        description="Any text that is new for each thing you want to do. The same request again answers the same.",
    ),
]


def demands_key(dependency: F) -> F:
    """Mark a dependency that raises KeyRequiredError."""
    _demanding.add(dependency)
    return dependency


def requires_key(route: RouteContext) -> bool:
    """Whether an operation is refused without a key, unless it keeps nothing."""
    marked = getattr(route.original_route, "idempotency", NONE) == REQUIRED
    return marked or any(call in _demanding for call in _calls(route.dependant))


def _calls(dependant: Dependant) -> Iterator[Any]:
    yield dependant.call
    for inner in dependant.dependencies:
        yield from _calls(inner)


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
    request_hash: bytes

    @property
    def _used(self) -> UsedKey:
        operation = f"{self.request.method} {self.request.url.path}"
        return UsedKey(self.account_id, operation, self.key or "", self.request_hash)

    async def take(self, mode: str) -> None:
        """Go on when this key is new. Raises KeyInUseError, KeyReusedError, AlreadyDoneError or `_Replay`."""
        first = await self._used.find_first(self.session)
        if first is None:
            return
        if mode == SECRET:
            raise AlreadyDoneError(_SHOWN_ONCE)
        raise _Replay(Response(first.body, first.status, {**first.headers, "Idempotency-Replayed": "true"}))

    async def keep(self, response: Response, mode: str) -> None:
        """Store what is about to be answered."""
        body = b"" if mode == SECRET else bytes(response.body)
        headers = {name: response.headers[name] for name in _REPEATED if name in response.headers}
        await self._used.keep(self.session, response.status_code, body, headers)


async def _claim(request: Request, session: DatabaseSession, caller: SignedIn, key: KeyHeader = None) -> _Claim:
    return _Claim(request, session, caller.account_id, key, await hash_of(request) if key else b"")


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
