"""What cases hold of a person: what they reported, and the files that came with it."""

from typing import Any
from uuid import UUID

from sqlalchemy import case, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.forgetting import FORGOTTEN
from orderhub.domain.accounts.personal_data import Holding
from orderhub.domain.cases.models import Case, CaseFile, CaseKind
from orderhub.domain.files.models import File
from orderhub.kit.clock import show_instant
from orderhub.kit.ids import show_id


async def export_cases(session: AsyncSession, account_id: UUID) -> list[dict[str, Any]]:
    """Every case that the person opened, oldest first, and how it was closed."""
    found = await session.scalars(select(Case).where(Case.opened_by == account_id).order_by(Case.id))
    return [
        {
            "id": show_id("cas", each.id),
            "kind": each.kind,
            "order_id": each.order_id and show_id("ord", each.order_id),
            "reason": each.reason,
            "opened_at": show_instant(each.opened_at),
            "closed_at": each.closed_at and show_instant(each.closed_at),
            "resolution": each.resolution,
        }
        for each in found
    ]


async def erase_cases(session: AsyncSession, account_id: UUID) -> None:
    """Forget what was reported. Of a mail its first line stays, which is our own."""
    without_sync = {"synchronize_session": False}
    reason = case((Case.kind == CaseKind.MAIL.value, func.split_part(Case.reason, "\n", 1)), else_=FORGOTTEN)
    await session.execute(
        update(Case).where(Case.opened_by == account_id).values(reason=reason), execution_options=without_sync
    )
    theirs = select(File.id).where(File.owner_id == account_id)
    await session.execute(delete(CaseFile).where(CaseFile.file_id.in_(theirs)), execution_options=without_sync)


CASES = Holding(export_cases, erase_cases)
"""For `personal_data.register`."""
