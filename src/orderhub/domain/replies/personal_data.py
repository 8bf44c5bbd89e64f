"""What inbound mails hold of a person: what they wrote to us. Erased, only that they did, and when, stays."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.personal_data import Holding
from orderhub.domain.cases.models import Case
from orderhub.domain.replies.models import InboundMail
from orderhub.kit.clock import show_instant
from orderhub.kit.ids import show_id


async def export_mails(session: AsyncSession, account_id: UUID) -> list[dict[str, Any]]:
    """Every answer to the person's proformas and invoices, oldest first."""
    query = select(InboundMail).where(InboundMail.account_id == account_id).order_by(InboundMail.id)
    return [
        {
            "received_at": show_instant(mail.received_at),
            "sender": mail.sender,
            "subject": mail.subject,
            "text": mail.text,
            "files": [show_id("fil", file_id) for file_id in mail.file_ids],
            "outcome": mail.outcome,
        }
        for mail in await session.scalars(query)
    ]


async def erase_mails(session: AsyncSession, account_id: UUID) -> None:
    """Empty what was written, also where a case quotes it; its first line, our own, stays."""
    without_sync = {"synchronize_session": False}
    theirs = select(InboundMail.case_id).where(InboundMail.account_id == account_id)
    await session.execute(
        update(Case).where(Case.id.in_(theirs)).values(reason=func.split_part(Case.reason, "\n", 1)),
        execution_options=without_sync,
    )
    await session.execute(
        update(InboundMail).where(InboundMail.account_id == account_id).values(sender="", subject="", text=""),
        execution_options=without_sync,
    )


MAILS = Holding(export_mails, erase_mails)
"""For `personal_data.register`."""
