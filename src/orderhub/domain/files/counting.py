"""How much one account may upload: in a day, and altogether. Each statement counts and checks at once."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import and_, case, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.files.errors import StorageUsedUpError, UploadsUsedUpError
from orderhub.domain.files.models import UploadCount
from orderhub.kit.text import Label


@dataclass(frozen=True, slots=True)
class UploadBounds:
    """What one account may upload."""

    day_files: int
    day_bytes: int
    kept_bytes: int


async def count_try(session: AsyncSession, account_id: UUID, size: int, bounds: UploadBounds, now: datetime) -> None:
    """Count an upload before it is looked into; ``now`` is real time.

    Raises UploadsUsedUpError and StorageUsedUpError.
    """
    today = now.astimezone(UTC).date()
    row = {"account_id": account_id, "day": today, "day_files": 1, "day_bytes": size, "kept_bytes": 0}
    is_today = UploadCount.day == today
    has_room = and_(UploadCount.day_files < bounds.day_files, UploadCount.day_bytes + size <= bounds.day_bytes)
    counted = await session.scalar(
        insert(UploadCount)
        .values(row)
        .on_conflict_do_update(
            index_elements=[UploadCount.account_id],
            set_={
                "day": today,
                "day_files": case((is_today, UploadCount.day_files + 1), else_=1),
                "day_bytes": case((is_today, UploadCount.day_bytes + size), else_=size),
            },
            where=and_(or_(~is_today, has_room), UploadCount.kept_bytes + size <= bounds.kept_bytes),
        )
        .returning(UploadCount.account_id)
    )
    if counted is None:
        raise await _refusal(session, account_id, size, bounds, now)


async def count_kept(session: AsyncSession, account_id: UUID, size: int, bounds: UploadBounds) -> None:
    """Count what is kept of an upload that was tried. Raises StorageUsedUpError."""
    counted = await session.scalar(
        update(UploadCount)
        .where(UploadCount.account_id == account_id, UploadCount.kept_bytes + size <= bounds.kept_bytes)
        .values(kept_bytes=UploadCount.kept_bytes + size)
        .returning(UploadCount.account_id)
    )
    if counted is None:
        raise _used_up(bounds)


async def _refusal(
    session: AsyncSession, account_id: UUID, size: int, bounds: UploadBounds, now: datetime
) -> UploadsUsedUpError | StorageUsedUpError:
    kept = await session.scalar(select(UploadCount.kept_bytes).where(UploadCount.account_id == account_id))
    if (kept or 0) + size > bounds.kept_bytes:
        return _used_up(bounds)
    tomorrow = datetime.combine(now.astimezone(UTC).date() + timedelta(days=1), time(), UTC)
    return UploadsUsedUpError(
        Label(
            f"Au plus {bounds.day_files} fichiers et {bounds.day_bytes} octets par jour. Reprenez après minuit UTC.",
            f"At most {bounds.day_files} files and {bounds.day_bytes} bytes a day. Go on after midnight UTC.",
        ),
        retry_after=int((tomorrow - now).total_seconds()) + 1,
        max_files=bounds.day_files,
        max_bytes=bounds.day_bytes,
    )


def _used_up(bounds: UploadBounds) -> StorageUsedUpError:
    return StorageUsedUpError(
        Label(
            f"Au plus {bounds.kept_bytes} octets sont gardés pour un compte. Demandez-nous plus.",
            f"At most {bounds.kept_bytes} bytes are kept for an account. Ask us for more.",
        ),
        max_bytes=bounds.kept_bytes,
    )
