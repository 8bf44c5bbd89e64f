"""The people of the sample data, their address books and where they are signed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts import addresses
from orderhub.domain.accounts.address_rules import PostalAddress
from orderhub.domain.accounts.models import Account, SignInSession, StaffRole
from orderhub.domain.accounts.passwords import Passwords
from orderhub.domain.accounts.phones import normalise_phone
from orderhub.domain.accounts.sessions import Device
from orderhub.domain.samples import (
    AWA,
    BRUNO,
    CHLOE,
    FELIX,
    INES,
    KOFFI,
    LEA,
    MARGAUX,
    MOUSSA,
    NADIA,
    PASSWORD,
    THEO,
    YANNICK,
    Addresses,
    SamplePerson,
    Sessions,
)
from orderhub.kit.clock import real_now
from orderhub.kit.ids import new_id


@dataclass(frozen=True, slots=True)
class _Life:
    """Where somebody lives, and since how many days they have been here."""

    person: SamplePerson
    days: int
    phone: str | None = None
    country: str = "FR"
    time_zone: str = "Europe/Paris"
    roles: tuple[StaffRole, ...] = ()


_LIVES: Final = (
    _Life(AWA, 210, "01 99 00 12 34"),
    _Life(BRUNO, 400, "01 99 00 23 45"),
    _Life(CHLOE, 500, roles=(StaffRole.SUPPORT,)),
    _Life(FELIX, 500, roles=(StaffRole.FINANCE,)),
    _Life(INES, 600, roles=(StaffRole.ADMIN,)),
    _Life(NADIA, 450, roles=(StaffRole.PRODUCTION,)),
    _Life(MOUSSA, 320, "07 07 12 34 56", "CI", "Africa/Abidjan"),
    _Life(LEA, 300, "01 99 00 45 67"),
    _Life(YANNICK, 260, "01 99 00 56 78"),
    _Life(KOFFI, 120, "07 07 65 43 21", "CI", "Africa/Abidjan"),
    _Life(MARGAUX, 90),
    _Life(THEO, 80),
)
_HOME: Final = PostalAddress(
    name="Awa Diallo",
    line1="12 rue des Petites-Écuries",
    line2="Bâtiment B",
    postcode="75010",
    city="Paris",
    country="FR",
    phone="01 99 00 12 34",
)
_WORK: Final = PostalAddress(
    name="Awa Diallo",
    company="Les Paniers d’Awa",
    line1="8 place du Marché",
    postcode="93200",
    city="Saint-Denis",
    country="FR",
)
_OLD_HOME: Final = PostalAddress(
    name="Awa Diallo", line1="5 rue de la République", postcode="69002", city="Lyon", country="FR"
)
_ABIDJAN: Final = PostalAddress(
    name="Koffi N’Guessan",
    line1="Cocody, rue des Jardins, face à la pharmacie",
    city="Abidjan",
    country="CI",
    phone="07 07 65 43 21",
)
_BOOK: Final[Sequence[tuple[UUID | None, SamplePerson, PostalAddress]]] = (
    (Addresses.HOME, AWA, _HOME),
    (Addresses.WORK, AWA, _WORK),
    (Addresses.OLD_HOME, AWA, _OLD_HOME),
    (None, KOFFI, _ABIDJAN),
)
_DESK: Final = Device("Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0", "192.0.2.10")
_PHONE: Final = Device("Mozilla/5.0 (Linux; Android 15; Mobile) Firefox/143.0", "192.0.2.77")


async def hash_password() -> str:
    """The one hash that everybody of the sample data shares: their password is public anyway."""
    passwords = Passwords(1)
    try:
        return await passwords.hash(PASSWORD)
    finally:
        passwords.close()


async def write_people(session: AsyncSession, password_hash: str, now: datetime) -> None:
    """Everybody, confirmed long ago, and their addresses."""
    session.add_all(_account(life, password_hash, now - timedelta(days=life.days)) for life in _LIVES)
    await session.flush()
    for address_id, person, postal in _BOOK:
        at = now - timedelta(days=60)
        added = await addresses.add_address(session, person.id, postal, is_default=False, now=at)
        if address_id is not None:
            added.id = address_id
        await session.flush()


async def sign_everybody_in(session: AsyncSession, life: timedelta) -> dict[UUID, UUID]:
    """A session each, through which they act; by account. Awa is signed in on an old phone, too."""
    session.add(_session(Sessions.OLD_PHONE, AWA, _PHONE, life))
    opened = {someone.person.id: _session(new_id(), someone.person, _DESK, life) for someone in _LIVES}
    session.add_all(opened.values())
    await session.flush()
    return {account_id: found.id for account_id, found in opened.items()}


def _session(session_id: UUID, person: SamplePerson, device: Device, life: timedelta) -> SignInSession:
    """Nobody has a refresh token of it: it ends by itself."""
    now = real_now()
    return SignInSession(
        id=session_id,
        account_id=person.id,
        created_at=now,
        last_used_at=now,
        expires_at=now + life,
        user_agent=device.user_agent,
        address=device.address,
    )


def _account(life: _Life, password_hash: str, since: datetime) -> Account:
    return Account(
        id=life.person.id,
        email=life.person.email,
        handle=life.person.handle,
        display_name=life.person.name,
        password_hash=password_hash,
        language="fr",
        time_zone=life.time_zone,
        country=life.country,
        phone=life.phone and normalise_phone(life.phone, life.country),
        roles=sorted(role.value for role in life.roles),
        created_at=since,
        confirmed_at=since + timedelta(minutes=7),
    )
