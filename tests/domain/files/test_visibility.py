"""Who sees a file, and who may attach it."""

from collections.abc import Awaitable, Callable, Iterator
from hashlib import sha256
from io import BytesIO
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.files import visibility
from orderhub.domain.files.errors import FileNotFoundHereError, FileUnusableError
from orderhub.domain.files.inspection import inspect
from orderhub.domain.files.models import File, FilePurpose
from orderhub.domain.files.personal_data import erase_files, export_files
from orderhub.domain.files.queries import files_by_id, get_original, get_own, get_visible, own_files
from orderhub.domain.files.service import Keys, record
from orderhub.domain.files.visibility import Viewer, shows_files
from orderhub.kit.ids import new_id, show_id
from tests.making.instants import NOON
from tests.making.pictures import saved, scene

Keep = Callable[..., Awaitable[File]]


async def test_a_file_is_its_owners_alone(session: AsyncSession, keep: Keep, awa: UUID, bruno: UUID) -> None:
    brief = await keep(session, awa)

    assert await get_visible(session, brief.id, Viewer(awa)) is brief
    for viewer in (Viewer(bruno), None):
        with pytest.raises(FileNotFoundHereError) as hidden:
            await get_visible(session, brief.id, viewer)
        with pytest.raises(FileNotFoundHereError) as absent:
            await get_visible(session, new_id(), viewer)
        assert hidden.value.detail == absent.value.detail


async def test_a_picture_as_it_came_is_its_owners_and_the_staffs(
    session: AsyncSession, awa: UUID, bruno: UUID, shared_with: set[UUID]
) -> None:
    upload = inspect(BytesIO(saved(scene(), "PNG")), name="reçu.png", purpose=FilePurpose.ATTACHMENT)
    file = record(session, upload, keys=Keys("shown", "original"), owner_id=awa, now=NOON)
    await session.flush()
    shared_with.add(bruno)

    assert await get_visible(session, file.id, Viewer(bruno)) is file
    for viewer in (Viewer(awa), Viewer(bruno, frozenset({"finance"}))):
        assert (await get_original(session, file.id, viewer))[1].key == "original"
    for viewer in (Viewer(bruno), None):
        with pytest.raises(FileNotFoundHereError):
            await get_original(session, file.id, viewer)
    [exported] = await export_files(session, awa)
    assert exported["original"]["sha256"] == sha256(saved(scene(), "PNG")).hexdigest()


async def test_what_was_kept_once_has_no_original(session: AsyncSession, keep: Keep, awa: UUID) -> None:
    brief = await keep(session, awa)

    with pytest.raises(FileNotFoundHereError):
        await get_original(session, brief.id, Viewer(awa))


@pytest.fixture
def shared_with() -> Iterator[set[UUID]]:
    """Accounts to which a package above shows every file."""
    shown: set[UUID] = set()
    before = dict(visibility._checks)  # pyright: ignore[reportPrivateUsage]  # noqa: SLF001

    @shows_files
    async def is_shared(_session: AsyncSession, _file_id: UUID, viewer: Viewer | None) -> bool:
        return viewer is not None and viewer.account_id in shown

    assert is_shared
    yield shown
    visibility._checks.clear()  # pyright: ignore[reportPrivateUsage]  # noqa: SLF001
    visibility._checks.update(before)  # pyright: ignore[reportPrivateUsage]  # noqa: SLF001


async def test_a_package_above_may_show_it_to_others(
    session: AsyncSession, keep: Keep, awa: UUID, bruno: UUID, shared_with: set[UUID]
) -> None:
    brief = await keep(session, awa)
    with pytest.raises(FileNotFoundHereError):
        await get_visible(session, brief.id, Viewer(bruno))

    shared_with.add(bruno)

    assert await get_visible(session, brief.id, Viewer(bruno)) is brief
    with pytest.raises(FileNotFoundHereError):
        await get_visible(session, brief.id, None)


async def test_one_attaches_ones_own_files_in_order_and_once(
    session: AsyncSession, keep: Keep, awa: UUID, bruno: UUID
) -> None:
    first, second, foreign = await keep(session, awa), await keep(session, awa), await keep(session, bruno)

    found = await own_files(session, [second.id, first.id], owner_id=awa, pointer="/file_ids")
    assert list(found) == [second, first]
    for wrong in ([first.id, foreign.id], [first.id, first.id], [first.id, new_id()]):
        with pytest.raises(FileUnusableError) as refusal:
            await own_files(session, wrong, owner_id=awa, pointer="/file_ids")
        assert [place.pointer for place in refusal.value.errors] == ["/file_ids/1"]
    assert list(await own_files(session, [], owner_id=awa, pointer="/file_ids")) == []


async def test_erasure_takes_every_file_that_no_package_keeps(session: AsyncSession, keep: Keep, awa: UUID) -> None:
    photo, brief = await keep(session, awa, purpose=FilePurpose.PHOTO), await keep(session, awa)
    exported = await export_files(session, awa)
    assert [file["original"] for file in exported] == [None, None]
    assert [file["id"] for file in exported] == [
        show_id("fil", photo.id),
        show_id("fil", brief.id),
    ]

    await erase_files(session, awa)

    assert set(await files_by_id(session, [photo.id, brief.id])) == set()
    with pytest.raises(FileNotFoundHereError):
        await get_visible(session, photo.id, Viewer(awa))
    with pytest.raises(FileNotFoundHereError):
        await get_own(session, photo.id)
