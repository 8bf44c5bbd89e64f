"""Limits of requests: per account for who is signed in, per key of a shop, per address for the rest and for signing in.

Of IPv6, the /64 of an address is counted, since whoever has one address has them all.
"""

from collections.abc import Callable
from typing import Final

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from orderhub.api.clients import client_address
from orderhub.api.problems import answer
from orderhub.domain.accounts.tokens import Claims
from orderhub.domain.shops.calling import ShopKeys, is_key
from orderhub.infra.rate_limit import RateLimit, RateLimits
from orderhub.kit.errors import TooManyError, UnauthenticatedError
from orderhub.kit.networks import network_of
from orderhub.kit.text import Label
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
        self, app: ASGIApp, limits: RateLimits, settings: LimitSettings, read: Callable[[str], Claims], keys: ShopKeys
    ) -> None:
        self.app = app
        self._limits, self._settings, self._read, self._keys = limits, settings, read, keys

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
        claims = self._claims(scope)
        if claims is None:
            return await self._limits.take("address", self._settings.per_address, network)
        if claims.scopes is not None:
            return await self._limits.take("key", self._settings.per_account, claims.session_id.hex)
        return await self._limits.take("account", self._settings.per_account, claims.account_id.hex)

    def _claims(self, scope: Scope) -> Claims | None:
        """Those of a valid token or key. Anybody can write one; only what was issued has its own count."""
        sent = next((value for name, value in scope["headers"] if name == b"authorization"), b"")
        scheme, _, token = sent.decode("latin-1").partition(" ")
        if scheme.lower() != "bearer":
            return None
        try:
            return self._keys.seen(token) if is_key(token) else self._read(token)
        except UnauthenticatedError:
            return None


def _refusal(limit: RateLimit) -> TooManyError:
    return TooManyError(
        Label(
            f"Au plus {limit.quota} requêtes par minute. Attendez {limit.reset} secondes.",
            f"At most {limit.quota} requests a minute. Wait {limit.reset} seconds.",
        ),
        retry_after=limit.reset,
    )
