"""A person's address book: one default among them, as soon as there is one at all.

The book has no row of its own, so that its owner's is locked: or else two addresses could become the default.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Text, func, select, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from orderhub.domain.accounts.address_rules import PostalAddress, check_address
from orderhub.domain.accounts.errors import AddressNotFoundError
from orderhub.domain.accounts.locking import lock_account
from orderhub.domain.accounts.models import Account, Address
from orderhub.domain.policies.queries import bounds
from orderhub.domain.policies.room import require_room
from orderhub.infra.pages import newest_first
from orderhub.kit.ids import new_id
from orderhub.kit.pages import Page, PageRequest
from orderhub.kit.text import Label


def countries_of_addresses(
    *account_ids: ColumnElement[UUID] | InstrumentedAttribute[UUID],
) -> ColumnElement[Sequence[str]]:
    """The countries of these people's addresses, each once, as an array within a statement."""
    theirs = select(Address.country).where(Address.account_id.in_(account_ids)).distinct()
    return func.array(theirs.scalar_subquery(), type_=ARRAY(Text()))


async def find_address(session: AsyncSession, account_id: UUID, address_id: UUID) -> Address:
    """One's own address. Raises AddressNotFoundError, for somebody else's as for none."""
    found = await session.scalar(select(Address).where(Address.id == address_id, Address.account_id == account_id))
    if found is None:
        raise AddressNotFoundError(
            Label("Voyez les vôtres à GET /v1/me/addresses.", "See GET /v1/me/addresses for your own.")
        )
    return found


async def default_country(session: AsyncSession, account_id: UUID) -> str | None:
    """The country of one's default address, or one's own without any address."""
    default = select(Address.country).where(Address.account_id == account_id, Address.is_default).scalar_subquery()
    return await session.scalar(select(func.coalesce(default, Account.country)).where(Account.id == account_id))


async def list_addresses(session: AsyncSession, account_id: UUID, page: PageRequest) -> Page[Address]:
    """One's own addresses, newest first."""
    return await newest_first(session, Address, page, Address.account_id == account_id)


async def add_address(
    session: AsyncSession, account_id: UUID, address: PostalAddress, *, is_default: bool, now: datetime
) -> Address:
    """Add an address; the first one is the default. Raises InvalidError, LimitReachedError."""
    checked = check_address(address)
    await lock_account(session, account_id)
    had = await session.scalar(select(func.count()).where(Address.account_id == account_id)) or 0
    require_room(await bounds(session), "addresses", had)
    added = Address(
        id=new_id(), account_id=account_id, created_at=now, is_default=had == 0 or is_default, **asdict(checked)
    )
    if added.is_default:
        await _clear_default(session, account_id)
    session.add(added)
    await session.flush()
    return added


async def change_address(
    session: AsyncSession, account_id: UUID, address_id: UUID, changes: Mapping[str, Any]
) -> Address:
    """Change fields of `PostalAddress`, and ``is_default`` to True; what is absent stays.

    The default can't be switched off, only moved. Raises AddressNotFoundError, InvalidError.
    """
    await lock_account(session, account_id)
    address = await find_address(session, account_id, address_id)
    said = {name: value for name, value in changes.items() if name != "is_default"}
    checked = check_address(replace(_postal(address), **said))
    for name, value in asdict(checked).items():
        setattr(address, name, value)
    if changes.get("is_default") and not address.is_default:
        await _clear_default(session, account_id)
        address.is_default = True
    await session.flush()
    return address


async def delete_address(session: AsyncSession, account_id: UUID, address_id: UUID) -> None:
    """Delete an address; if it was the default, the newest other one is. Raises AddressNotFoundError."""
    await lock_account(session, account_id)
    address = await find_address(session, account_id, address_id)
    await session.delete(address)
    await session.flush()
    if address.is_default:
        newest = select(Address.id).where(Address.account_id == account_id).order_by(Address.id.desc()).limit(1)
        await session.execute(update(Address).where(Address.id == newest.scalar_subquery()).values(is_default=True))


def _postal(address: Address) -> PostalAddress:
    return PostalAddress(**{part.name: getattr(address, part.name) for part in fields(PostalAddress)})


async def _clear_default(session: AsyncSession, account_id: UUID) -> None:
    await session.execute(
        update(Address).where(Address.account_id == account_id, Address.is_default).values(is_default=False)
    )
