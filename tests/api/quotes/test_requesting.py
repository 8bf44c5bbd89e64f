"""Awa asks for a quote of her cart: what is copied, kept, refused and told."""

import asyncio
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from orderhub.api.schemas.quotes import QuoteOut
from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.events.models import Event
from orderhub.domain.quotes.models import Quote
from orderhub.domain.transitions.models import History
from orderhub.infra.database import Database
from orderhub.kit.ids import new_id, parse_id, show_id
from tests.api.quotes.conftest import ADDRESS, REQUEST, SANDALS, Join, id_of


async def test_a_quote_copies_what_can_be_quoted_and_closes_the_cart(
    awa: httpx.AsyncClient, cart: str, hub: Database
) -> None:
    lines = {line["name"]: line["id"] for line in (await awa.get(cart)).json()["lines"]}
    answer = await awa.post(f"{cart}/quote-request", json=REQUEST)

    assert answer.status_code == 201, answer.text
    quote = answer.json()
    assert (quote["status"], quote["role"], quote["version"]) == ("requested", "buyer", 1)
    assert (quote["title"], quote["message"]) == ("Sandales (+1)", "Plutôt caramel.")
    assert [line["id"] for line in quote["lines"]] == [lines["Sandales"], lines["Ceinture"]]
    shop = quote["lines"][0].pop("shop")
    assert shop["name"] == "Sandaga Chaussures"
    assert quote["lines"][0] == {
        "id": lines["Sandales"],
        "name": "Sandales",
        "url": SANDALS,
        "quantity": 2,
        "note": "Pointure 39",
    }
    assert quote["available_actions"] == ["cancel"]
    assert (quote["current"], quote["draft"], quote["deadlines"]) == (None, None, [])
    assert answer.headers["Location"] == f"/v1/quotes/{quote['id']}"
    assert answer.headers["ETag"] == '"1"'
    closed = (await awa.get(cart)).json()
    assert (closed["status"], closed["quote_id"]) == ("requested", quote["id"])


async def test_the_terms_are_kept_with_time_and_address_of_the_client(quote: dict[str, Any], hub: Database) -> None:
    async with hub.session() as session:
        row = await session.get_one(Quote, parse_id("quo", quote["id"]))
        history = (await session.scalars(select(History).where(History.subject_id == row.id))).one()

    assert row.terms_accepted == {"version": 1, "at": quote["requested_at"], "address": "127.0.0.1"}
    assert quote["terms_accepted"] == {"version": 1, "at": quote["requested_at"]}
    assert row.terms["quote"] == "P7D"
    assert (history.action, history.from_status, history.to_status, history.version) == ("request", "", "requested", 1)
    assert [(line["name"], line["code"]) for line in history.data["left_out"]] == [("Sac", "shop_unknown")]


async def test_staff_are_told_by_the_event(quote: dict[str, Any], hub: Database) -> None:
    async with hub.session() as session:
        event = (await session.scalars(select(Event).where(Event.topic == "quote.requested"))).one()

    assert (event.subject, event.sequence, event.second_party) == (quote["id"], 1, HOUSE_ID)
    assert event.first_party == await id_of(hub, "awa")
    assert event.data["tells"] == ["seller"]
    assert event.data["quote"]["title"] == "Sandales (+1)"


@pytest.mark.parametrize("given", ["written", "kept", "default"])
async def test_the_address_is_written_kept_or_the_default_one(awa: httpx.AsyncClient, cart: str, given: str) -> None:
    await awa.post("/v1/me/addresses", json=ADDRESS | {"name": "Chez Awa"})
    office = (await awa.post("/v1/me/addresses", json=ADDRESS | {"name": "Au bureau"})).json()
    where = {
        "written": {"address": ADDRESS | {"name": "Chez Fatou", "phone": "06 12 34 56 78"}},
        "kept": {"address_id": office["id"]},
        "default": {},
    }[given]
    answer = await awa.post(f"{cart}/quote-request", json={"accept_terms_version": 1, **where})

    expected = {"written": "Chez Fatou", "kept": "Au bureau", "default": "Chez Awa"}[given]
    assert answer.json()["address"]["name"] == expected
    assert answer.json()["address"]["phone"] == ("+33612345678" if given == "written" else None)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"accept_terms_version": 2, "address": ADDRESS}, 409, "terms_outdated"),
        ({"accept_terms_version": 1}, 422, "address_missing"),
        ({"accept_terms_version": 1, "address": ADDRESS | {"postcode": "7501"}}, 422, "invalid"),
        ({"accept_terms_version": 1, "address_id": show_id("adr", new_id())}, 404, "address_not_found"),
        ({"address": ADDRESS}, 422, "invalid"),
        (REQUEST | {"address_id": show_id("adr", new_id())}, 422, "invalid"),
    ],
)
async def test_what_is_refused_leaves_the_cart_open(
    awa: httpx.AsyncClient, cart: str, body: dict[str, Any], status: int, code: str
) -> None:
    refused = await awa.post(f"{cart}/quote-request", json=body)

    assert (refused.status_code, refused.json()["code"]) == (status, code), refused.text
    assert (await awa.get(cart)).json()["status"] == "open"
    assert (await awa.get("/v1/quotes")).json()["data"] == []


async def test_outdated_terms_name_those_in_force(awa: httpx.AsyncClient, cart: str, join: Join) -> None:
    ines = await join("ines", "admin")
    await ines.put("/v1/staff/terms", json={"text": {"fr": "Nouvelles conditions.", "en": "New terms."}})

    refused = await awa.post(f"{cart}/quote-request", json=REQUEST)
    assert (refused.json()["code"], refused.json()["terms_version"]) == ("terms_outdated", 2)
    accepted = await awa.post(f"{cart}/quote-request", json=REQUEST | {"accept_terms_version": 2})
    assert accepted.json()["terms_accepted"]["version"] == 2


async def test_a_cart_without_a_valid_line_is_refused_line_by_line(awa: httpx.AsyncClient) -> None:
    path = (await awa.post("/v1/carts", json={"separate": True})).headers["Location"]
    line = (await awa.post(f"{path}/lines", json={"name": "Sac"})).json()

    refused = await awa.post(f"{path}/quote-request", json=REQUEST)
    assert (refused.status_code, refused.json()["code"]) == (409, "cart_not_ready")
    assert refused.json()["lines"] == [{"id": line["id"], "name": "Sac", "code": "shop_missing"}]


async def test_the_cart_that_was_looked_at_is_the_one_that_is_asked_for(awa: httpx.AsyncClient, cart: str) -> None:
    stale = await awa.post(f"{cart}/quote-request", json=REQUEST, headers={"If-Match": '"3"'})
    assert (stale.status_code, stale.json()["code"]) == (412, "stale")
    seen = (await awa.get(cart)).headers["ETag"]
    assert (await awa.post(f"{cart}/quote-request", json=REQUEST, headers={"If-Match": seen})).status_code == 201


async def test_a_quote_is_asked_for_once(awa: httpx.AsyncClient, cart: str) -> None:
    key = {"Idempotency-Key": "demander"}
    first = await awa.post(f"{cart}/quote-request", json=REQUEST, headers=key)
    again = await awa.post(f"{cart}/quote-request", json=REQUEST, headers=key)
    assert (again.content, again.headers["Idempotency-Replayed"]) == (first.content, "true")

    refused = await awa.post(f"{cart}/quote-request", json=REQUEST)
    assert (refused.status_code, refused.json()["code"]) == (409, "cart_closed")


async def test_of_many_requests_at_once_one_makes_the_quote(awa: httpx.AsyncClient, cart: str) -> None:
    answers = await asyncio.gather(*(awa.post(f"{cart}/quote-request", json=REQUEST) for _ in range(6)))

    assert sorted(answer.status_code for answer in answers) == [201, *[409] * 5]
    assert len((await awa.get("/v1/quotes")).json()["data"]) == 1


async def test_nobody_asks_for_a_quote_of_somebody_elses_cart(bruno: httpx.AsyncClient, cart: str) -> None:
    refused = await bruno.post(f"{cart}/quote-request", json=REQUEST)
    assert (refused.status_code, refused.json()["code"]) == (404, "cart_not_found")


async def test_the_answer_is_what_the_document_declares(quote: dict[str, Any]) -> None:
    assert QuoteOut.model_validate(quote).model_dump(mode="json") == quote
