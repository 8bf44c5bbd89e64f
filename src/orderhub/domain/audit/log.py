"""Writes the audit. Call it in the unit of work of the change itself."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.audit.models import AuditEntry
from orderhub.kit.ids import new_id


def record(  # noqa: PLR0913 - the columns of an entry, named
    session: AsyncSession,
    *,
    account_id: UUID | None,
    action: str,
    subject: str,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    at: datetime,
) -> None:
    """Note one change. ``before`` and ``after`` are JSON documents, without secrets or personal data."""
    session.add(
        AuditEntry(
            id=new_id(),
            at=at,
            account_id=account_id,
            action=action,
            subject=subject,
            before=None if before is None else dict(before),
            after=None if after is None else dict(after),
        )
    )
