"""Three hundred slow clients at a time, on a served hub: everybody else goes on as if they were not there."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import httpx
import pytest

from orderhub.domain.samples import AWA, BRUNO, PASSWORD
from orderhub.kit.ids import new_id
from tests.cli.running import Serve
from tests.making.sockets import Wire, head, wire

pytestmark = pytest.mark.slow
CLIENTS = 300
ROUNDS = 15
EVERY = 1.0
_MANY = "1000000"
_LIMITS = {"limits_per_address": _MANY, "limits_per_account": _MANY, "limits_sign_in": _MANY}
_FORM = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
_PARTS = {"Content-Type": "multipart/form-data; boundary=x", "Content-Length": _MANY}

Attack = Callable[["Attacker", Wire], Coroutine[Any, Any, None]]


@dataclass(frozen=True)
class Attacker:
    """Somebody who is signed in and has a file of their own."""

    token: dict[str, str]
    link: str


async def slow_heads(_: Attacker, client: Wire) -> None:
    await client.drip(head("GET", "/v1/listings", {"X-Slow": "x" * 200}), EVERY)


async def slow_json(_: Attacker, client: Wire) -> None:
    await client.send(head("POST", "/v1/accounts", {"Content-Type": "application/json", "Content-Length": "900"}))
    await client.drip(b"{" * 900, EVERY)


async def slow_notifications(_: Attacker, client: Wire) -> None:
    headers = {"Content-Type": "text/plain", "Content-Length": "900"}
    await client.send(head("POST", "/v1/hooks/payments/sandbox", headers))
    await client.drip(b"{" * 900, EVERY)


async def slow_uploads(attacker: Attacker, client: Wire) -> None:
    await client.send(head("POST", "/v1/files", attacker.token | _PARTS) + _FORM)
    await client.drip(b"x" * 900, EVERY)


async def slow_downloads(attacker: Attacker, client: Wire) -> None:
    await client.send(head("GET", attacker.link))
    for _ in range(900):
        await client.reader.read(1)
        await asyncio.sleep(EVERY)


async def no_reading(attacker: Attacker, client: Wire) -> None:
    client.writer.write(head("GET", "/openapi.json", attacker.token) * 20)
    await asyncio.sleep(900)


ATTACKS = (slow_heads, slow_json, slow_notifications, slow_uploads, slow_downloads, no_reading)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
async def test_slow_clients_keep_nobody_waiting(serve: Serve, attack: Attack) -> None:
    server = await asyncio.to_thread(lambda: serve(**_LIMITS).wait_for("is ready"))
    async with signed_in(server.url, AWA.email) as awa, signed_in(server.url, BRUNO.email) as bruno:
        attacker = Attacker({"Authorization": bruno.headers["Authorization"]}, await upload(bruno))
        async with AsyncExitStack() as stack:
            clients = [await stack.enter_async_context(wire(server.url, window=4096)) for _ in range(CLIENTS)]
            attacks = [asyncio.create_task(attack(attacker, client)) for client in clients]
            await asyncio.sleep(2)
            for _ in range(ROUNDS):
                await live(awa)
                await asyncio.sleep(EVERY / 3)
            for task in attacks:
                task.cancel()
            await asyncio.gather(*attacks, return_exceptions=True)
    assert "Traceback" not in server.said
    assert "fault" not in server.said


@asynccontextmanager
async def signed_in(url: str, email: str) -> AsyncGenerator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=url, trust_env=False, timeout=5) as client:
        form = {"username": email, "password": PASSWORD}
        answer = await client.post("/v1/auth/token", data=form)
        client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
        yield client


async def upload(client: httpx.AsyncClient) -> str:
    """The link to a file that no buffer between here and there holds."""
    archive = BytesIO()
    with ZipFile(archive, "w") as made:
        made.writestr("brief.txt", b"Un logo bleu. " * 600_000)
    files = {"file": ("brief.zip", archive.getvalue())}
    answer = await client.post("/v1/files", files=files, data={"purpose": "attachment"}, timeout=60)
    assert answer.status_code == 201, answer.text
    return httpx.URL(answer.json()["url"]).raw_path.decode()


async def live(client: httpx.AsyncClient) -> None:
    """What people do: look, sign in, write."""
    orders = (await client.get("/v1/orders")).raise_for_status().json()
    assert orders["data"]
    (await client.get("/v1/listings")).raise_for_status()
    (await client.get("/health/ready")).raise_for_status()
    key = {"Idempotency-Key": new_id().hex}
    cart = (await client.post("/v1/carts", json={"separate": True}, headers=key)).raise_for_status().json()
    (await client.delete(f"/v1/carts/{cart['id']}")).raise_for_status()
    form = {"username": AWA.email, "password": PASSWORD}
    (await client.post("/v1/auth/token", data=form)).raise_for_status()
