"""Errands over HTTP: played in a process of its own, where the kind is registered (`test_toy_kind.py`)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from httpx import AsyncClient

from orderhub.bootstrap import build_application, worker_context
from orderhub.domain.orders import placing
from orderhub.domain.requests.caller import Answer, Caller, Key
from orderhub.jobs.staff_reminders import remind_staff
from orderhub.kit.clock import real_now
from orderhub.kit.errors import NotFoundError
from orderhub.kit.ids import parse_id, show_id
from orderhub.settings import Settings
from tests.lives.world import Person, World
from tests.toy_kind.errand import ERRANDS, WantedErrand

PRICE = {"amount": 2_500, "currency": "EUR"}
WHAT = "Chercher un colis rue Oberkampf"


async def place(buyer: Person, runner: Person, **more: Any) -> Any:
    body = {"kind": "errand", "runner_id": show_id("acc", runner.account_id), "what": WHAT, "price": PRICE, **more}
    return await buyer.ask("POST", "/orders", 201, json=body)


async def place_for(world: World, shop: Any, who: Person, wanted: WantedErrand) -> Answer:
    """Somebody who acts for a shop places an order of the shop's."""
    claims = world.parts.tokens.read(who.client.headers["Authorization"].removeprefix("Bearer "))
    caller = Caller(claims.account_id, claims.session_id, claims.roles, Key("place", "one", b"-" * 32))
    shop_id = parse_id("shp", shop["id"])
    return await placing.place(
        world.parts.database, caller, ERRANDS, wanted, lambda _loaded, _actor: b"{}", shop_id=shop_id
    )


async def test_from_placing_to_its_end(world: World, awa: Person, bruno: Person, chloe: Person) -> None:
    order = await place(awa, bruno)
    assert (order["kind"], order["status"], order["stage_label"]) == ("errand", "to_pay", "Demandée")
    assert order["errand"] == {"what": WHAT, "costs": PRICE, "handed_in_at": None}
    assert (order["lines"][0]["title"], order["days"], order["sourcing"]) == (WHAT, 0, None)
    (due,) = (await awa.ask("GET", f"/orders/{order['id']}/payments"))["due"]
    assert (due["amount"], due["methods"]) == (PRICE, ["card", "wallet"])

    await world.pay(awa, order["id"])
    order = await world.until(awa, order["id"], "under_way")
    assert order["escrow"]["held"] == PRICE
    assert {deadline["action"] for deadline in order["deadlines"]} == {"late"}
    order = await bruno.do(order["id"], "hand_in")
    assert order["errand"] == {"what": WHAT, "costs": None, "handed_in_at": order["status_since"]}
    order = await awa.do(order["id"], "report_problem", reason="Rien n’est arrivé.")
    ends = datetime.fromisoformat(order["deadlines"][0]["at"]) - real_now()
    assert timedelta(days=13) < ends < timedelta(days=15), "the release is postponed"
    await world.advance(timedelta(days=14, minutes=5))
    order = await awa.ask("GET", f"/orders/{order['id']}")
    assert (order["status"], order["available_actions"]) == ("paid_out", [])
    assert order["escrow"]["released"] == PRICE
    assert (await bruno.ask("GET", "/me/balance"))["data"][0]["clearing"] == PRICE
    told = {item["code"] for item in (await awa.ask("GET", "/me/notifications"))["data"]}
    assert {"confirm_payment", "errand.hand_in", "errand.auto_accept"} <= told
    await awa.ask("POST", f"/orders/{order['id']}/reviews", 201, json={"rating": 5, "text": "Rapide."})
    await world.settled()


async def test_nobody_pays_and_the_clock_ends_it(world: World, awa: Person, bruno: Person) -> None:
    order = await place(awa, bruno)
    await world.advance(timedelta(hours=24, seconds=1))
    assert (await awa.ask("GET", f"/orders/{order['id']}"))["status"] == "dropped"
    await world.settled()


async def test_a_shop_buys_by_its_members_and_keys(world: World, awa: Person, bruno: Person, chloe: Person) -> None:
    shop = await chloe.ask("POST", "/shops", 201, json={"name": "Mercerie", "country": "FR", "currency": "EUR"})
    owner = {"account_id": show_id("acc", awa.account_id), "role": "owner"}
    await chloe.ask("POST", f"/shops/{shop['id']}/members", 201, json=owner)
    wanted = WantedErrand(bruno.account_id, WHAT, 2_500, "EUR")
    with pytest.raises(NotFoundError):
        await place_for(world, shop, bruno, wanted)
    assert (await place_for(world, shop, awa, wanted)).status == 201
    path = f"/orders/{show_id('ord', wanted.order_id)}"

    order = await awa.ask("GET", path)
    assert (order["role"], order["available_actions"]) == ("buyer", ["report_problem"])
    assert (await awa.ask("GET", f"{path}/documents")) == {"data": []}
    await awa.do(order["id"], "report_problem", reason="Rien n’est arrivé.")
    scopes = {"name": "Serveur", "scopes": ["orders:read", "orders:write"]}
    key = await awa.ask("POST", f"/shops/{shop['id']}/keys", 201, json=scopes)
    headers = {"Authorization": f"Bearer {key['secret']}", "Idempotency-Key": "from-the-server"}
    async with AsyncClient(base_url=f"{world.base_url}/v1", headers=headers, trust_env=False) as server:
        assert [row["id"] for row in (await server.get("/orders")).json()["data"]] == [order["id"]]
        body = {"action": "report_problem", "reason": "Toujours rien."}
        done = await server.post(f"{path}/transitions", json=body)
        again = await server.post(f"{path}/transitions", json=body)
        assert (done.status_code, again.headers["Idempotency-Replayed"]) == (200, "true")
        history = (await server.get(f"{path}/transitions")).json()["data"]
    assert [(row["action"], row["by"]) for row in history] == [
        ("report_problem", "shop"),
        ("report_problem", "shop"),
        ("place", "shop"),
    ]
    await bruno.do(order["id"], "report_problem", reason="L’adresse est fausse.")
    await world.settled()
    told = [item["code"] for item in (await awa.ask("GET", "/me/notifications"))["data"]]
    assert "report_problem" in told
    await chloe.ask("DELETE", f"/shops/{shop['id']}/members/{owner['account_id']}", 204)
    await awa.ask("GET", path, 404)
    await awa.do(order["id"], "report_problem", 404, reason="Encore là ?")


async def test_it_is_listed_counted_and_exported(world: World, awa: Person, bruno: Person) -> None:
    order = await place(awa, bruno)
    listing_id, _ = await world.listing(bruno)
    logo = await world.place(awa, listing_id)
    assert logo["errand"] is None
    for query in ("kind=errand", "status=to_pay", "stage=asked", "kind=errand&late=false&waits_for=me"):
        page = await awa.ask("GET", f"/orders?{query}")
        assert [row["id"] for row in page["data"]] == [order["id"]], query
    counts = (await awa.ask("GET", "/orders/counts"))["data"]
    errands = [row for row in counts if row["kind"] == "errand" and row["count"]]
    assert [(row["stage_label"], row["count"], row["waits_for_me"]) for row in errands] == [("Demandée", 1, 1)]
    assert (await awa.ask("GET", "/processes/errand"))["start"] == "to_pay"
    kept = {row["id"]: row for row in (await awa.ask("GET", "/me/export"))["orders"]}
    assert (kept[order["id"]]["errand"], "errand" in kept[logo["id"]]) == (WHAT, False)


async def test_staff_find_it_are_reminded_of_it_and_see_that_it_is_late(
    world: World, awa: Person, bruno: Person, chloe: Person
) -> None:
    order = await place(awa, bruno)
    await world.pay(awa, order["id"])
    await world.until(awa, order["id"], "under_way")
    (waiting,) = (await chloe.ask("GET", "/staff/queue?kind=errand_to_watch"))["data"]
    assert (waiting["subject"], waiting["label"], waiting["role"]) == (order["id"], "Course à suivre", "support")
    for _ in range(2):
        await world.advance(timedelta(days=7))  # whatever day of the week it is
        await remind_staff(worker_context(world.parts), {})
    await world.settled()
    told = [item["code"] for item in (await chloe.ask("GET", "/me/notifications"))["data"]]
    reminded = [item["code"] for item in (await bruno.ask("GET", "/me/notifications"))["data"]]
    late = (await awa.ask("GET", "/orders?late=true"))["data"]
    assert [row["id"] for row in late] == [order["id"]]
    assert "order.late" in reminded
    assert "remind.errand.hand_in" in reminded
    assert "staff.reminder" in told or real_now().weekday() in (5, 6)


async def test_what_it_refuses(world: World, awa: Person, bruno: Person) -> None:
    own = {"kind": "errand", "runner_id": show_id("acc", awa.account_id), "what": WHAT, "price": PRICE}
    assert (await awa.ask("POST", "/orders", 409, json=own))["guard"] == "own_errand"
    order = await place(awa, bruno)
    refused = await bruno.do(order["id"], "hand_in", 409)
    assert (refused["current_status"], refused["available_actions"]) == ("to_pay", ["report_problem"])
    await awa.do(order["id"], "hand_in", 403)
    await awa.ask("POST", "/orders", 422, json={"kind": "barter"})
    await awa.ask("POST", "/orders", 422, json={"kind": "errand", "what": WHAT, "price": PRICE})


async def test_the_document_says_what_it_shows_and_how_it_is_acted_on(settings: Settings) -> None:
    document = build_application(settings).openapi()
    schemas = document["components"]["schemas"]
    assert {"errand", "sourcing", "days"} <= set(schemas["OrderOut"]["required"])
    assert set(schemas["ErrandOut"]["properties"]) == {"what", "costs", "handed_in_at"}
    act = document["paths"]["/v1/orders/{order_id}/transitions"]["post"]
    examples = act["requestBody"]["content"]["application/json"]["examples"]
    assert examples["hand_in"]["value"] == {"action": "hand_in"}
    assert {"deliver", "purchase"} <= set(examples)
