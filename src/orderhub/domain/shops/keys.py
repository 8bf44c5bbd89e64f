"""The keys of a shop: issued and rotated, shown once, revoked at once. Each change is noted in the audit.

The shop is locked by who calls (`access.shop_to_run`), so that its keys change one after the other. Times of
keys are real time, like those of sessions.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import SignInSession
from orderhub.domain.accounts.opaque_tokens import hash_token, new_token
from orderhub.domain.audit import log
from orderhub.domain.files.visibility import Viewer
from orderhub.domain.policies.room import require_fixed_room
from orderhub.domain.shops.errors import KeyNotFoundError
from orderhub.domain.shops.models import KeyScope, Shop, ShopKey
from orderhub.kit.clock import real_now
from orderhub.kit.errors import invalid_field
from orderhub.kit.ids import new_id, show_id
from orderhub.kit.text import Label

PREFIX: Final = "ohk_"
MAX_OVERLAP: Final = timedelta(days=30)
CREATED: Final = "shop.key_created"
ROTATED: Final = "shop.key_rotated"
REVOKED: Final = "shop.key_revoked"
NEVER: Final = datetime(9999, 12, 31, tzinfo=UTC)
"""When a key ends that was neither rotated nor revoked."""
_HINT: Final = len(PREFIX) + 6


@dataclass(frozen=True, slots=True)
class WantedKey:
    """What people call a new key, and what it is for; ``id`` is given for sample data, which others name."""

    name: str
    scopes: Sequence[KeyScope]
    id: UUID = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class HeldKey:
    """A key with its session."""

    key: ShopKey
    session: SignInSession

    @property
    def ends_at(self) -> datetime | None:
        """When it ends by itself, where it was rotated."""
        return None if self.session.expires_at >= NEVER else self.session.expires_at


@dataclass(frozen=True, slots=True)
class IssuedKey:
    """A new key with its secret, which nobody sees again."""

    held: HeldKey
    secret: str


async def keys_of(session: AsyncSession, shop_id: UUID) -> Sequence[HeldKey]:
    """Every key that can be used, the first issued first; at most as many as the bound `shop_keys`."""
    return [HeldKey(key, opened) for key, opened in await session.execute(_alive(shop_id).order_by(ShopKey.id))]


async def issue(session: AsyncSession, shop: Shop, wanted: WantedKey, *, actor: Viewer) -> IssuedKey:
    """A new key of a locked shop. Raises LimitReachedError."""
    issued = await _issue(session, shop, wanted, actor)
    _audit(session, shop, actor, CREATED, issued.held)
    return issued


async def rotate(session: AsyncSession, shop: Shop, key_id: UUID, overlap: timedelta, *, actor: Viewer) -> IssuedKey:
    """A new key in the place of one that ends after ``overlap``. Raises InvalidError, KeyNotFoundError.

    Without an overlap the old one is refused from the next request on; else within a minute after it ends.
    """
    if not timedelta() <= overlap <= MAX_OVERLAP:
        raise invalid_field(
            "/overlap",
            "out_of_bounds",
            Label(
                "Faites finir l’ancienne clé tout de suite, ou après P30D au plus.",
                "Let the old key end at once, or after P30D at most.",
            ),
        )
    old, now = await _find(session, shop, key_id), real_now()
    if overlap:
        old.session.expires_at = min(now + overlap, old.session.expires_at)
    else:
        old.session.revoked_at = now
    await session.flush()
    wanted = WantedKey(old.key.name, [KeyScope(scope) for scope in old.key.scopes])
    issued = await _issue(session, shop, wanted, actor)
    _audit(session, shop, actor, ROTATED, issued.held)
    return issued


async def revoke(session: AsyncSession, shop: Shop, key_id: UUID, *, actor: Viewer) -> None:
    """End a key: the next request with it is refused. Raises KeyNotFoundError."""
    found = await _find(session, shop, key_id, ended=True)  # for a minute yet, one that has just ended may be known
    found.session.revoked_at = real_now()
    _audit(session, shop, actor, REVOKED, found)


async def _issue(session: AsyncSession, shop: Shop, wanted: WantedKey, actor: Viewer) -> IssuedKey:
    require_fixed_room("shop_keys", len(await keys_of(session, shop.id)))
    now, secret = real_now(), PREFIX + new_token()
    opened = SignInSession(id=wanted.id, account_id=shop.account_id, created_at=now, last_used_at=now, expires_at=NEVER)
    session.add(opened)
    await session.flush()
    key = ShopKey(
        id=opened.id,
        shop_id=shop.id,
        name=wanted.name,
        scopes=sorted(set(wanted.scopes)),
        hash=hash_token(secret),
        hint=secret[:_HINT],
        created_by=actor.account_id,
    )
    session.add(key)
    await session.flush()
    return IssuedKey(HeldKey(key, opened), secret)


async def _find(session: AsyncSession, shop: Shop, key_id: UUID, *, ended: bool = False) -> HeldKey:
    keys = _unrevoked(shop.id) if ended else _alive(shop.id)
    found = (await session.execute(keys.where(ShopKey.id == key_id))).one_or_none()
    if found is None:
        raise KeyNotFoundError(
            Label(
                "Voyez celles qui servent à GET /v1/shops/{shop_id}/keys.",
                "See GET /v1/shops/{shop_id}/keys for those that can be used.",
            )
        )
    key, opened = found
    return HeldKey(key, opened)


def _alive(shop_id: UUID) -> Select[ShopKey, SignInSession]:
    return _unrevoked(shop_id).where(SignInSession.expires_at > real_now())


def _unrevoked(shop_id: UUID) -> Select[ShopKey, SignInSession]:
    return (
        select(ShopKey, SignInSession)
        .join(SignInSession, SignInSession.id == ShopKey.id)
        .where(ShopKey.shop_id == shop_id, SignInSession.revoked_at.is_(None))
    )


def _audit(session: AsyncSession, shop: Shop, actor: Viewer, action: str, held: HeldKey) -> None:
    key = {"key_id": show_id("key", held.key.id), "name": held.key.name, "scopes": list(held.key.scopes)}
    log.record(
        session,
        account_id=actor.account_id,
        action=action,
        subject=show_id("shp", shop.id),
        before=key if action == REVOKED else None,
        after=None if action == REVOKED else key,
        at=real_now(),
    )
