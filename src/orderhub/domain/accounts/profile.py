"""What people change about themselves."""

from typing import TypedDict

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.errors import HandleTakenError
from orderhub.domain.accounts.handles import check_handle
from orderhub.domain.accounts.models import Account
from orderhub.domain.accounts.phones import normalise_phone
from orderhub.domain.accounts.places import check_country, check_time_zone


class ProfileChanges(TypedDict, total=False):
    """The fields to change; what is absent stays. A ``phone`` of None is removed."""

    handle: str
    display_name: str
    language: str
    time_zone: str
    country: str
    phone: str | None


async def change_profile(session: AsyncSession, account: Account, changes: ProfileChanges) -> Account:
    """Change a profile. Raises InvalidError, or HandleTakenError when somebody else has the handle."""
    _check(account, changes)
    phone = changes.get("phone")
    if phone is not None:
        changes["phone"] = normalise_phone(phone, changes.get("country", account.country))
    for name, value in changes.items():
        setattr(account, name, value)
    try:
        await session.flush()
    except IntegrityError as error:
        if "uq_accounts_handle" not in str(error.orig):
            raise
        raise HandleTakenError from None
    return account


def _check(account: Account, changes: ProfileChanges) -> None:
    handle = changes.get("handle", account.handle)
    if handle != account.handle:
        check_handle(handle)
    if "country" in changes:
        check_country(changes["country"])
    if "time_zone" in changes:
        check_time_zone(changes["time_zone"])
