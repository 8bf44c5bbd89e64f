"""What inbound mails hold of a person: what they wrote to us. Erased, only that they did, and when, stays."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.personal_data import Holding
from orderhub.domain.replies.models import InboundMail
from orderhub.kit.clock import show_instant
from orderhub.kit.ids import show_id


async def export_mails(session: AsyncSession, account_id: UUID) -> list[dict[str, Any]]:
    """Every answer to the person's proformas and invoices, oldest first."""
    query = select(InboundMail).where(InboundMail.account_id == account_id).order_by(InboundMail.id)
    return [
        {
            "received_at": show_instant(mail.received_at),
            "message_id": mail.message_id,
            "sender": mail.sender,
            "subject": mail.subject,
            "text": mail.text,
            "files": [show_id("fil", file_id) for file_id in mail.file_ids],
            "outcome": mail.outcome,
        }
        for mail in await session.scalars(query)
    ]


async def erase_mails(session: AsyncSession, account_id: UUID) -> None:
    """Empty what was written; the case that quotes it forgets it by itself."""
    emptied = update(InboundMail).values(
        sender="", subject="", text="", message_id=None, file_ids=[], proof_file_id=None
    )
    await session.execute(
        emptied.where(InboundMail.account_id == account_id), execution_options={"synchronize_session": False}
    )


MAILS = Holding(export_mails, erase_mails)
"""For `personal_data.register`."""
