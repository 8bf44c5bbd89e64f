"""Reads of cases, for staff."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.cases.errors import CaseNotFoundError
from orderhub.domain.cases.models import Case, CaseKind
from orderhub.kit.pages import Page, PageRequest, cut


async def cases(
    session: AsyncSession,
    page: PageRequest,
    *,
    kind: CaseKind | None = None,
    is_open: bool | None = None,
    order_id: UUID | None = None,
) -> Page[Case]:
    """Cases, newest first; of one kind, open or closed, of one order where asked."""
    query = select(Case).order_by(Case.id.desc()).limit(page.limit + 1)
    if page.after is not None:
        query = query.where(Case.id < page.after)
    if kind is not None:
        query = query.where(Case.kind == kind.value)
    if is_open is not None:
        query = query.where(Case.closed_at.is_(None) if is_open else Case.closed_at.is_not(None))
    if order_id is not None:
        query = query.where(Case.order_id == order_id)
    found: Sequence[Case] = (await session.scalars(query)).all()
    return cut(found, page.limit, lambda case: case.id)


async def find(session: AsyncSession, case_id: UUID) -> Case:
    """One case. Raises CaseNotFoundError."""
    case = await session.get(Case, case_id, populate_existing=True)
    if case is None:
        raise CaseNotFoundError("No case has this id.")
    return case
