"""Awa reviews Bruno's work over HTTP, and Bruno replies."""

from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import update

from orderhub.domain.accounts.models import Account
from orderhub.domain.policies import queries as policies
from orderhub.infra.database import Database
from orderhub.kit.clock import real_now
from orderhub.kit.ids import new_id, parse_id, show_id
from tests.making.orders import add_order, live, open_conversation

GOOD = {"rating": 5, "text": "Un logo superbe."}


async def account_of(client: httpx.AsyncClient) -> UUID:
    found = parse_id("acc", (await client.get("/v1/me")).json()["id"])
    assert found is not None
    return found


@pytest.fixture
async def listing(bruno: httpx.AsyncClient) -> dict[str, Any]:
    """Bruno's active listing."""
    body = {
        "title": "Logo vectoriel",
        "description": "Trois pistes.",
        "category": "graphic_design",
        "price": {"amount": 12000, "currency": "EUR"},
        "days": 5,
        "state": "active",
    }
    return (await bruno.post("/v1/listings", json=body)).json()


@pytest.fixture
async def order(database: Database, awa: httpx.AsyncClient, bruno: httpx.AsyncClient, listing: dict[str, Any]) -> str:
    """Awa's completed order of it, by its public id."""
    now = real_now()
    async with database.session() as session:
        listing_id = parse_id("lst", listing["id"])
        found = await add_order(session, await account_of(awa), await account_of(bruno), now=now, listing_id=listing_id)
        await live(session, found, now=now)
    return show_id("ord", found.id)


async def test_a_review_and_its_reply(
    awa: httpx.AsyncClient,
    bruno: httpx.AsyncClient,
    client: httpx.AsyncClient,
    listing: dict[str, Any],
    order: str,
) -> None:
    written = await awa.post(f"/v1/orders/{order}/reviews", json=GOOD)
    assert written.status_code == 201, written.text
    review = written.json()
    assert (review["author"]["handle"], review["author_role"], review["reply"]) == ("awa", "buyer", None)
    assert review["listing_id"] == listing["id"]

    replied = await bruno.post(f"/v1/reviews/{review['id']}/reply", json={"text": "Merci Awa !"})
    assert (replied.status_code, replied.json()["reply"]) == (201, "Merci Awa !")

    [shown] = (await client.get(f"/v1/listings/{listing['id']}/reviews")).json()["data"]
    assert shown == replied.json()
    rating = (await client.get(f"/v1/listings/{listing['id']}")).json()["seller"]["rating"]
    assert rating == {"average": 5.0, "count": 1}


async def test_both_parties_see_what_was_written(
    awa: httpx.AsyncClient, bruno: httpx.AsyncClient, client: httpx.AsyncClient, listing: dict[str, Any], order: str
) -> None:
    await awa.post(f"/v1/orders/{order}/reviews", json=GOOD)
    await bruno.post(f"/v1/orders/{order}/reviews", json={"rating": 4, "text": "Brief clair."})

    for party in (awa, bruno):
        found = (await party.get(f"/v1/orders/{order}/reviews")).json()["data"]
        assert [review["author"]["handle"] for review in found] == ["bruno", "awa"]
    public = (await client.get(f"/v1/listings/{listing['id']}/reviews")).json()["data"]
    assert [review["author"]["handle"] for review in public] == ["awa"]
    seller, buyer = [show_id("acc", await account_of(party)) for party in (bruno, awa)]
    assert (await client.get(f"/v1/accounts/{seller}/reviews")).json()["data"] == public
    assert (await client.get(f"/v1/accounts/{buyer}/reviews")).json()["data"] == []
    nobody = await client.get(f"/v1/accounts/{show_id('acc', new_id())}/reviews")
    assert (nobody.status_code, nobody.json()["code"]) == (404, "account_not_found")


async def test_refusals(awa: httpx.AsyncClient, bruno: httpx.AsyncClient, order: str) -> None:
    path = f"/v1/orders/{order}/reviews"
    review = (await awa.post(path, json=GOOD)).json()
    reply = f"/v1/reviews/{review['id']}/reply"

    again = await awa.post(path, json=GOOD)
    assert (again.status_code, again.json()["code"]) == (409, "already_reviewed")
    assert (await awa.post(reply, json={"text": "Moi"})).status_code == 403
    await bruno.post(reply, json={"text": "Merci"})
    twice = await bruno.post(reply, json={"text": "Merci encore"})
    assert (twice.status_code, twice.json()["code"]) == (409, "already_replied")
    absent = await bruno.post(f"/v1/reviews/{show_id('rev', new_id())}/reply", json={"text": "Merci"})
    assert (absent.status_code, absent.json()["code"]) == (404, "review_not_found")


async def test_one_review_for_one_key(awa: httpx.AsyncClient, order: str) -> None:
    key = {"Idempotency-Key": "avis-1"}
    first = await awa.post(f"/v1/orders/{order}/reviews", json=GOOD, headers=key)
    again = await awa.post(f"/v1/orders/{order}/reviews", json=GOOD, headers=key)

    assert (again.status_code, again.json()) == (201, first.json())


@pytest.mark.parametrize("body", [GOOD | {"rating": 6}, GOOD | {"rating": 0}, GOOD | {"rating": 4.0}, {"rating": 5}])
async def test_what_is_no_review(awa: httpx.AsyncClient, order: str, body: dict[str, Any]) -> None:
    assert (await awa.post(f"/v1/orders/{order}/reviews", json=body)).status_code == 422


async def test_the_order_says_who_may_review_write_and_report_and_why_not(
    database: Database, awa: httpx.AsyncClient, bruno: httpx.AsyncClient, order: str
) -> None:
    may = {"allowed": True, "code": None, "reason": None}
    before = (await awa.get(f"/v1/orders/{order}")).json()
    assert (before["can_review"], before["can_write"]) == (may, may)
    assert before["can_report"]["code"] == "order_over"
    await awa.post(f"/v1/orders/{order}/reviews", json=GOOD)
    after = (await awa.get(f"/v1/orders/{order}", headers={"Accept-Language": "en"})).json()["can_review"]
    refused = (await awa.post(f"/v1/orders/{order}/reviews", json=GOOD, headers={"Accept-Language": "en"})).json()
    assert after == {"allowed": False, "code": "already_reviewed", "reason": refused["detail"]}
    assert refused["code"] == after["code"]
    async with database.session() as session:
        await session.execute(update(Account).where(Account.handle == "awa").values(suspended_at=real_now()))
    shown = (await bruno.get(f"/v1/orders/{order}")).json()
    assert (shown["can_review"], shown["can_write"]["code"]) == (may, "party_suspended")
    assert shown["can_write"]["reason"] == "Le compte de l’autre personne est suspendu."


async def test_an_order_that_is_under_way_can_be_reported_and_not_reviewed(
    database: Database, awa: httpx.AsyncClient, bruno: httpx.AsyncClient, join: Any
) -> None:
    async with database.session() as session:
        terms = dict((await policies.current(session)).durations)
        found = await add_order(session, await account_of(awa), await account_of(bruno), now=real_now(), terms=terms)
        await live(session, found, steps=3, now=real_now())
    path = f"/v1/orders/{show_id('ord', found.id)}"
    shown = (await awa.get(path)).json()
    assert (shown["can_report"]["allowed"], shown["can_review"]["code"]) == (True, "order_not_completed")
    staff = (await (await join("chloe", "support")).get(path)).json()
    assert {staff[name]["code"] for name in ("can_report", "can_review", "can_write")} == {"not_a_party"}


async def test_an_order_that_ended_unfulfilled_is_not_waited_for(
    database: Database, awa: httpx.AsyncClient, bruno: httpx.AsyncClient
) -> None:
    async with database.session() as session:
        terms = dict((await policies.current(session)).durations)
        found = await add_order(session, await account_of(awa), await account_of(bruno), now=real_now(), terms=terms)
        await live(session, found, steps=1, now=real_now())
        await open_conversation(session, found)
    path, english = f"/v1/orders/{show_id('ord', found.id)}", {"Accept-Language": "en"}
    assert (
        await awa.post(f"{path}/transitions", json={"action": "cancel"}, headers={"Idempotency-Key": "fin-1"})
    ).status_code == 200
    shown = (await awa.get(path, headers=english)).json()["can_review"]
    refused = (await awa.post(f"{path}/reviews", json=GOOD, headers=english)).json()
    assert shown == {"allowed": False, "code": "order_not_completed", "reason": refused["detail"]}
    assert refused["detail"] == "Only a completed order can be reviewed; this one has ended otherwise."
