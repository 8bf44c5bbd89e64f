"""Bruno says that he sells as a professional; Chloé verifies it; what was verified holds while a change waits."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from orderhub.api.dependencies import Parts
from orderhub.domain.audit.models import AuditEntry
from orderhub.domain.events.models import Event
from tests.api.conftest import Join

ADDRESS = {"name": "Bruno Kalo", "line1": "8 rue de la Soie", "postcode": "69001", "city": "Lyon", "country": "FR"}
BUSINESS: dict[str, Any] = {
    "name": "Kalo Vintage",
    "registration_number": "732 829 320 00074",
    "vat_number": "FR44 732 829 320",
    "address": ADDRESS | {"phone": "06 12 34 56 78"},
}

LOGO: dict[str, Any] = {
    "title": "Logo",
    "description": "Un logo.",
    "category": "graphic_design",
    "price": {"amount": 12_000, "currency": "EUR"},
    "days": 5,
    "state": "active",
}


@pytest.fixture
async def bruno(join: Join) -> httpx.AsyncClient:
    return await join("bruno")


@pytest.fixture
async def chloe(join: Join) -> httpx.AsyncClient:
    return await join("chloe", "support")


async def submit(person: httpx.AsyncClient, **changes: Any) -> dict[str, Any]:
    answered = await person.put("/v1/me/trader", json=BUSINESS | changes)
    assert answered.status_code == 200, answered.text
    return answered.json()


async def decide(staff: httpx.AsyncClient, trader: dict[str, Any], action: str, **more: Any) -> httpx.Response:
    return await staff.post(f"/v1/staff/traders/{trader['id']}/decisions", json={"action": action, **more})


async def page_of(anybody: httpx.AsyncClient, trader: dict[str, Any]) -> dict[str, Any]:
    return (await anybody.get(f"/v1/accounts/{trader['account_id']}")).json()


async def test_a_business_counts_once_staff_verified_it(
    bruno: httpx.AsyncClient, chloe: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    submitted = await submit(bruno)
    assert (submitted["status"], submitted["verified"]) == ("pending", None)
    assert submitted["registration_number"] == "73282932000074"
    assert submitted["address"]["phone"] == "+33612345678"
    assert (await page_of(client, submitted))["trader"] is None

    verified = (await decide(chloe, submitted, "verify")).json()
    assert verified["status"] == "verified"
    shown = (await page_of(client, submitted))["trader"]
    assert (shown["name"], shown["vat_number"]) == ("Kalo Vintage", "FR44732829320")
    assert shown["address"]["city"] == "Lyon"
    assert "phone" not in shown["address"]


async def test_listings_of_a_trader_say_who_sells(
    bruno: httpx.AsyncClient, chloe: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    listing = (await bruno.post("/v1/listings", json=LOGO)).json()
    assert listing["seller"]["trader"] is None
    await decide(chloe, await submit(bruno), "verify")
    shown = (await client.get(f"/v1/listings/{listing['id']}")).json()
    (card,) = (await client.get("/v1/listings")).json()["data"]
    assert shown["seller"]["trader"]["registration_number"] == "73282932000074"
    assert card["seller"]["trader"] == shown["seller"]["trader"]


async def test_what_was_verified_holds_until_a_change_is(
    bruno: httpx.AsyncClient, chloe: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    first = await submit(bruno)
    await decide(chloe, first, "verify")
    again = await submit(bruno)
    assert again["id"] == first["id"]

    changed = await submit(bruno, name="Kalo & Fils")
    assert (changed["status"], changed["name"], changed["verified"]["name"]) == (
        "pending",
        "Kalo & Fils",
        "Kalo Vintage",
    )
    assert (await page_of(client, first))["trader"]["name"] == "Kalo Vintage"

    refused = (await decide(chloe, changed, "refuse", reason="Le registre dit Kalo Vintage.")).json()
    assert (refused["status"], refused["reason"]) == ("refused", "Le registre dit Kalo Vintage.")
    assert (await page_of(client, first))["trader"]["name"] == "Kalo Vintage"

    corrected = await submit(bruno, name="Kalo & Fils")
    assert (corrected["status"], corrected["reason"]) == ("pending", None)
    await decide(chloe, corrected, "verify")
    assert (await page_of(client, first))["trader"]["name"] == "Kalo & Fils"


async def test_a_revoked_trader_is_none(
    bruno: httpx.AsyncClient, chloe: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    trader = await submit(bruno)
    await decide(chloe, trader, "verify")
    revoked = await decide(chloe, trader, "revoke", reason="Radiée du registre.")
    assert (revoked.status_code, revoked.json()["verified"]) == (200, None)
    assert (await page_of(client, trader))["trader"] is None
    assert (await decide(chloe, trader, "revoke", reason="Encore.")).json()["code"] == "trader_decided"


async def test_staff_decide_once_on_what_they_read(bruno: httpx.AsyncClient, chloe: httpx.AsyncClient) -> None:
    first = await submit(bruno)
    changed = await submit(bruno, name="Kalo & Fils")
    replaced = await decide(chloe, first, "verify")
    assert (replaced.status_code, replaced.json()["code"]) == (404, "trader_not_found")
    assert (await decide(chloe, changed, "verify")).status_code == 200
    for action in ({"action": "verify"}, {"action": "refuse", "reason": "Non."}):
        late = await chloe.post(f"/v1/staff/traders/{changed['id']}/decisions", json=action)
        said = late.json()
        assert (late.status_code, said["code"], said["trader_status"]) == (409, "trader_decided", "verified")


async def test_nobody_verifies_themselves(chloe: httpx.AsyncClient) -> None:
    refused = await decide(chloe, await submit(chloe), "verify")
    assert (refused.status_code, refused.json()["code"]) == (403, "own_account")


async def test_a_refusal_says_why(bruno: httpx.AsyncClient, chloe: httpx.AsyncClient) -> None:
    trader = await submit(bruno)
    assert (await decide(chloe, trader, "refuse")).status_code == 422
    assert (await chloe.get(f"/v1/staff/traders/{trader['id']}")).json()["status"] == "pending"


async def test_what_is_wrong_changes_nothing(bruno: httpx.AsyncClient) -> None:
    await submit(bruno)
    refused = await bruno.put("/v1/me/trader", json=BUSINESS | {"vat_number": "FR45732829320"})
    assert refused.status_code == 422
    assert [(each["pointer"], each["code"]) for each in refused.json()["errors"]] == [
        ("/vat_number", "invalid_vat_number")
    ]
    assert (await bruno.get("/v1/me/trader")).json()["vat_number"] == "FR44732829320"


async def test_who_never_submitted_anything_has_nothing(bruno: httpx.AsyncClient) -> None:
    absent = await bruno.get("/v1/me/trader")
    assert (absent.status_code, absent.json()["code"]) == (404, "trader_not_found")


async def test_it_waits_in_the_queue_of_staff_and_is_listed(bruno: httpx.AsyncClient, chloe: httpx.AsyncClient) -> None:
    trader = await submit(bruno)
    (waiting,) = (await chloe.get("/v1/staff/queue", params={"kind": "trader"})).json()["data"]
    assert (waiting["subject"], waiting["about"], waiting["role"]) == (trader["id"], "Kalo Vintage", "support")
    (listed,) = (await chloe.get("/v1/staff/traders", params={"status": "pending"})).json()["data"]
    assert listed["id"] == trader["id"]
    await decide(chloe, trader, "verify")
    assert (await chloe.get("/v1/staff/queue", params={"kind": "trader"})).json()["data"] == []
    assert (await chloe.get("/v1/staff/traders", params={"status": "pending"})).json()["data"] == []


async def test_a_decision_is_audited_and_told(bruno: httpx.AsyncClient, chloe: httpx.AsyncClient, app: FastAPI) -> None:
    trader = await submit(bruno)
    await decide(chloe, trader, "verify")
    parts: Parts = app.state.parts
    async with parts.database.session() as session:
        entry = (await session.scalars(select(AuditEntry).where(AuditEntry.action == "trader.verified"))).one()
        event = (await session.scalars(select(Event).where(Event.topic == "trader.verified"))).one()
    assert (entry.subject, event.subject) == (trader["account_id"], trader["account_id"])
    assert (entry.before, entry.after) == (
        {"status": "pending", "trader": False},
        {"status": "verified", "trader": True, "reason": None},
    )


async def test_an_erased_account_leaves_nothing_of_its_business(
    bruno: httpx.AsyncClient, chloe: httpx.AsyncClient
) -> None:
    trader = await submit(bruno)
    assert (await bruno.get("/v1/me/export")).json()["trader"]["name"] == "Kalo Vintage"
    assert (await bruno.delete("/v1/me")).status_code == 204
    assert (await chloe.get(f"/v1/staff/traders/{trader['id']}")).status_code == 404
