"""Cases and flags, for support."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.api.dependencies import AppParts, AskedLanguage, Caller, DatabaseSession, Parts
from orderhub.api.idempotency import IdempotentRoute
from orderhub.api.pages import PageParams, show_page
from orderhub.api.problems import problems
from orderhub.api.routing import Router
from orderhub.api.schemas.base import CaseId, Flag, Omittable, OrderId, PageOut
from orderhub.api.schemas.staff_cases import CaseDetailOut, CaseOut, CloseCaseIn
from orderhub.api.staff_permissions import OfSupport, Support
from orderhub.domain.cases import queries
from orderhub.domain.cases.errors import CaseClosedError, CaseNotFoundError
from orderhub.domain.cases.files import files_of
from orderhub.domain.cases.models import CaseKind
from orderhub.domain.refusals import StaffPartyError
from orderhub.domain.staff import closing
from orderhub.domain.staff.flags import flagged_texts

router = Router(prefix="/staff", route_class=IdempotentRoute)

IsOpen = Annotated[
    Omittable[Flag], Query(alias="open", description="Only those that still wait, or only those that are closed.")
]


@dataclass(frozen=True, slots=True)
class CaseFilters:
    """Which cases are asked for."""

    kind: CaseKind | None
    is_open: bool | None
    order_id: UUID | None


async def read_filters(
    kind: Omittable[CaseKind] = None,
    is_open: IsOpen = None,
    order_id: Omittable[OrderId] = None,
) -> CaseFilters:
    """The filters of the query."""
    return CaseFilters(kind, is_open, order_id)


@router.get("/cases", summary="List cases", dependencies=[OfSupport])
async def list_staff_cases(
    session: DatabaseSession,
    language: AskedLanguage,
    page: PageParams,
    asked: Annotated[CaseFilters, Depends(read_filters)],
) -> PageOut[CaseOut]:
    """Cases, newest first."""
    found = await queries.cases(session, page, kind=asked.kind, is_open=asked.is_open, order_id=asked.order_id)
    return show_page(found, lambda case: CaseOut.of(case, language))


@router.get("/cases/{case_id}", summary="Read a case", dependencies=[OfSupport], responses=problems(CaseNotFoundError))
async def get_staff_case(session: DatabaseSession, language: AskedLanguage, case_id: CaseId) -> CaseDetailOut:
    """One case, with what was flagged where it is about contact details, and its files."""
    case = await queries.find(session, case_id)
    flags = await flagged_texts(session, [case.id])
    return CaseDetailOut.of(case, flags.get(case.id, ()), language, files=await files_of(session, case.id))


@dataclass(frozen=True, slots=True)
class Closer:
    """Who closes a case, and what is needed for it."""

    session: AsyncSession
    parts: Parts
    caller: Caller


async def read_closer(session: DatabaseSession, parts: AppParts, caller: Support) -> Closer:
    """Whoever closes a case."""
    return Closer(session, parts, caller)


@router.post(
    "/cases/{case_id}/close",
    summary="Close a case",
    responses=problems(CaseNotFoundError, CaseClosedError, StaffPartyError),
)
async def close_staff_case(
    closer: Annotated[Closer, Depends(read_closer)], language: AskedLanguage, case_id: CaseId, body: CloseCaseIn
) -> CaseOut:
    """Close a case with what was decided. A problem of a running order goes through the order's `close_case`.

    Nobody closes a case about an order or a conversation of their own.
    """
    case = await closing.close(closer.session, closer.parts.database, closer.caller, case_id, body.resolution)
    return CaseOut.of(case, language)


@router.get("/flags", summary="List flags", dependencies=[OfSupport])
async def list_staff_flags(
    session: DatabaseSession,
    language: AskedLanguage,
    page: PageParams,
    open: IsOpen = True,  # noqa: A002, FBT002
) -> PageOut[CaseDetailOut]:
    """Cases of contact details, newest first, each with the newest that was flagged, as it was written."""
    found = await queries.cases(session, page, kind=CaseKind.CONTACT_DETAILS, is_open=open)
    flags = await flagged_texts(session, [case.id for case in found.data])
    return show_page(found, lambda case: CaseDetailOut.of(case, flags.get(case.id, ()), language))
