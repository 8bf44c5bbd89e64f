"""Uploads that are two things at once, headers from users, foreign origins, spoofed addresses, shared keys."""

import asyncio
import io
import zipfile
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI
from PIL import Image

from orderhub.bootstrap import build_application
from orderhub.kit.ids import new_id
from orderhub.settings import LimitSettings
from tests.security.town import PASSWORD, Town

pytestmark = pytest.mark.asyncio(loop_scope="session")
_SCRIPT = b"<html><script>alert(document.cookie)</script></html>"


def picture(kind: str) -> bytes:
    """A small picture."""
    file = io.BytesIO()
    Image.new("RGB", (8, 8), "blue").save(file, kind, comment=_SCRIPT if kind == "JPEG" else None)
    return file.getvalue()


def archive() -> bytes:
    """A ZIP with a page in it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("index.html", _SCRIPT)
    return file.getvalue()


async def upload(town: Town, content: bytes, name: str, purpose: str = "attachment") -> httpx.Response:
    """Upload something as Awa."""
    files = {"file": (name, content, "text/html")}
    return await town.client("buyer").post("/v1/files", files=files, data={"purpose": purpose})


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("tail", [archive(), _SCRIPT, b"%PDF-1.7\n"], ids=["zip", "page", "pdf"])
async def test_a_picture_with_something_behind_it_is_only_a_picture(town: Town, kind: str, tail: bytes) -> None:
    answer = await upload(town, picture(kind) + tail, "logo.html", "photo")
    assert answer.status_code == 201, answer.text
    kept = await town.anonymous.get(httpx.URL(answer.json()["url"]).raw_path.decode())
    assert kept.headers["Content-Type"] in {"image/png", "image/jpeg", "image/webp"}
    assert tail[:20] not in kept.content
    assert _SCRIPT not in kept.content
    assert not kept.headers["Content-Disposition"].endswith(".html")


@pytest.mark.parametrize(
    "content",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        _SCRIPT,
        b"GIF89a/*" + _SCRIPT,
        b"MZ\x90\x00" + b"\0" * 60,
        b"\x7fELF" + b"\0" * 60,
    ],
    ids=["svg", "html", "gif", "exe", "elf"],
)
async def test_what_a_browser_might_run_is_never_served_as_such(town: Town, content: bytes) -> None:
    answer = await upload(town, content, "x.html")
    if answer.status_code == 201:
        kept = await town.anonymous.get(httpx.URL(answer.json()["url"]).raw_path.decode())
        # A drawing is said to be one, and is never shown: no script of it runs.
        assert kept.headers["Content-Type"] in {"text/plain; charset=utf-8", "image/svg+xml"}
        assert kept.headers["Content-Disposition"].startswith("attachment")
        assert kept.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in kept.headers["Content-Security-Policy"]
    else:
        assert answer.status_code in {415, 422}, answer.text


@pytest.mark.parametrize("name", ["a\r\nSet-Cookie: x=1", '"; filename="evil.exe', "../../etc/passwd", "\u202egpj.exe"])
async def test_a_name_adds_no_header_and_leads_nowhere(town: Town, name: str) -> None:
    answer = await upload(town, b"Un logo bleu.", name)
    assert answer.status_code in {201, 400, 422}, answer.text
    if answer.status_code == 201:
        kept = await town.anonymous.get(httpx.URL(answer.json()["url"]).raw_path.decode())
        assert "Set-Cookie" not in kept.headers
        disposition = kept.headers["Content-Disposition"]
        assert disposition.startswith("attachment; filename*=UTF-8''")
        assert not {'"', ";"} & set(disposition.partition("''")[2])
        assert not {"/", "\u202e", "\\"} & set(answer.json()["name"])


INJECTION = "Awa\r\nBcc: tous@example.fr"


async def test_nobody_writes_a_header_of_a_mail(town: Town) -> None:
    awa, bruno = town.client("buyer"), town.client("seller")
    register = {"email": "x@example.fr", "password": PASSWORD, "display_name": INJECTION}
    attempts = [
        await town.anonymous.post("/v1/accounts", json=register),
        await town.anonymous.post("/v1/accounts", json=register | {"display_name": "x", "email": f"{INJECTION}@x.fr"}),
        await town.anonymous.post("/v1/accounts/password-reset", json={"email": "awa@example.fr\r\nBcc: x@example.fr"}),
        await awa.patch("/v1/me", json={"display_name": INJECTION}),
        await bruno.patch(f"/v1/listings/{town.id_of('listing')}", json={"title": INJECTION}),
    ]
    assert [answer.status_code for answer in attempts] == [422] * 5
    await town.world.worker.drain()
    mails = (await town.anonymous.get("/v1/sandbox/mailbox?limit=100")).json()["data"]
    assert len(mails) > 5
    assert [mail for mail in mails if "\n" in mail["subject"] + mail["to"] or "tous@" in str(mail)] == []


@pytest.mark.parametrize(
    "origin", ["null", "https://evil.example", "http://localhost:3000.evil.example", "http://LOCALHOST:3000@evil", "*"]
)
async def test_a_foreign_origin_reads_nothing(town: Town, origin: str) -> None:
    asks = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    for answer in (
        await town.client("buyer").get("/v1/me", headers={"Origin": origin}),
        await town.anonymous.options("/v1/orders", headers=asks),
    ):
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert "Access-Control-Allow-Credentials" not in answer.headers


async def test_every_answer_has_what_protects_browsers(town: Town) -> None:
    for path in ("/v1/me", "/v1/nowhere", "/docs", "/health/live", "/openapi.json", "/v1/listings"):
        answer = await town.client("buyer").get(path)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "Server" not in answer.headers or "uvicorn" in answer.headers["Server"]
        assert "X-Powered-By" not in answer.headers


async def test_a_key_belongs_to_one_account_and_one_operation(town: Town) -> None:
    key = {"Idempotency-Key": new_id().hex}
    listing = {"kind": "service", "listing_id": town.id_of("listing")}

    async def place(role: str, **changes: Any) -> httpx.Response:
        return await town.client(role).post("/v1/orders", json=listing | changes, headers=key)

    first, hers = await place("buyer"), await place("stranger")
    assert (first.status_code, hers.status_code) == (201, 201)
    assert first.json()["id"] != hers.json()["id"]
    again = await place("buyer")
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.content == first.content
    assert (await place("buyer", options=[town.things["option"]["option_id"]])).status_code == 422
    orders = (first.json()["id"], hers.json()["id"])
    cancel = {"action": "cancel"}
    done = await town.client("buyer").post(f"/v1/orders/{orders[0]}/transitions", json=cancel, headers=key)
    assert (done.status_code, done.json()["status"]) == (200, "cancelled")
    stolen = await town.client("buyer").post(f"/v1/orders/{orders[1]}/transitions", json=cancel, headers=key)
    assert stolen.status_code == 404


async def test_a_replay_is_authorised_afresh(town: Town) -> None:
    person = await town.newcomer()
    headers = {"Idempotency-Key": new_id().hex}
    body = {"kind": "service", "listing_id": town.id_of("listing")}
    assert (await person.client.post("/v1/orders", json=body, headers=headers)).status_code == 201
    await person.ask("POST", "/auth/logout", 204)
    assert (await person.client.post("/v1/orders", json=body, headers=headers)).status_code == 401


class TestLimits:
    """With limits, on an application of its own."""

    @pytest_asyncio.fixture(loop_scope="session")
    async def limited(self, town: Town) -> AsyncIterator[httpx.AsyncClient]:
        limits = LimitSettings(enabled=True, per_address=5, per_account=8, sign_in=3)
        app: FastAPI = build_application(town.world.parts.settings.model_copy(update={"limits": limits}))
        async with app.router.lifespan_context(app):
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://orderhub.test") as client:
                yield client

    async def test_an_address_can_not_be_made_up(self, limited: httpx.AsyncClient) -> None:
        statuses: list[int] = []
        for n in range(7):
            spoofed = {
                "X-Forwarded-For": f"198.51.100.{n}",
                "Forwarded": f"for=198.51.100.{n}",
                "X-Real-IP": f"10.0.0.{n}",
            }
            statuses.append((await limited.get("/v1/listings", headers=spoofed)).status_code)
        assert statuses == [200] * 5 + [429] * 2

    async def test_an_account_has_one_limit_whatever_its_sessions(self, town: Town, limited: httpx.AsyncClient) -> None:
        tokens = [(await town.sign_in("fatou@example.fr"))["access_token"] for _ in range(2)]
        asked = [limited.get("/v1/me", headers={"Authorization": f"Bearer {tokens[n % 2]}"}) for n in range(10)]
        statuses = [answer.status_code for answer in await asyncio.gather(*asked)]
        assert (statuses.count(200), statuses.count(429)) == (8, 2)

    async def test_guesses_are_few(self, limited: httpx.AsyncClient) -> None:
        form = {"username": "personne@example.fr", "password": "mangues-pas-mures"}
        answers = [await limited.post("/v1/auth/token", data=form) for _ in range(5)]
        assert [answer.status_code for answer in answers] == [401] * 3 + [429] * 2
        assert int(answers[-1].headers["Retry-After"]) > 0
