"""Slow clients cost what they hold themselves: no place among the requests worked on, no connection to the database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from io import BytesIO
from zipfile import ZipFile

import httpx
import pytest
from fastapi import FastAPI

from orderhub.adapters.payments.sandbox_server.serving import running_app
from orderhub.api.bodies import MOST_BODY
from orderhub.api.dependencies import Parts
from orderhub.settings import Settings
from tests.making.people import sign_up
from tests.making.sockets import Wire, head, wire

PLACES = 2
SLOW = 5
PATIENCE = 10.0
FORM = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
PURPOSE = b'\r\n--x\r\nContent-Disposition: form-data; name="purpose"\r\n\r\nattachment\r\n--x--\r\n'


def _archive() -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as made:
        made.writestr("brief.txt", b"Un logo bleu. " * 600_000)
    return file.getvalue()


ARCHIVE = _archive()
"""More than what buffers between here and a reader hold."""


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Two places, and a second for what is sent."""
    limits = {"concurrent": PLACES, "body_seconds": 1.0, "upload_seconds": 2.0}
    return settings.model_copy(update={"limits": settings.limits.model_copy(update=limits)})


@pytest.fixture
async def url(app: FastAPI) -> AsyncIterator[str]:
    """The application on a port."""
    async with running_app(app) as found:
        yield found


@pytest.fixture
async def token(app: FastAPI) -> dict[str, str]:
    """Awa's."""
    parts: Parts = app.state.parts
    claims = await sign_up(parts.database, "awa")
    return {"Authorization": f"Bearer {parts.tokens.issue(claims)}"}


async def wires(stack: AsyncExitStack, url: str, *, window: int = 65_536) -> list[Wire]:
    """More connections than there are places."""
    return [await stack.enter_async_context(wire(url, window=window)) for _ in range(SLOW)]


async def all_is_well(app: FastAPI, url: str) -> None:
    """Others are served, and nothing is held."""
    parts: Parts = app.state.parts
    await asyncio.sleep(0.1)
    async with httpx.AsyncClient(base_url=url, trust_env=False) as client:
        for _ in range(3):
            assert (await client.get("/v1/listings")).status_code == 200
    assert parts.database.in_use == 0


SLOW_BODIES = [
    ("/v1/accounts", "application/json"),
    ("/v1/auth/token", "application/x-www-form-urlencoded"),
    ("/v1/hooks/payments/sandbox", "application/json"),
    ("/v1/hooks/payments/sandbox", "text/plain"),
    ("/v1/hooks/payments/sandbox", "multipart/form-data; boundary=x"),
    ("/v1/hooks/tracking/colissimo", "text/plain"),
]


@pytest.mark.parametrize(("path", "kind"), SLOW_BODIES, ids=lambda part: part)
async def test_a_slow_body_holds_no_place_and_has_a_time(app: FastAPI, url: str, path: str, kind: str) -> None:
    async with asyncio.timeout(PATIENCE), AsyncExitStack() as stack:
        clients = await wires(stack, url)
        for client in clients:
            await client.send(head("POST", path, {"Content-Type": kind, "Content-Length": "1000"}) + b"{")
        await all_is_well(app, url)
        for client in clients:
            assert await client.status() == 408
            assert b"too_slow" in await client.rest()


async def test_a_slow_upload_holds_no_place_and_has_a_time(app: FastAPI, url: str, token: dict[str, str]) -> None:
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    async with asyncio.timeout(PATIENCE), AsyncExitStack() as stack:
        clients = await wires(stack, url)
        for client in clients:
            size = {"Content-Length": str(len(FORM + ARCHIVE + PURPOSE))}
            await client.send(head("POST", "/v1/files", token | kind | size) + FORM + ARCHIVE[:100_000])
            await asyncio.sleep(0.05)  # signed in, and reading
        await all_is_well(app, url)
        await clients[0].send(ARCHIVE[100_000:] + PURPOSE)
        assert await clients[0].status() == 201
        for client in clients[1:]:
            assert await client.status() == 408


async def test_an_upload_is_not_waited_for_without_a_token(app: FastAPI, url: str) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=x", "Content-Length": "1000000"}
    async with asyncio.timeout(PATIENCE), wire(url) as client:
        await client.send(head("POST", "/v1/files", headers))
        assert await client.status() == 401


async def test_an_aborted_upload_is_no_fault(
    app: FastAPI, url: str, token: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=x", "Content-Length": "1000000"}
    async with wire(url) as client:
        await client.send(head("POST", "/v1/files", token | headers) + FORM)
        await asyncio.sleep(0.2)
    async with wire(url) as client:
        await client.send(head("POST", "/v1/accounts", {"Content-Length": "1000"}) + b"{")
        await asyncio.sleep(0.2)
    await asyncio.sleep(0.2)
    await all_is_well(app, url)
    said = capsys.readouterr().err
    assert "fault" not in said
    assert "Traceback" not in said
    assert said.count(" 499 POST ") == 2


async def test_a_slow_download_holds_no_place(app: FastAPI, url: str, token: dict[str, str]) -> None:
    async with httpx.AsyncClient(base_url=url, trust_env=False, headers=token) as awa:
        form = {"file": ("brief.zip", ARCHIVE)}
        uploaded = await awa.post("/v1/files", files=form, data={"purpose": "attachment"})
    link = httpx.URL(uploaded.json()["url"]).raw_path.decode()
    async with asyncio.timeout(PATIENCE), AsyncExitStack() as stack:
        clients = await wires(stack, url, window=4096)
        for client in clients:
            await client.send(head("GET", link))
        await all_is_well(app, url)
        assert await clients[0].status() == 200
        *_, content = (await clients[0].reader.readuntil(b"\r\n\r\n"), await read(clients[0], len(ARCHIVE)))
        assert content == ARCHIVE


async def test_a_reader_who_asks_without_reading_holds_no_place(app: FastAPI, url: str) -> None:
    async with AsyncExitStack() as stack:
        for client in await wires(stack, url, window=1):
            client.writer.write(head("GET", "/openapi.json") * 40)
        await asyncio.sleep(1)
        await all_is_well(app, url)


async def test_a_large_body_comes_whole_or_not_at_all(app: FastAPI, url: str) -> None:
    note = b'{"note": "' + b"x" * (MOST_BODY - 12) + b'"}'
    async with asyncio.timeout(PATIENCE), wire(url) as client:
        kind = {"Content-Type": "application/json", "Content-Length": str(len(note))}
        await client.send(head("POST", "/v1/accounts", kind) + note[:500_000])
        await asyncio.sleep(0.3)
        await client.send(note[500_000:])
        assert await client.status() == 422
    async with asyncio.timeout(PATIENCE), wire(url) as client:
        await client.send(head("POST", "/v1/accounts", {"Transfer-Encoding": "chunked"}))
        for _ in range(3):
            await client.send(b"61a80\r\n" + b" " * 400_000 + b"\r\n")
            await asyncio.sleep(0.1)
        assert await client.status() == 413


async def read(client: Wire, size: int) -> bytes:
    """So many bytes."""
    found = b""
    while len(found) < size:
        found += await client.reader.read(1 << 20)
    return found
