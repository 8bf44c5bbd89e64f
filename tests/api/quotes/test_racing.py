"""Two people, or a person and the clock, at the same instant: one has their way, the other is told."""

import asyncio
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import insert, select

from orderhub.domain.orders.models import Order
from orderhub.domain.quotes import engine, timers
from orderhub.domain.quotes.models import Quote
from orderhub.domain.quotes.queries import state_of
from orderhub.domain.transitions.models import History, Timer
from orderhub.infra.database import Database
from orderhub.kit.clock import real_now
from orderhub.kit.ids import new_id, show_id
from tests.api.quotes.conftest import Join, id_of
from tests.making import quotes

TRIES = 12


async def ask(client: httpx.AsyncClient, quote: Quote, action: str, **fields: object) -> httpx.Response:
    return await client.post(
        f"/v1/quotes/{show_id('quo', quote.id)}/transitions",
        json={"action": action, **fields},
        headers={"Idempotency-Key": new_id().hex},
    )


async def test_two_of_the_staff_take_a_quote_at_once(hub: Database, join: Join, awa: httpx.AsyncClient) -> None:
    chloe, nadia = await join("chloe", "support"), await join("nadia", "support")
    for _ in range(TRIES):
        async with hub.session() as session:
            quote = await quotes.add_quote(session, await id_of(hub, "awa"))
        answers = await asyncio.gather(*(ask(who, quote, "take") for who in (chloe, nadia)))
        assert sorted(answer.status_code for answer in answers) == [200, 409]
        (taken,) = [answer.json() for answer in answers if answer.status_code == 200]
        winner = "chloe" if answers[0].status_code == 200 else "nadia"
        assert taken["taken_by"] == show_id("acc", await id_of(hub, winner))


@pytest.mark.usefixtures("chloe")
async def test_an_acceptance_at_the_instant_of_expiry(hub: Database, awa: httpx.AsyncClient) -> None:
    for turn in range(TRIES):
        quote, timer = await _about_to_expire(hub)
        expires_at = quote.expires_at
        assert expires_at is not None
        accepting = ask(awa, quote, "accept", version=1)
        expiring = engine.fire_timer(hub, timer, expires_at)
        # Whoever is started first is ahead more often: each is, in turn.
        both = (accepting, expiring) if turn % 2 else (expiring, accepting)
        found = [done for done in await asyncio.gather(*both) if done is not None]
        await _settled(hub, quote, found[0])


async def _about_to_expire(hub: Database) -> tuple[Quote, Timer]:
    awa, chloe, now = await id_of(hub, "awa"), await id_of(hub, "chloe"), real_now()
    async with hub.session() as session:
        quote = await quotes.add_quote(session, awa, now=now - timedelta(days=1))
        await quotes.lead(session, quote, "in_preparation", at=now)
        await quotes.issue(session, quote, chloe, at=now)
        _, rows = timers.difference(None, state_of(quote), now)
        await session.execute(insert(Timer).values(rows))
        row = next(row for row in rows if row["kind"] == "row")
        return quote, await session.get_one(Timer, row["id"])


async def _settled(hub: Database, quote: Quote, answer: httpx.Response) -> None:
    """One of the two happened, whole, and the other one not at all."""
    async with hub.session() as session:
        after = await session.get_one(Quote, quote.id)
        placed = (await session.scalars(select(Order.id).where(Order.id == after.order_id))).all()
        last = await session.get_one(History, (quote.id, after.version))
        left = (await session.scalars(select(Timer.id).where(Timer.subject_id == quote.id))).all()
    if after.status == "accepted":
        assert (answer.status_code, len(placed), last.action, left) == (201, 1, "accept", [])
    else:
        assert (answer.status_code, placed, last.action) == (409, [], "expire")
        assert answer.json()["code"] == "transition_not_allowed"
        assert answer.json()["available_actions"] == ["renew"]
