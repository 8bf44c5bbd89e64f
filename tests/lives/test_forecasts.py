"""The forecast over HTTP is what the sandbox clock then does; a dry run is what the action then answers."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.lives.hub import Hub
from tests.lives.world import Person, World

OFTEN = timedelta(seconds=1)


async def comes_true(world: World, reader: Person, order: Any) -> list[str]:
    """Let time pass until each step of the forecast, and compare; the actions that were foreseen."""
    steps = (await reader.ask("GET", f"/orders/{order['id']}/forecast"))["data"]
    for step in steps:
        await world.advance_to(datetime.fromisoformat(step["at"]) + OFTEN)
        now = await reader.ask("GET", f"/orders/{order['id']}")
        assert {name: now[name] for name in ("status", "label", "stage", "escrow")} == {
            name: step[name] for name in ("status", "label", "stage", "escrow")
        }
    assert (await reader.ask("GET", f"/orders/{order['id']}/forecast"))["data"] == []
    return [step["action"] for step in steps]


async def test_a_service_order_that_nobody_looks_after(world: World, awa: Person, bruno: Person) -> None:
    listing_id, _ = await world.listing(bruno)
    assert await comes_true(world, awa, await world.place(awa, listing_id)) == ["expire"]
    order = await world.started_order(awa, bruno)
    await awa.do(order["id"], "request_cancellation")
    assert await comes_true(world, bruno, order) == ["lapse_cancellation", "freeze"]
    await world.settled()


async def test_a_sourced_order_that_nobody_fetches(hub: Hub) -> None:
    order = await hub.ready()
    assert await comes_true(hub.world, hub.awa, order) == ["escalate"]


async def test_a_forecast_is_for_those_who_see_the_order(world: World, awa: Person, bruno: Person) -> None:
    order = await world.started_order(awa, bruno)
    chloe, fatou = await world.person("chloe", "support"), await world.person("fatou")
    assert (await chloe.ask("GET", f"/orders/{order['id']}/forecast"))["data"]
    await fatou.ask("GET", f"/orders/{order['id']}/forecast", 404)


@pytest.mark.parametrize("action", ["accept", "decline"])
async def test_a_dry_run_answers_the_same_and_keeps_nothing(
    world: World, awa: Person, bruno: Person, action: str
) -> None:
    order = await world.paid_order(awa, bruno)
    path, body = f"/v1/orders/{order['id']}/transitions", {"action": action, "reason": "Je suis complet."}
    body = body if action == "decline" else {"action": action}
    tried = await bruno.client.post(path, json=body, params={"dry_run": "true"})
    assert tried.status_code == 200, tried.text
    unchanged = await bruno.ask("GET", f"/orders/{order['id']}")
    assert (unchanged["status"], unchanged["version"]) == (order["status"], order["version"])
    done = await bruno.client.post(path, json=body, headers={"Idempotency-Key": f"really-{action}"})
    still = ("status", "version", "available_actions", "escrow", "stage", "pending", "not_yet")
    assert {name: tried.json()[name] for name in still} == {name: done.json()[name] for name in still}
    assert tried.headers["ETag"] == done.headers["ETag"]


async def test_a_dry_run_is_refused_as_the_action_is(world: World, awa: Person, bruno: Person) -> None:
    order = await world.paid_order(awa, bruno)
    path = f"/v1/orders/{order['id']}/transitions"
    for body in ({"action": "approve"}, {"action": "accept"}, {"action": "request_cancellation", "reason": 5}):
        tried = await awa.client.post(path, json=body, params={"dry_run": "true"})
        done = await awa.client.post(path, json=body, headers={"Idempotency-Key": f"refused-{body['action']}"})
        assert tried.status_code == done.status_code >= 400
        assert {**tried.json(), "request_id": ""} == {**done.json(), "request_id": ""}
    missing = await awa.client.post(path, json={"action": "cancel"})
    assert (missing.status_code, missing.json()["code"]) == (400, "idempotency_key_required")


async def test_a_quote_is_issued_and_accepted_only_when_it_is_meant(hub: Hub) -> None:
    quote = await hub.requested()
    await hub.on_quote(hub.chloe, quote, "take")
    draft = await hub.draft(quote)
    await hub.chloe.ask("POST", f"/quotes/{quote['id']}/versions", json=draft)
    path = f"/v1/quotes/{quote['id']}/transitions"
    tried = await hub.chloe.client.post(path, json={"action": "issue"}, params={"dry_run": "true"})
    assert (tried.status_code, tried.json()["status"]) == (200, "issued")
    issued = await hub.on_quote(hub.chloe, quote, "issue")
    assert issued["current"]["n"] == 1
    accept = {"action": "accept", "version": 1}
    tried = await hub.awa.client.post(path, json=accept, params={"dry_run": "true"})
    assert (tried.status_code, tried.json()["status"]) == (201, "awaiting_deposit")
    assert await hub.awa.ask("GET", f"/orders/{tried.json()['id']}", 404)
    await hub.on_quote(hub.awa, quote, "accept", 201, version=1)
