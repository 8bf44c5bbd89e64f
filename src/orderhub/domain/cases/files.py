"""The files of cases: attached when a case is opened, seen by the staff who close cases."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.cases.models import CaseFile
from orderhub.domain.files.visibility import Viewer, shows_files


def attach(session: AsyncSession, case_id: UUID, file_ids: Sequence[UUID]) -> None:
    """Keep files with a case that this unit of work opens, in their order."""
    session.add_all(CaseFile(case_id=case_id, place=place, file_id=each) for place, each in enumerate(file_ids))


async def files_of(session: AsyncSession, case_id: UUID) -> Sequence[UUID]:
    """The files of a case, in their order."""
    query = select(CaseFile.file_id).where(CaseFile.case_id == case_id).order_by(CaseFile.place)
    return (await session.scalars(query)).all()


@shows_files
async def is_of_a_case(session: AsyncSession, file_id: UUID, viewer: Viewer | None) -> bool:
    """Whether a file belongs to a case and the viewer is of the staff."""
    if viewer is None or not viewer.roles:
        return False
    return bool(await session.scalar(select(exists().where(CaseFile.file_id == file_id))))
