"""Receipts that somebody has uploaded or mailed: files as rows."""

from io import BytesIO
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.files.inspection import inspect
from orderhub.domain.files.models import File, FilePurpose
from orderhub.domain.files.service import Keys, record
from orderhub.kit.clock import real_now
from orderhub.kit.ids import new_id


async def receipt(session: AsyncSession, owner_id: UUID) -> File:
    """A receipt of its own content; its bytes are nowhere."""
    key = new_id().hex
    upload = inspect(BytesIO(b"%PDF-1.7 " + key.encode()), name="reçu.pdf", purpose=FilePurpose.ATTACHMENT)
    file = record(session, upload, keys=Keys(key), owner_id=owner_id, now=real_now())
    await session.flush()
    return file
