"""Who calls with a key of a shop: the shop's account, through the key's session, for what the key is for.

A key once found stays found for `REMEMBERED`: what revokes it ends its session, and that is looked up with
every request. Its last use is written no more often than that.
"""

import time
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import DateTime, LargeBinary, bindparam, update

from orderhub.domain.accounts.models import SignInSession
from orderhub.domain.accounts.opaque_tokens import hash_token
from orderhub.domain.accounts.tokens import Claims
from orderhub.domain.shops.keys import PREFIX
from orderhub.domain.shops.models import ShopKey
from orderhub.infra.database import Database, Statement
from orderhub.kit.clock import real_now
from orderhub.kit.errors import UnauthenticatedError
from orderhub.kit.text import Label

REMEMBERED: Final = timedelta(minutes=1)
_MOST_REMEMBERED: Final = 10_000
_LONGEST: Final = 100
_NOW: Final = bindparam("now", type_=DateTime(timezone=True))
_USE: Final = Statement(
    update(SignInSession)
    .where(
        SignInSession.id == ShopKey.id,
        ShopKey.hash == bindparam("hash", type_=LargeBinary()),
        SignInSession.revoked_at.is_(None),
        SignInSession.expires_at > _NOW,
    )
    .values(last_used_at=_NOW)
    .returning(SignInSession.id, SignInSession.account_id, SignInSession.expires_at, ShopKey.scopes)
)


class ShopKeys:
    """Reads the keys of one deployment."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._seen: dict[str, tuple[Claims, float]] = {}

    def seen(self, key: str) -> Claims | None:
        """The claims of a key that was used a moment ago, without looking; None for any other."""
        claims, ends = self._seen.get(key, (None, 0.0))
        return claims if ends > time.time() else None

    async def read(self, key: str) -> Claims:
        """The claims of a key that can be used. Raises UnauthenticatedError."""
        found = self.seen(key)
        if found is None and len(key) <= _LONGEST:
            found = await self._look_up(key)
        if found is None:
            raise UnauthenticatedError(
                Label(
                    "Cette clé est inconnue, révoquée ou finie. Utilisez une autre clé de la boutique.",
                    "This key is unknown, revoked or has ended. Use another of the shop's keys.",
                )
            )
        return found

    async def _look_up(self, key: str) -> Claims | None:
        now = real_now()
        row: Any = await self._database.row(_USE, {"hash": hash_token(key), "now": now})
        if row is None:
            self._seen.pop(key, None)
            return None
        claims = Claims(row["account_id"], row["id"], frozenset(), frozenset(row["scopes"]))
        if len(self._seen) >= _MOST_REMEMBERED:
            self._seen.clear()
        self._seen[key] = claims, min(now + REMEMBERED, row["expires_at"]).timestamp()
        return claims


def is_key(token: str) -> bool:
    """Whether a bearer token is meant as a key of a shop."""
    return token.startswith(PREFIX)
