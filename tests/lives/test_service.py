"""One life per ending of a service order, over HTTP, with Awa who buys and Bruno who sells."""

import asyncio
from datetime import timedelta

import httpx

from tests.lives.world import REFUND_FAILS, Person, World


async def test_approved(world: World, awa: Person, bruno: Person) -> None:
    order = await world.paid_order(awa, bruno, questions=True)
    assert order["escrow"]["held"] == {"amount": 12_000, "currency": "EUR"}
    answers = [{"question_id": "q1", "text": "Toujours frais"}]
    order = await awa.do(order["id"], "provide_instructions", answers=answers)
    assert order["status"] == "awaiting_acceptance"
    await bruno.do(order["id"], "accept")
    await bruno.do(order["id"], "deliver", message="Voici votre logo.")
    await awa.do(order["id"], "request_revision", message="Plus de bleu, s’il vous plaît.")
    await bruno.do(order["id"], "accept_revision")
    await bruno.do(order["id"], "deliver", message="En bleu.")
    order = await awa.do(order["id"], "approve")
    assert (order["status"], order["stage"], order["available_actions"]) == ("completed", "completed", [])
    assert order["escrow"]["held"]["amount"] == 0
    assert order["escrow"]["released"]["amount"] == 12_000
    balance = (await bruno.ask("GET", "/me/balance"))["data"][0]
    assert balance["clearing"]["amount"] == 10_800
    await world.settled()


async def test_approved_by_the_clock(world: World, awa: Person, bruno: Person) -> None:
    order = await world.started_order(awa, bruno)
    await bruno.do(order["id"], "deliver", message="Voici.")
    await world.advance(timedelta(days=7, seconds=1))
    assert (await awa.ask("GET", f"/orders/{order['id']}"))["status"] == "completed"
    await world.settled()


async def test_refund_that_fails(world: World, awa: Person, bruno: Person) -> None:
    listing_id, _ = await world.listing(bruno)
    order = await world.place(awa, listing_id)
    await world.pay(awa, order["id"], REFUND_FAILS)
    await world.until(awa, order["id"], "awaiting_acceptance")
    await awa.do(order["id"], "cancel")
    await world.settled()


async def test_an_extra_is_answered_again_when_its_option_is_gone(world: World, awa: Person, bruno: Person) -> None:
    listing_id, option_id = await world.listing(bruno)
    order = await world.place(awa, listing_id)
    await world.pay(awa, order["id"])
    await world.until(awa, order["id"], "awaiting_acceptance")
    await bruno.do(order["id"], "accept")
    path, key = f"/v1/orders/{order['id']}/transitions", {"Idempotency-Key": "l-extra-anime"}
    body = {"action": "add_extra", "option_id": option_id}
    first = await awa.client.post(path, json=body, headers=key)
    assert first.status_code == 200, first.text
    await bruno.ask("DELETE", f"/listings/{listing_id}/options/{option_id}", 204)
    again = await awa.client.post(path, json=body, headers=key)
    assert (again.status_code, again.content) == (200, first.content)
    assert again.headers["Idempotency-Replayed"] == "true"


async def test_a_part_of_nothing_is_no_refund(world: World, awa: Person, bruno: Person) -> None:
    order = await world.started_order(awa, bruno)
    path, key = f"/v1/orders/{order['id']}/transitions", {"Idempotency-Key": "un-geste"}
    for amount in (0, -1, True, 5.0, "5", 2**63):
        body = {"action": "refund_part", "amount": {"amount": amount, "currency": "EUR"}}
        answer = await bruno.client.post(path, json=body, headers=key)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), amount
        assert answer.json()["errors"][0]["pointer"] == "/amount/amount"
    await bruno.do(order["id"], "refund_part", amount={"amount": 1, "currency": "EUR"})


async def test_a_split_gives_something_back(world: World, awa: Person, bruno: Person) -> None:
    order = await world.started_order(awa, bruno)
    await awa.do(order["id"], "request_cancellation", reason="J’ai changé d’avis.")
    await bruno.do(order["id"], "decline_cancellation", reason="Le travail est presque fini.")
    await awa.do(order["id"], "open_dispute", reason="Ce n’est pas ce qui était convenu.")
    chloe = await world.person("chloe", "support")
    said = {"action": "rule_split", "decision": "Un geste."}
    path, key = f"/v1/orders/{order['id']}/transitions", {"Idempotency-Key": "un-partage"}
    for amount in (0, -1):
        body = said | {"amount": {"amount": amount, "currency": "EUR"}}
        answer = await chloe.client.post(path, json=body, headers=key)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/amount/amount")
    assert (await awa.ask("GET", f"/orders/{order['id']}"))["status"] == "disputed"
    ruled = await chloe.do(order["id"], "rule_split", decision="Un geste.", amount={"amount": 1, "currency": "EUR"})
    assert ruled["status"] == "completed"
    await world.settled()


async def test_repeats_of_a_finished_order_are_all_answered(world: World, awa: Person, bruno: Person) -> None:
    listing_id, _ = await world.listing(bruno)
    key = {"Idempotency-Key": "un-logo", "Content-Type": "application/json"}
    written = f'{{"kind": "service", "listing_id": "{listing_id}", "options": []}}'
    reordered = f'{{"options":[],"listing_id":"{listing_id}","kind":"service"}}'
    first = await awa.client.post("/v1/orders", content=written, headers=key)
    assert first.status_code == 201, first.text
    for body in (written, reordered) * 3:
        asked = (awa.client.post("/v1/orders", content=body, headers=key) for _ in range(8))
        answers = await asyncio.gather(*asked)
        assert [answer.status_code for answer in answers] == [201] * 8
        assert {answer.content for answer in answers} == {first.content}


async def test_repeats_of_a_finished_upload_are_all_answered(world: World, bruno: Person) -> None:
    async def upload() -> httpx.Response:
        files = {"file": ("brief.txt", b"Un logo bleu.")}
        key = {"Idempotency-Key": "un-brief"}
        return await bruno.client.post("/v1/files", files=files, data={"purpose": "attachment"}, headers=key)

    first = await upload()
    answers = await asyncio.gather(*(upload() for _ in range(8)))
    assert [answer.status_code for answer in answers] == [201] * 8
    assert {answer.json()["id"] for answer in answers} == {first.json()["id"]}


async def test_the_same_file_is_delivered_again_after_a_revision(world: World, awa: Person, bruno: Person) -> None:
    order = await world.started_order(awa, bruno)
    sent = {"file": ("logo.txt", b"Le logo.", "text/plain")}
    file = await bruno.ask("POST", "/files", 201, files=sent, data={"purpose": "attachment"})
    await bruno.do(order["id"], "deliver", files=[file["id"]])
    await awa.do(order["id"], "request_revision", message="Plus grand.")
    await bruno.do(order["id"], "accept_revision")
    again = await bruno.do(order["id"], "deliver", message="Il est vectoriel.", files=[file["id"]])
    assert again["status"] == "delivered"
    history = (await awa.ask("GET", f"/orders/{order['id']}/transitions"))["data"]
    assert [row["said"]["files"] for row in history if row["action"] == "deliver"] == [[file["id"]]] * 2
