"""Access tokens: who calls, until when. A token holds only while its session is alive."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import jwt

from orderhub.kit.clock import real_now
from orderhub.kit.errors import UnauthenticatedError
from orderhub.kit.text import Label

_ALGORITHM = "HS256"
_ISSUER = "orderhub"
_MOST_SEEN = 10_000


@dataclass(frozen=True, slots=True)
class Claims:
    """What a token says. Roles change only together with the session, so they may be believed."""

    account_id: UUID
    session_id: UUID
    roles: frozenset[str]
    scopes: frozenset[str] | None = None
    """What a key of a shop is for; None for a person, who may do whatever their account may."""


class AccessTokens:
    """Issues and reads the signed tokens of one deployment."""

    def __init__(self, secret: str, life: timedelta) -> None:
        self._secret = secret
        self._seen: dict[str, tuple[Claims, float]] = {}
        self.life = life

    def issue(self, claims: Claims, now: datetime | None = None) -> str:
        """A token for these claims, valid from real time ``now`` for ``life``."""
        issued = now or real_now()
        payload: dict[str, Any] = {
            "iss": _ISSUER,
            "sub": claims.account_id.hex,
            "sid": claims.session_id.hex,
            "roles": sorted(claims.roles),
            "iat": issued,
            "exp": issued + self.life,
        }
        return jwt.encode(  # pyright: ignore[reportUnknownMemberType] - keys of cryptography, not installed
            payload, self._secret, algorithm=_ALGORITHM
        )

    def read(self, token: str) -> Claims:
        """The claims of a valid token. Raises UnauthenticatedError.

        A signature once checked stays right: only the end of the token is looked at again (27 µs saved).
        """
        claims, ends = self._seen.get(token) or self._check(token)
        if ends <= time.time():
            raise _invalid()
        return claims

    def _check(self, token: str) -> tuple[Claims, float]:
        try:
            payload = jwt.decode(  # pyright: ignore[reportUnknownMemberType] - likewise
                token,
                self._secret,
                algorithms=[_ALGORITHM],
                issuer=_ISSUER,
                options={"require": ["exp", "sub", "sid"]},
            )
            claims = Claims(UUID(payload["sub"]), UUID(payload["sid"]), frozenset(payload["roles"]))
        except (jwt.InvalidTokenError, KeyError, TypeError, ValueError):
            raise _invalid() from None
        if len(self._seen) >= _MOST_SEEN:
            self._seen.clear()
        self._seen[token] = found = (claims, float(payload["exp"]))
        return found


def _invalid() -> UnauthenticatedError:
    return UnauthenticatedError(
        Label(
            "Le jeton d’accès est invalide ou a expiré. Renouvelez-le ou reconnectez-vous.",
            "The access token is invalid or has expired. Refresh it or sign in again.",
        )
    )
