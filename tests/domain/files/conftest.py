"""Awa and Bruno upload files; the storage is a real one, in memory."""

from collections.abc import Awaitable, Callable
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.adapters.storage.objects import ObjectStorage, open_storage
from orderhub.domain.files.inspection import inspect
from orderhub.domain.files.models import File, FilePurpose
from orderhub.domain.files.service import Keys, record
from orderhub.kit.ids import new_id
from tests.making.instants import NOON

Keep = Callable[..., Awaitable[File]]


@pytest.fixture
def storage(tmp_path: Path) -> ObjectStorage:
    return open_storage("memory:///", tmp_path)


@pytest.fixture
def keep() -> Keep:
    """The row of a text that somebody uploaded."""

    async def add(
        session: AsyncSession,
        owner_id: UUID,
        *,
        key: str | None = None,
        purpose: FilePurpose = FilePurpose.ATTACHMENT,
    ) -> File:
        upload = inspect(BytesIO(b"Bonjour"), name="mot.txt", purpose=FilePurpose.ATTACHMENT)
        file = record(session, upload, keys=Keys(key or new_id().hex), owner_id=owner_id, now=NOON)
        file.purpose = purpose.value
        await session.flush()
        return file

    return add
