"""Limits of requests: per account for who is signed in, per address for the rest and for signing in.

Of IPv6, the /64 of an address is counted, since whoever has one address has them all.
"""

from collections.abc import Callable
from typing import Final

from fastapi import Request
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from orderhub.api.clients import client_address
from orderhub.api.problems import answer
from orderhub.domain.accounts.tokens import Claims
from orderhub.infra.rate_limit import RateLimit, RateLimits
from orderhub.kit.errors import TooManyError, UnauthenticatedError
from orderhub.kit.networks import network_of
from orderhub.settings import LimitSettings

_GUESSED: Final = frozenset({
    "/v1/auth/token",
    "/v1/accounts",
    "/v1/accounts/confirm",
    "/v1/accounts/confirm/resend",
    "/v1/accounts/password-reset",
    "/v1/accounts/password-reset/confirm",
})  # fmt: skip
"""Where somebody could guess secrets or flood mailboxes: POSTs with a limit of their own."""


class Limits:
    """Counts every request below ``/v1``, tells where the caller stands, refuses with a 429."""

    def __init__(
        self, app: ASGIApp, limits: RateLimits, settings: LimitSettings, read: Callable[[str], Claims]
    ) -> None:
        self.app = app
        self._limits, self._settings, self._read = limits, settings, read

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or not scope["path"].startswith("/v1/"):
            await self.app(scope, receive, send)
            return
        limit = await self._count(scope)
        added = [(name.lower().encode(), value.encode()) for name, value in limit.headers().items()]

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *added]
            await send(message)

        if limit.allowed:
            await self.app(scope, receive, sending)
        else:
            await answer(Request(scope), _refusal(limit))(scope, receive, sending)

    async def _count(self, scope: Scope) -> RateLimit:
        network = network_of(client_address(scope))
        if scope["method"] == "POST" and scope["path"] in _GUESSED:
            return await self._limits.take("sign-in", self._settings.sign_in, network)
        account = self._account(scope)
        if account is None:
            return await self._limits.take("address", self._settings.per_address, network)
        return await self._limits.take("account", self._settings.per_account, account)

    def _account(self, scope: Scope) -> str | None:
        """The account of a valid token. Anybody can write a token; only a signed one has its own count."""
        scheme, _, token = Headers(scope=scope).get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        try:
            return self._read(token).account_id.hex
        except UnauthenticatedError:
            return None


def _refusal(limit: RateLimit) -> TooManyError:
    return TooManyError(
        f"At most {limit.quota} requests a minute. Wait {limit.reset} seconds.", retry_after=limit.reset
    )
