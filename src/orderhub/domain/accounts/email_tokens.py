"""Tokens that are sent by e-mail. The mail job makes one when it writes the mail, so that none is stored.

Real time. A token is good for once, for one purpose, until it expires.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.errors import EmailTokenUsedError, InvalidEmailTokenError
from orderhub.domain.accounts.models import Account, EmailToken
from orderhub.domain.accounts.opaque_tokens import hash_token, new_token
from orderhub.kit.clock import real_now
from orderhub.kit.text import Label


class Purpose(StrEnum):
    """What a token is for."""

    CONFIRM = "confirm"
    RESET = "reset"


LIVES: Final[Mapping[Purpose, timedelta]] = {
    Purpose.CONFIRM: timedelta(days=3),
    Purpose.RESET: timedelta(hours=1),
}


async def issue(session: AsyncSession, account_id: UUID, purpose: Purpose, *, pending_id: UUID | None = None) -> str:
    """A new token for the link in a mail. Earlier ones stay good: mails may be sent twice, and late.

    ``pending_id`` is the registration that it confirms.
    """
    token, now = new_token(), real_now()
    session.add(
        EmailToken(
            hash=hash_token(token),
            account_id=account_id,
            pending_id=pending_id,
            purpose=purpose,
            issued_at=now,
            expires_at=now + LIVES[purpose],
        )
    )
    await session.flush()
    return token


async def read(session: AsyncSession, token: str, purpose: Purpose, *, now: datetime) -> UUID:
    """Whose token this is, without using it up. Raises InvalidEmailTokenError or EmailTokenUsedError."""
    return (await _find(session, token, purpose, now)).account_id


async def consume(session: AsyncSession, token: str, purpose: Purpose, *, now: datetime) -> tuple[Account, UUID | None]:
    """Whose token this is, locked, and which registration it confirms; the others of this purpose are forgotten.

    Raises InvalidEmailTokenError, or EmailTokenUsedError when it has done its work before.
    """
    mine = select(EmailToken.account_id).where(EmailToken.hash == hash_token(token), EmailToken.purpose == purpose)
    account_id = await session.scalar(mine)
    if account_id is None:
        raise _invalid()
    # The account before its tokens: of two links to one account, the second looks once the first is done.
    account = await session.get_one(Account, account_id, with_for_update=True, populate_existing=True)
    found = await _find(session, token, purpose, now)
    pending_id, found.used_at, found.pending_id = found.pending_id, now, None
    await _forget(session, account_id, purpose, but=found.hash)
    return account, pending_id


async def _forget(session: AsyncSession, account_id: UUID, purpose: Purpose, *, but: bytes) -> None:
    await session.execute(
        delete(EmailToken).where(
            EmailToken.account_id == account_id, EmailToken.purpose == purpose, EmailToken.hash != but
        )
    )


async def _find(session: AsyncSession, token: str, purpose: Purpose, now: datetime) -> EmailToken:
    statement = select(EmailToken).where(EmailToken.hash == hash_token(token), EmailToken.purpose == purpose)
    found = await session.scalar(statement.with_for_update())
    if found is None or (found.used_at is None and found.expires_at <= now):
        raise _invalid()
    if found.used_at is not None:
        raise EmailTokenUsedError(
            Label("Ce lien a déjà servi. Connectez-vous.", "This link has done its work. Sign in.")
        )
    return found


def _invalid() -> InvalidEmailTokenError:
    return InvalidEmailTokenError(
        Label("Demandez un nouveau mail et suivez son lien.", "Ask for a new mail and follow the link in it.")
    )
