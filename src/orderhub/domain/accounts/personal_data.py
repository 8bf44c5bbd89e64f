"""Everything held about a person, for the export and the erasure that the RGPD asks for.

Each package that holds personal data registers a `Holding`, from where the application is put
together; accounts adds its own.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Account, Address, KnownDevice, NotificationPreference, SignInSession
from orderhub.kit.clock import show_instant
from orderhub.kit.ids import show_id


@dataclass(frozen=True, slots=True)
class Holding:
    """What one package holds of a person.

    ``export`` answers a JSON document, in public form. ``erase`` removes what is personal in it and
    keeps what the ledger needs; without it, nothing of it is.
    """

    export: Callable[[AsyncSession, UUID], Awaitable[Any]]
    erase: Callable[[AsyncSession, UUID], Awaitable[None]] | None = None


_holdings: dict[str, Holding] = {}


def register(name: str, holding: Holding) -> None:
    """Add a member ``name`` to every export; a second one of the same name takes its place."""
    _holdings[name] = holding


def forget(name: str) -> None:
    """Leave a member out again."""
    _holdings.pop(name, None)


async def export_person(session: AsyncSession, account: Account) -> dict[str, Any]:
    """Everything of a person, as one JSON document."""
    own: dict[str, Any] = {
        "account": _show_account(account),
        "addresses": await _addresses(session, account.id),
        "sessions": await _sessions(session, account.id),
        "known_devices": await _devices(session, account.id),
        "notification_preferences": await _preferences(session, account.id),
    }
    others = {name: await holding.export(session, account.id) for name, holding in list(_holdings.items())}
    return own | others


async def erase_holdings(session: AsyncSession, account_id: UUID) -> None:
    """Have every package remove what is personal."""
    for holding in list(_holdings.values()):
        if holding.erase is not None:
            await holding.erase(session, account_id)


def _show_account(account: Account) -> dict[str, Any]:
    return {
        "id": show_id("acc", account.id),
        "email": account.email,
        "handle": account.handle,
        "display_name": account.display_name,
        "language": account.language,
        "time_zone": account.time_zone,
        "country": account.country,
        "phone": account.phone,
        "photo_id": account.photo_id and show_id("fil", account.photo_id),
        "roles": account.roles,
        "created_at": show_instant(account.created_at),
        "confirmed_at": account.confirmed_at and show_instant(account.confirmed_at),
        "rating_sum": account.rating_sum,
        "rating_count": account.rating_count,
        "completed_orders": account.completed_orders,
    }


async def _addresses(session: AsyncSession, account_id: UUID) -> list[dict[str, Any]]:
    names = ("name", "company", "line1", "line2", "postcode", "city", "region", "country", "phone", "is_default")
    rows = await session.scalars(select(Address).where(Address.account_id == account_id).order_by(Address.id))
    return [
        {"id": show_id("adr", row.id), "created_at": show_instant(row.created_at)}
        | {name: getattr(row, name) for name in names}
        for row in rows
    ]


async def _sessions(session: AsyncSession, account_id: UUID) -> list[dict[str, Any]]:
    rows = await session.scalars(
        select(SignInSession).where(SignInSession.account_id == account_id).order_by(SignInSession.id)
    )
    return [
        {
            "id": show_id("ses", row.id),
            "created_at": show_instant(row.created_at),
            "last_used_at": show_instant(row.last_used_at),
            "revoked_at": row.revoked_at and show_instant(row.revoked_at),
            "user_agent": row.user_agent,
            "address": row.address,
        }
        for row in rows
    ]


async def _devices(session: AsyncSession, account_id: UUID) -> list[dict[str, str]]:
    rows = await session.scalars(
        select(KnownDevice).where(KnownDevice.account_id == account_id).order_by(KnownDevice.created_at)
    )
    return [
        {"created_at": show_instant(row.created_at), "last_used_at": show_instant(row.last_used_at)} for row in rows
    ]


async def _preferences(session: AsyncSession, account_id: UUID) -> dict[str, list[str]]:
    rows = await session.scalars(select(NotificationPreference).where(NotificationPreference.account_id == account_id))
    return {row.topic: row.channels for row in rows}
