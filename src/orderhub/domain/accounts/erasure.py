"""Erasing a person (RGPD): what is personal goes, the id that the ledger refers to stays."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts import events, personal_data, sessions
from orderhub.domain.accounts.emails import erased_email
from orderhub.domain.accounts.errors import StillOpenError
from orderhub.domain.accounts.handles import erased_handle
from orderhub.domain.accounts.models import (
    Account,
    Address,
    EmailToken,
    KnownDevice,
    NotificationPreference,
    PendingRegistration,
    RefreshToken,
    SignInSession,
)
from orderhub.domain.accounts.open_matters import OpenMatter, find_open
from orderhub.infra.idempotency import IdempotencyKey
from orderhub.kit.clock import real_now
from orderhub.kit.text import Label

_ERASED = Label("Compte supprimé", "Deleted account")


async def erase(session: AsyncSession, account: Account, *, now: datetime) -> None:
    """Erase a person; ``now`` is business time. Raises StillOpenError with what must be settled first."""
    # Taken before looking: an order that is being placed refers to this row and is waited for.
    await session.refresh(account, with_for_update=True)
    matters = await find_open(session, account.id)
    if matters:
        detail = Label(
            "Réglez ou annulez ce qui est listé, puis redemandez.", "Settle or cancel what is listed, then ask again."
        )
        raise StillOpenError(detail, open=[_show(matter) for matter in matters])
    await _forget_own(session, account)
    _blank(account, now)
    # What others hold is told anew of whoever this is from now on.
    await session.flush()
    await personal_data.erase_holdings(session, account.id)
    await events.record(session, account.id, events.ERASED, at=now)


def _show(matter: OpenMatter) -> dict[str, str | Label | None]:
    return {"kind": matter.kind, "id": matter.id, "detail": matter.detail}


def _blank(account: Account, now: datetime) -> None:
    account.email, account.handle = erased_email(account.id), erased_handle(account.id)
    account.display_name = _ERASED.fr if account.language == "fr" else _ERASED.en
    account.photo_id = account.photo_width = account.photo_height = None
    account.password_hash = account.phone = account.suspension_reason = None
    account.roles = []
    account.erased_at = now


async def _forget_own(session: AsyncSession, account: Account) -> None:
    mine = select(SignInSession.id).where(SignInSession.account_id == account.id)
    await sessions.revoke_all(session, account.id, now=real_now())
    await session.execute(delete(RefreshToken).where(RefreshToken.session_id.in_(mine)))
    await session.execute(
        update(SignInSession).where(SignInSession.account_id == account.id).values(user_agent=None, address=None)
    )
    for table in (Address, EmailToken, KnownDevice, NotificationPreference, PendingRegistration, IdempotencyKey):
        await session.execute(delete(table).where(table.account_id == account.id))
