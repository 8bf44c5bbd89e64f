"""What staff do to accounts: roles, suspension. Each is audited and ends the account's sessions.

Nothing of this is done to one's own account, or to the house's: every function raises AccountNotFoundError,
OwnAccountError and HouseAccountError.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts import events, sessions
from orderhub.domain.accounts.errors import (
    AccountNotFoundError,
    HouseAccountError,
    OwnAccountError,
    StaffAccountError,
)
from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.accounts.models import Account, StaffRole
from orderhub.domain.audit import log
from orderhub.infra.locking import locked
from orderhub.kit.clock import real_now
from orderhub.kit.ids import show_id
from orderhub.kit.text import Label


@dataclass(frozen=True, slots=True)
class Actor:
    """The member of staff who acts."""

    account_id: UUID
    roles: AbstractSet[str]


async def set_roles(
    session: AsyncSession, actor: Actor, account_id: UUID, roles: AbstractSet[StaffRole], *, now: datetime
) -> Account:
    """Give an account exactly these roles."""
    account = await _take(session, actor, account_id)
    before, after = sorted(account.roles), sorted(roles)
    if before == after:
        return account
    account.roles = [role.value for role in after]
    _audit(session, actor, account, events.ROLES_CHANGED, {"roles": before}, {"roles": after}, now)
    await sessions.revoke_all(session, account.id, now=real_now())
    await events.record(session, account.id, events.ROLES_CHANGED, at=now, data={"roles": after})
    return account


async def suspend(session: AsyncSession, actor: Actor, account_id: UUID, reason: str, *, now: datetime) -> Account:
    """Keep somebody from signing in, at once. Suspended already, they stay so.

    Raises StaffAccountError, too, unless an admin does it to staff.
    """
    account = await _take(session, actor, account_id)
    if account.roles and StaffRole.ADMIN not in actor.roles:
        raise StaffAccountError(
            Label(
                "Demandez à un admin de suspendre un membre de nos équipes.",
                "Ask an admin to suspend a member of staff.",
            )
        )
    if account.suspended_at is not None:
        return account
    account.suspended_at, account.suspension_reason = now, reason
    _audit(session, actor, account, events.SUSPENDED, None, {"reason": reason}, now)
    await sessions.revoke_all(session, account.id, now=real_now())
    await events.record(session, account.id, events.SUSPENDED, at=now)
    return account


async def reinstate(session: AsyncSession, actor: Actor, account_id: UUID, *, now: datetime) -> Account:
    """Let a suspended person sign in again."""
    account = await _take(session, actor, account_id)
    if account.suspended_at is None:
        return account
    _audit(session, actor, account, events.REINSTATED, {"reason": account.suspension_reason}, None, now)
    account.suspended_at = account.suspension_reason = None
    await events.record(session, account.id, events.REINSTATED, at=now)
    return account


async def _take(session: AsyncSession, actor: Actor, account_id: UUID) -> Account:
    if account_id == actor.account_id:
        raise OwnAccountError(Label("Demandez à un collègue.", "Ask a colleague."))
    if account_id == HOUSE_ID:
        raise HouseAccountError(
            Label(
                "La maison n’est pas une personne : elle n’a pas de rôle, et vend tant qu’OrderHub tourne.",
                "The house is no person: it has no roles, and sells as long as OrderHub runs.",
            )
        )
    account = await locked(session, Account, account_id)
    if account is None or account.erased_at is not None:
        raise AccountNotFoundError(Label("Voyez GET /v1/staff/accounts.", "See GET /v1/staff/accounts."))
    return account


def _audit(  # noqa: PLR0913, PLR0917 - what an entry of the audit consists of
    session: AsyncSession,
    actor: Actor,
    account: Account,
    action: str,
    before: dict[str, object] | None,
    after: dict[str, object] | None,
    now: datetime,
) -> None:
    subject = show_id("acc", account.id)
    log.record(session, account_id=actor.account_id, action=action, subject=subject, before=before, after=after, at=now)
