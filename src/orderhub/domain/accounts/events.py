"""What happens to an account, told to the event log. These topics are internal: no feed serves them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Account
from orderhub.domain.events import log
from orderhub.kit.ids import show_id

REGISTERED = "account.registered"
"""Send the confirmation mail."""
REGISTERED_AGAIN = "account.registered_again"
"""Send the mail that says: you already have an account."""
PASSWORD_RESET_ASKED = "account.password_reset_asked"  # noqa: S105
PASSWORD_CHANGED = "account.password_changed"  # noqa: S105
CONFIRMED = "account.confirmed"
SUSPENDED = "account.suspended"
REINSTATED = "account.reinstated"
ROLES_CHANGED = "account.roles_changed"
ERASED = "account.erased"
TRADER_VERIFIED = "trader.verified"
TRADER_REFUSED = "trader.refused"
TRADER_REVOKED = "trader.revoked"


async def record(
    session: AsyncSession, account_id: UUID, topic: str, *, at: datetime, data: Mapping[str, Any] | None = None
) -> None:
    """Write one event about an account. ``data`` holds no personal data: the log is never erased."""
    counted = update(Account).where(Account.id == account_id).values(event_count=Account.event_count + 1)
    sequence = await session.scalar(
        counted.returning(Account.event_count), execution_options={"synchronize_session": False}
    )
    log.write(
        session,
        topic=topic,
        subject=show_id("acc", account_id),
        sequence=sequence or 0,
        parties=(account_id, None),
        at=at,
        data=data or {},
    )
