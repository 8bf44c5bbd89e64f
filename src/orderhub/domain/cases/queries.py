"""Reads of cases, for staff."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.cases.errors import CaseNotFoundError
from orderhub.domain.cases.models import Case, CaseKind
from orderhub.infra.pages import newest_first, where_given
from orderhub.kit.pages import Page, PageRequest
from orderhub.kit.text import Label


async def cases(
    session: AsyncSession,
    page: PageRequest,
    *,
    kind: CaseKind | None = None,
    is_open: bool | None = None,
    order_id: UUID | None = None,
) -> Page[Case]:
    """Cases, newest first; of one kind, open or closed, of one order where asked."""
    asked = where_given((Case.kind, kind), (Case.order_id, order_id))
    if is_open is not None:
        asked.append(Case.closed_at.is_(None) if is_open else Case.closed_at.is_not(None))
    return await newest_first(session, Case, page, *asked)


async def find(session: AsyncSession, case_id: UUID) -> Case:
    """One case. Raises CaseNotFoundError."""
    case = await session.get(Case, case_id, populate_existing=True)
    if case is None:
        raise CaseNotFoundError(Label("Aucun dossier n’a cet id.", "No case has this id."))
    return case
