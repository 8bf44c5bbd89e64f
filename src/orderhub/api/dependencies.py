"""What a handler may ask for: the application's parts, a session, and who calls.

Every route asks for exactly one of `Public`, `SignedIn`, `TokenHeld` or a staff permission; a test
fails for a route that asks for none.
"""

import re
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request
from fastapi.security import OAuth2PasswordBearer
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.api.key_scopes import require_scope
from orderhub.domain.accounts.tokens import AccessTokens, Claims
from orderhub.domain.files.links import FileLinks, GivenLinks
from orderhub.domain.files.photos import PhotoLinks
from orderhub.domain.operator import Operator
from orderhub.domain.requests.caller import Caller
from orderhub.domain.requests.conditions import SIGNED_OUT, session_alive
from orderhub.domain.shops.calling import ShopKeys, is_key
from orderhub.infra.database import Database
from orderhub.kit.clock import real_now
from orderhub.kit.errors import ForbiddenError, UnauthenticatedError
from orderhub.kit.text import DEFAULT_LANGUAGE, Label, Language
from orderhub.settings import Settings

_LANGUAGE = re.compile(r"(?P<code>fr|en)(?:-[a-z0-9-]+)?\s*(?:;\s*q=(?P<weight>[01](?:\.[0-9]{0,3})?))?")
_LONGEST_HEADER = 500
_bearer = OAuth2PasswordBearer(
    "/v1/auth/token",
    refreshUrl="/v1/auth/refresh",
    auto_error=False,
    description="A JSON Web Token that ends soon, read as RFC8725 says: of one algorithm, one issuer, with its end.",
)


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of the running application, put together by ``bootstrap.py``; ``app.state.parts``."""

    settings: Settings
    database: Database
    tokens: AccessTokens
    operator: Operator
    others: dict[type, Any]
    """Ports by their type: payment providers, storage, mail …"""

    @property
    def photos(self) -> PhotoLinks:
        """The addresses of photos on show."""
        return self.others[FileLinks].photos

    def links_for(self, session_id: UUID | None) -> GivenLinks:
        """The links of this instant for whoever is signed in there."""
        return GivenLinks(self.others[FileLinks], session_id, real_now())


def parts_of(request: Request) -> Parts:
    """The application's parts."""
    return request.app.state.parts


async def get_parts(request: Request) -> Parts:
    """The application's parts, as a dependency."""
    return parts_of(request)


AppParts = Annotated[Parts, Depends(get_parts)]


async def get_photo_links(parts: AppParts) -> PhotoLinks:
    """The addresses of photos on show."""
    return parts.photos


Photos = Annotated[PhotoLinks, Depends(get_photo_links)]


async def get_session(parts: AppParts) -> AsyncGenerator[AsyncSession]:
    """A unit of work: committed before the answer leaves, so a failed commit is an error answer."""
    async with parts.database.session() as session:
        yield session


DatabaseSession = Annotated[AsyncSession, Depends(get_session, scope="function")]


async def read_token(request: Request, token: Annotated[str | None, Depends(_bearer)]) -> Claims:
    """The claims of the bearer token or the shop's key, its session not yet looked up.

    Raises UnauthenticatedError, KeyScopeError for a key that is not for this operation.
    """
    if token is None:
        raise UnauthenticatedError(
            Label(
                "Envoyez « Authorization: Bearer <jeton d’accès> », obtenu par POST /v1/auth/token.",
                "Send 'Authorization: Bearer <access token>' from POST /v1/auth/token.",
            )
        )
    parts = parts_of(request)
    if not is_key(token):
        return parts.tokens.read(token)
    claims = await parts.others[ShopKeys].read(token)
    require_scope(request.scope.get("endpoint"), claims)
    return claims


async def held_claims(request: Request) -> Claims:
    """The same without a dependency, for hot paths: FastAPI takes 10 µs for each."""
    return await read_token(request, await _bearer(request))


TokenHeld = Annotated[Claims, Depends(read_token)]
"""For hot paths only: their one statement looks the session up itself."""


async def sign_in(session: DatabaseSession, claims: TokenHeld) -> Caller:
    """The caller, whose session is alive at this moment and their own."""
    values = {"session_id": claims.session_id, "account_id": claims.account_id}
    if not await session.scalar(select(session_alive()), values):
        raise UnauthenticatedError(SIGNED_OUT)
    return Caller(claims.account_id, claims.session_id, claims.roles)


SignedIn = Annotated[Caller, Depends(sign_in)]


async def sign_in_if_token(
    session: DatabaseSession, request: Request, token: Annotated[str | None, Depends(_bearer)]
) -> Caller | None:
    """The caller of what anybody may read but its owner sees more of; None when no token came."""
    return None if token is None else await sign_in(session, await read_token(request, token))


MaybeSignedIn = Annotated[Caller | None, Depends(sign_in_if_token)]
"""A permission like `Public`; a token that came along must still be a good one."""


async def session_if_token(request: Request) -> UUID | None:
    """The session that a token names, not yet looked up; None without a token that can be read."""
    try:
        return (await held_claims(request)).session_id
    except UnauthenticatedError:
        return None


async def public() -> None:
    """Declares that anybody may call this operation."""


Public = Depends(public)
"""``dependencies=[Public]`` on a route that needs no sign-in."""


class StaffRole:
    """A permission: the caller has one of these staff roles."""

    def __init__(self, *roles: str) -> None:
        self.roles = frozenset(roles)

    async def __call__(self, caller: SignedIn) -> Caller:
        """The caller. Raises ForbiddenError for anybody without the role."""
        if not self.roles & caller.roles:
            raise ForbiddenError(
                Label(
                    f"Il faut pour cela le rôle {' ou '.join(sorted(self.roles))}.",
                    f"This needs the staff role {' or '.join(sorted(self.roles))}.",
                )
            )
        return caller


def language_of(request: Request) -> Language:
    """The language asked for by ``Accept-Language``; French when it says nothing we speak."""
    return choose_language(request.headers.get("accept-language", ""))


def choose_language(header: str) -> Language:
    """The language of ours that weighs most in an ``Accept-Language`` header (RFC 9110, 12.5.4)."""
    return _weighed(header[:_LONGEST_HEADER])  # no browser says more, and what is remembered is bounded


@lru_cache(maxsize=256)
def _weighed(header: str) -> Language:
    best, chosen = 0.0, DEFAULT_LANGUAGE
    for part in header.split(","):
        found = _LANGUAGE.fullmatch(part.strip().lower())
        if found and float(found["weight"] or 1) > best:
            best, chosen = float(found["weight"] or 1), Language(found["code"])
    return chosen


async def read_language(request: Request) -> Language:
    """The language asked for, as a dependency."""
    return language_of(request)


AskedLanguage = Annotated[Language, Depends(read_language)]
