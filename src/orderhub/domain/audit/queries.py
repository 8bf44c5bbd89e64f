"""Reads of the audit."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.audit.models import AuditEntry
from orderhub.kit.pages import Page, PageRequest, cut


async def entries(
    session: AsyncSession,
    page: PageRequest,
    *,
    account_id: UUID | None = None,
    action: str | None = None,
    subject: str | None = None,
) -> Page[AuditEntry]:
    """Entries, newest first; of one person, one action or one subject where asked."""
    query = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(page.limit + 1)
    if page.after is not None:
        query = query.where(AuditEntry.id < page.after)
    if account_id is not None:
        query = query.where(AuditEntry.account_id == account_id)
    if action is not None:
        query = query.where(AuditEntry.action == action)
    if subject is not None:
        query = query.where(AuditEntry.subject == subject)
    found: Sequence[AuditEntry] = (await session.scalars(query)).all()
    return cut(found, page.limit, lambda entry: entry.id)
