"""Closing a case that belongs to no transition table.

A reported problem of an order is closed by the order's own row ``close_case`` instead: see
``domain/staff/closing.py``, which chooses.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.audit import log
from orderhub.domain.cases.errors import CaseClosedError, CaseNotFoundError
from orderhub.domain.cases.models import Case
from orderhub.infra.locking import locked
from orderhub.kit.ids import show_id
from orderhub.kit.text import Label


async def close(session: AsyncSession, case_id: UUID, *, by: UUID, resolution: str, at: datetime) -> Case:
    """Close a case with what was decided. Raises CaseNotFoundError, CaseClosedError."""
    case = await locked(session, Case, case_id)
    if case is None:
        raise CaseNotFoundError(Label("Aucun dossier n’a cet id.", "No case has this id."))
    if case.closed_at is not None:
        raise CaseClosedError(
            Label(
                "Ce dossier est déjà clos ; sa résolution dit comment.",
                "This case was closed before; its resolution says how.",
            ),
            resolution=case.resolution,
        )
    case.closed_at, case.closed_by, case.resolution = at, by, resolution
    log.record(
        session,
        account_id=by,
        action="case.closed",
        subject=show_id("cas", case_id),
        before=None,
        after={"resolution": resolution},
        at=at,
    )
    return case
