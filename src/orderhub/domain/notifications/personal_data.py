"""What notifications hold of a person: what they were told. Erased, nothing of it is left."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Account
from orderhub.domain.accounts.personal_data import Holding
from orderhub.domain.notifications.models import Notification, SandboxMail
from orderhub.kit.clock import show_instant
from orderhub.kit.ids import show_id


async def export_notifications(session: AsyncSession, account_id: UUID) -> list[dict[str, Any]]:
    """Everything that a person was told in the member area, oldest first."""
    query = select(Notification).where(Notification.account_id == account_id).order_by(Notification.id)
    return [
        {
            "id": show_id("ntf", row.id),
            "code": row.code,
            "params": row.params,
            "order_id": row.order_id and show_id("ord", row.order_id),
            "quote_id": row.quote_id and show_id("quo", row.quote_id),
            "created_at": show_instant(row.created_at),
            "read_at": row.read_at and show_instant(row.read_at),
        }
        for row in await session.scalars(query)
    ]


async def erase_notifications(session: AsyncSession, account_id: UUID) -> None:
    """Delete the alerts, and the dev mailbox's mails, which hold the address in clear."""
    address = select(Account.email).where(Account.id == account_id).scalar_subquery()
    await session.execute(delete(Notification).where(Notification.account_id == account_id))
    await session.execute(delete(SandboxMail).where(SandboxMail.recipient == address))


NOTIFICATIONS = Holding(export_notifications, erase_notifications)
"""For `personal_data.register`."""
