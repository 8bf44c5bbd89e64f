"""An upload that is broken off is no fault and leaves nothing behind; one that trickles holds no place."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select
from structlog.testing import capture_logs

from orderhub.adapters.storage.objects import ObjectStorage
from orderhub.api.dependencies import Parts
from orderhub.bootstrap import build_application
from orderhub.commands.listening import WebServer, listen, url_of
from orderhub.domain.files.models import File, UploadCount
from orderhub.domain.files.ports import FileStorage
from orderhub.infra.isolation.pool import Isolation
from orderhub.settings import Settings
from tests.making.people import sign_up
from tests.making.sockets import head, wire
from tests.making.uploads import send

FORM: Final = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
PURPOSE: Final = b'\r\n--x\r\nContent-Disposition: form-data; name="purpose"\r\n\r\nattachment\r\n--x--\r\n'
LARGE: Final = b"Un logo bleu. " * 200_000
"""More than is kept in memory."""
WHOLE: Final = FORM + LARGE + PURPOSE
SOON: Final = 10.0


@dataclass(frozen=True)
class Hub:
    """A served application of two places, and somebody signed in."""

    app: FastAPI
    url: str
    token: dict[str, str]

    @property
    def parts(self) -> Parts:
        return self.app.state.parts

    def head(self) -> bytes:
        """Of an upload of `WHOLE`."""
        form = {"Content-Type": "multipart/form-data; boundary=x", "Content-Length": str(len(WHOLE))}
        return head("POST", "/v1/files", self.token | form)

    async def kept(self) -> tuple[int, int, int]:
        """How many rows, tries and objects there are."""
        async with self.parts.database.session() as session:
            files = await session.scalar(select(func.count()).select_from(File))
            tries = await session.scalar(select(func.count()).select_from(UploadCount))
        storage: ObjectStorage = self.parts.others[FileStorage]
        return files or 0, tries or 0, sum([len(batch) async for batch in storage.within("")])


@pytest.fixture
async def hub(settings: Settings) -> AsyncIterator[Hub]:
    limits = settings.limits.model_copy(update={"concurrent": 2})
    narrow = settings.model_copy(update={"limits": limits})
    app = build_application(narrow)
    with listen("127.0.0.1", 0) as listener:
        server = WebServer(app, narrow)
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        await server.ready.wait()
        parts: Parts = app.state.parts
        claims = await sign_up(parts.database, "bruno")
        yield Hub(app, url_of(listener), {"Authorization": f"Bearer {parts.tokens.issue(claims)}"})
        server.should_exit = True
        await serving


def spooled() -> int:
    """Files without a name that this process has open: what an upload is written to meanwhile."""
    links = (entry for entry in Path("/proc/self/fd").iterdir())
    return sum(1 for entry in links if entry.is_symlink() and str(entry.readlink()).endswith("(deleted)"))


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(SOON):
        while not is_so():  # noqa: ASYNC110 - a file that is closed tells nobody
            await asyncio.sleep(0.02)


async def as_soon_as_there_is_a_place(hub: Hub) -> None:
    """Upload something: those who left may be being signed in at this moment."""
    async with httpx.AsyncClient(base_url=hub.url, headers=hub.token, trust_env=False) as bruno:
        for _ in range(int(SOON / 0.1)):
            answer = await send(bruno, b"Bonjour")
            if answer.status_code != 503:
                assert answer.status_code == 201, answer.text
                return
            await asyncio.sleep(0.1)
    pytest.fail("no place came free")


@pytest.mark.parametrize("sent", [0, 20, len(FORM) + 10, len(FORM) + 2_000_000, len(WHOLE) - len(PURPOSE), -1])
async def test_an_upload_that_is_broken_off_leaves_nothing(hub: Hub, sent: int) -> None:
    before = spooled()
    with capture_logs() as said:
        for _ in range(3):
            async with wire(hub.url) as client:
                await client.send(hub.head() + WHOLE[:sent])
                if sent > 1_500_000:
                    await until(lambda: spooled() > before)
        await until(lambda: spooled() <= before)

        await as_soon_as_there_is_a_place(hub)

    assert await hub.kept() == (1, 1, 1)
    assert [entry for entry in said if entry["log_level"] not in {"info", "debug"}] == []
    isolation: Isolation = hub.parts.others[Isolation]
    assert isolation.processes == 0


async def test_uploads_that_trickle_hold_no_place(hub: Hub) -> None:
    async with AsyncExitStack() as stack:
        clients = [await stack.enter_async_context(wire(hub.url)) for _ in range(20)]
        for client in clients:
            await client.send(hub.head() + WHOLE[:1000])
            await asyncio.sleep(0.1)  # one after the other: all get their place, and leave it

        async with httpx.AsyncClient(base_url=hub.url, headers=hub.token, trust_env=False) as bruno:
            for _ in range(3):
                assert (await send(bruno, b"Bonjour")).status_code == 201
                assert (await bruno.get("/v1/listings")).status_code == 200

        for client in clients[:3]:
            await client.send(WHOLE[1000:])
            assert await client.status() == 201
