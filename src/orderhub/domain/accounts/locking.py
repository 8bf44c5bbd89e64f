"""What hangs on an account is counted one after the other: under the lock of the account's own row."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Account


async def lock_account(session: AsyncSession, account_id: UUID) -> None:
    """Hold the account's row until the end of the transaction. What only refers to it goes on meanwhile."""
    await session.execute(select(Account.id).where(Account.id == account_id).with_for_update(key_share=True))


async def held_account(session: AsyncSession, account_id: UUID) -> Account:
    """The same, and the account as it is by then: it may have been erased meanwhile."""
    return await session.get_one(Account, account_id, populate_existing=True, with_for_update={"key_share": True})
