"""Access tokens: who calls, until when. A token holds only while its session is alive."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import jwt

from orderhub.kit.clock import real_now
from orderhub.kit.errors import UnauthenticatedError

_ALGORITHM = "HS256"
_ISSUER = "orderhub"


@dataclass(frozen=True, slots=True)
class Claims:
    """What a token says. Roles change only together with the session, so they may be believed."""

    account_id: UUID
    session_id: UUID
    roles: frozenset[str]


class AccessTokens:
    """Issues and reads the signed tokens of one deployment."""

    def __init__(self, secret: str, life: timedelta) -> None:
        self._secret = secret
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
        """The claims of a valid token. Raises UnauthenticatedError."""
        try:
            payload = jwt.decode(  # pyright: ignore[reportUnknownMemberType] - likewise
                token,
                self._secret,
                algorithms=[_ALGORITHM],
                issuer=_ISSUER,
                options={"require": ["exp", "sub", "sid"]},
            )
            return Claims(UUID(payload["sub"]), UUID(payload["sid"]), frozenset(payload["roles"]))
        except (jwt.InvalidTokenError, KeyError, TypeError, ValueError):
            detail = "The access token is invalid or has expired. Refresh it or sign in again."
            raise UnauthenticatedError(detail) from None
