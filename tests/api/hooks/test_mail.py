"""The mail hook: only what was signed is taken, whole, and once."""

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from orderhub.api.dependencies import Parts
from orderhub.bootstrap import worker_context
from orderhub.domain.files.models import File
from orderhub.domain.files.ports import FileStorage
from orderhub.domain.replies.addresses import QuoteVersionReply, ReplyAddresses
from orderhub.domain.replies.models import InboundMail
from orderhub.infra.database import Database
from orderhub.infra.isolation.pool import Isolation
from orderhub.jobs.worker import Worker
from orderhub.kit.clock import real_now
from orderhub.kit.ids import show_id
from tests.domain.replies.letters import PDF, letter, picture, raw, with_pdf, with_picture
from tests.making import quotes
from tests.making.people import add_person
from tests.making.signatures import signed

PATH = "/v1/hooks/mail"
OTHER_SECRET = "whsec_YW5vdGhlciBzZWNyZXQgb2YgdGhpcyB0ZXN0"
Post = Callable[..., Any]


@pytest.fixture
def parts(app: FastAPI) -> Parts:
    return app.state.parts


@pytest.fixture
def ours(parts: Parts) -> str:
    """The secret that the relay shares with us."""
    return parts.settings.mail.inbound_secret.get_secret_value()


@pytest.fixture
def post(client: httpx.AsyncClient, ours: str) -> Post:
    """Posts a mail as the relay does."""

    async def posting(body: bytes, secret: str = ours, **parts: Any) -> httpx.Response:
        headers = {"Content-Type": "message/rfc822"} | signed(secret, body, **parts)
        return await client.post(PATH, content=body, headers=headers)

    return posting


async def mails(database: Database) -> list[InboundMail]:
    async with database.session() as session:
        return list(await session.scalars(select(InboundMail)))


async def test_a_signed_mail_is_recorded_once(post: Post, parts: Parts) -> None:
    body = raw(with_pdf(letter()))
    first = await post(body)
    assert (first.status_code, first.json()) == (200, {"outcome": "recorded"})
    again = await post(body, message_id="msg_2")
    assert (again.status_code, again.json()) == (200, {"outcome": "repeated"})
    (mail,) = await mails(parts.database)
    assert (mail.message_id, mail.sender) == ("reply-1@example.fr", "awa@example.fr")
    async with parts.database.session() as session:
        file = (await session.scalars(select(File))).one()
    pieces = [bytes(piece) async for piece in await parts.others[FileStorage].open(file.object_key)]
    assert b"".join(pieces) == PDF


async def test_the_signature_is_over_the_raw_bytes(post: Post, parts: Parts) -> None:
    latin = b"From: awa@example.fr\r\nContent-Type: text/plain; charset=latin-1\r\n\r\nd\xe9j\xe0 pay\xe9\xff\x00"
    assert (await post(latin)).json() == {"outcome": "recorded"}
    assert (await mails(parts.database))[0].text.startswith("déjà payé")


@pytest.mark.parametrize(
    "changed",
    [
        {"webhook-signature": None},
        {"webhook-id": None},
        {"webhook-timestamp": None},
        {"webhook-id": "msg_other"},
        {"webhook-timestamp": str(int(real_now().timestamp()) + 1)},
        {"webhook-timestamp": "-1"},
        {"webhook-timestamp": "9" * 400},
        {"webhook-signature": "v1,"},
        {"webhook-signature": "v2,AAAA v1,é"},
        {"webhook-signature": ""},
    ],
)
async def test_nothing_else_is_taken(
    client: httpx.AsyncClient, parts: Parts, ours: str, changed: dict[str, str | None]
) -> None:
    body = raw(with_pdf(letter()))
    sent = {"Content-Type": "message/rfc822"} | signed(ours, body) | changed
    headers = httpx.Headers([(name, value) for name, value in sent.items() if value is not None], encoding="utf-8")
    answer = await client.post(PATH, content=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (401, "invalid_signature")
    assert await mails(parts.database) == []


async def test_another_secret_an_old_signature_and_changed_bytes_are_refused(post: Post, parts: Parts) -> None:
    body = raw(letter())
    minute = timedelta(minutes=1)
    answers = [await post(body, OTHER_SECRET), await post(body, age=6 * minute), await post(body, age=-6 * minute)]
    assert {answer.status_code for answer in answers} == {401}
    assert (await post(body, age=4 * minute)).status_code == 200
    assert len(await mails(parts.database)) == 1


async def test_a_secret_that_is_changed_may_sign_beside_the_new_one(client: httpx.AsyncClient, ours: str) -> None:
    body = raw(letter())
    headers = {"Content-Type": "message/rfc822"} | signed(ours, body)
    headers["webhook-signature"] = f"{signed(OTHER_SECRET, body)['webhook-signature']} {headers['webhook-signature']}"
    assert (await client.post(PATH, content=body, headers=headers)).status_code == 200


async def test_an_empty_mail_and_another_type_are_refused(client: httpx.AsyncClient, post: Post, ours: str) -> None:
    empty = await post(b" \r\n")
    assert (empty.status_code, empty.json()["code"]) == (400, "mail_empty")
    body = raw(letter())
    form = {"Content-Type": "application/x-www-form-urlencoded"} | signed(ours, body)
    assert (await client.post(PATH, content=body, headers=form)).status_code == 415


async def test_a_mail_may_have_25_megabytes_and_no_more(post: Post, parts: Parts) -> None:
    message = raw(with_picture(letter(), picture()))
    padded = message + b"\r\n" + b"x" * (25_000_000 - len(message) - 2)
    assert (await post(padded)).json() == {"outcome": "recorded"}
    refused = await post(padded + b"x")
    assert (refused.status_code, refused.json()["code"]) == (413, "mail_too_large")
    assert refused.json()["max_bytes"] == 25_000_000
    unread = await post(padded + b"x" * 65_537)
    assert (unread.status_code, unread.json()["code"]) == (413, "too_large")
    assert len(await mails(parts.database)) == 1


async def test_a_mail_that_finds_no_room_is_to_be_sent_again(post: Post, parts: Parts) -> None:
    parts.others[Isolation] = isolation = Isolation(1, wait=0.1)
    async with isolation:
        busy = asyncio.create_task(isolation.run(time.sleep, 60, seconds=60, memory_bytes=1_000_000))
        await asyncio.sleep(0)
        refused = await post(raw(letter()))
        assert (refused.status_code, refused.json()["code"]) == (503, "overloaded")
        assert refused.headers["retry-after"] == "2"
        assert await mails(parts.database) == []
        busy.cancel()
        await asyncio.gather(busy, return_exceptions=True)
        assert (await post(raw(letter()), message_id="msg_2")).json() == {"outcome": "recorded"}


async def test_staff_see_the_files_of_the_case(post: Post, parts: Parts, join: Callable[..., Any]) -> None:
    chloe, bruno = await join("chloe", "support"), await join("bruno")
    async with parts.database.session() as session:
        awa = await add_person(session, "awa", now=real_now())
        quote = await quotes.add_quote(session, awa, now=real_now())
    mail = parts.settings.mail
    addresses = ReplyAddresses(mail.reply_domain, mail.inbound_secret.get_secret_value())
    await post(raw(with_pdf(letter(addresses.make(QuoteVersionReply(quote.id, 1)), "Voilà"))))
    await Worker(worker_context(parts)).drain()
    (waiting,) = [
        each for each in (await chloe.get("/v1/staff/queue")).json()["data"] if each["subject"].startswith("cas_")
    ]
    assert (waiting["kind"], waiting["role"]) == ("mail", "support")
    found = (await chloe.get(f"/v1/staff/cases/{waiting['subject']}")).json()
    assert found["case"]["opened_by"] == show_id("acc", awa)
    (file_id,) = found["file_ids"]
    about = await chloe.get(f"/v1/files/{file_id}")
    assert (about.status_code, about.json()["name"]) == (200, "reçu.pdf")
    assert (await chloe.get(about.json()["url"])).content == PDF
    assert (await bruno.get(f"/v1/files/{file_id}")).status_code == 404
    closed = await chloe.post(f"/v1/staff/cases/{waiting['subject']}/close", json={"resolution": "Rappelée."})
    assert closed.status_code == 200, closed.text
