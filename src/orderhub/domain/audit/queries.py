"""Reads of the audit."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.audit.models import AuditEntry
from orderhub.infra.pages import newest_first, where_given
from orderhub.kit.pages import Page, PageRequest


async def entries(
    session: AsyncSession,
    page: PageRequest,
    *,
    account_id: UUID | None = None,
    action: str | None = None,
    subject: str | None = None,
) -> Page[AuditEntry]:
    """Entries, newest first; of one person, one action or one subject where asked."""
    asked = where_given((AuditEntry.account_id, account_id), (AuditEntry.action, action), (AuditEntry.subject, subject))
    return await newest_first(session, AuditEntry, page, *asked)
