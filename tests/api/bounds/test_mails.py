"""Mails: a buyer's and strangers' are counted apart; what finds no room may be sent again."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import httpx
import pytest
from fastapi import FastAPI

from orderhub.api.dependencies import Parts
from orderhub.bootstrap import worker_context
from orderhub.domain.replies.addresses import QuoteVersionReply, ReplyAddresses
from orderhub.infra.business_clock import business_now, step_to
from orderhub.infra.database import Database
from orderhub.jobs.worker import Worker
from tests.api.conftest import Join
from tests.domain.replies.letters import letter, raw
from tests.making import quotes
from tests.making.bounds import set_bounds
from tests.making.people import add_person
from tests.making.signatures import signed

Post = Callable[..., Awaitable[httpx.Response]]


@pytest.fixture
def parts(app: FastAPI) -> Parts:
    return app.state.parts


@pytest.fixture
def post(client: httpx.AsyncClient, parts: Parts) -> Post:
    """Posts one more mail to an address, as the relay does."""
    secret = parts.settings.mail.inbound_secret.get_secret_value()

    async def posting(number: int, to: str = "bonjour@reply.example") -> httpx.Response:
        mail = letter()
        for name in ("To", "Message-ID"):
            del mail[name]
        mail["To"], mail["Message-ID"] = to, f"<mail-{number}@example.fr>"
        body = raw(mail)
        headers = {"Content-Type": "message/rfc822"} | signed(secret, body)
        return await client.post("/v1/hooks/mail", content=body, headers=headers)

    return posting


def refused(answer: httpx.Response, limit: str, most: int) -> bool:
    problem = answer.json()
    found = (answer.status_code, problem["code"], problem["limit"], problem["most"])
    return found == (409, "limit_reached", limit, most) and answer.headers["Retry-After"] == "3600"


async def test_strangers_fill_no_room_but_their_own(database: Database, parts: Parts, post: Post, join: Join) -> None:
    await set_bounds(database, stray_mails=2, mails=2)
    async with database.session() as session:
        quote = await quotes.add_quote(session, await add_person(session))
    settings = parts.settings.mail
    addresses = ReplyAddresses(settings.reply_domain, settings.inbound_secret.get_secret_value())
    hers = addresses.make(QuoteVersionReply(quote.id, 1))
    assert [(await post(number)).status_code for number in range(2)] == [200, 200]
    assert refused(await post(2), "stray_mails", 2)
    assert (await post(1)).json() == {"outcome": "repeated"}
    assert [(await post(number, hers)).status_code for number in (3, 4)] == [200, 200]
    assert refused(await post(5, hers), "mails", 2)

    await Worker(worker_context(parts)).drain()
    async with database.session() as session:
        await step_to(session, await business_now(session) + timedelta(days=1, seconds=1))
    assert refused(await post(2), "stray_mails", 2)
    chloe = await join("chloe", "support")
    cases = (await chloe.get("/v1/staff/cases", params={"kind": "mail"})).json()["data"]
    assert len(cases) == 4
    for case in cases:
        closed = await chloe.post(f"/v1/staff/cases/{case['id']}/close", json={"resolution": "Vu."})
        assert closed.status_code == 200, closed.text
    assert (await post(2)).json() == {"outcome": "recorded"}
    assert (await post(5, hers)).json() == {"outcome": "recorded"}
