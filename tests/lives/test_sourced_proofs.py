"""Proofs of payments by hand: looked at, replaced, used twice, left behind by an order that went on."""

import asyncio
from typing import Any

from tests.lives.aftermath import books, ledger, open_cases, refunded
from tests.lives.hub import Hub
from tests.lives.world import PAYS


async def read(hub: Hub, order: Any) -> Any:
    return await hub.awa.ask("GET", f"/orders/{order['id']}")


async def test_for_a_payment_that_was_started(hub: Hub) -> None:
    order = await hub.ordered()
    path = f"/orders/{order['id']}/payments"
    wanted = {"method": "transfer", "return_url": "https://boutique.example/retour"}
    payment = await hub.awa.ask("POST", path, 201, json=wanted)
    action = payment["next_action"]
    assert (payment["status"], action["type"]) == ("awaiting_proof", "instructions")
    assert [said["method"] for said in action["instructions"]] == ["transfer"]
    proof = {
        "file_id": await hub.receipt(),
        "amount": payment["amount"],
        "method": "transfer",
        "reference": action["reference"],
    }
    proofs = f"/payments/{payment['id']}/proofs"
    await hub.awa.ask("POST", proofs, 201, json=proof)
    assert (await read(hub, order))["sourcing"]["proof"]["payment_id"] == payment["id"]
    done = await hub.confirm(order, "confirm_deposit", payment["amount"]["amount"], action["reference"])
    assert (done["status"], done["escrow"]["held"]) == ("confirmed", payment["amount"])
    (shown,) = (await hub.awa.ask("GET", proofs))["data"]
    assert (shown["status"], shown["received"]) == ("confirmed", payment["amount"])
    assert (await hub.awa.ask("GET", f"/payments/{payment['id']}"))["status"] == "captured"
    await hub.world.settled()


async def test_replaced_between_look_and_approval(hub: Hub) -> None:
    order = await hub.proven(await hub.ordered(), reference="VIR 1")
    due = order["sourcing"]["due"]
    seen = await hub.farid.ask("GET", f"/orders/{order['id']}")
    gael = await hub.world.person("gael", "finance")
    looked_at = seen["sourcing"]["proof"]["sha256"]
    await gael.do(order["id"], "reject_proof", proof_sha256=looked_at, reason="Illisible.")
    await hub.proven(order, due["amount"], reference="VIR 2")
    approval = {"proof_sha256": looked_at, "received": due, "reference": "VIR 1"}
    for action in ("confirm_deposit", "record_part"):
        refused = await hub.farid.do(order["id"], action, 409, **approval)
        assert (refused["code"], refused["guard"]) == ("guard_not_met", "proof_replaced")
    rejection = {"proof_sha256": looked_at, "reason": "Illisible."}
    assert (await hub.farid.do(order["id"], "reject_proof", 409, **rejection))["guard"] == "proof_replaced"
    assert (await read(hub, order))["status"] == "deposit_review"
    assert (await hub.confirm(order, "confirm_deposit", due["amount"], "VIR 2"))["status"] == "confirmed"
    await hub.world.settled()


async def test_one_reference_confirms_one_payment_only(hub: Hub) -> None:
    first = await hub.confirmed()
    assert first["status"] == "confirmed"
    second = await hub.proven(await hub.ordered(), reference="vir-1")
    due = second["sourcing"]["due"]["amount"]
    for again in ("VIR 1", "vir-1", " Vir_1"):
        for action, received in (("confirm_deposit", due), ("record_part", due - 1)):
            refused = await hub.confirm(second, action, received, again, expect=409)
            assert refused["code"] == "reference_used"
    seen = await read(hub, second)
    assert (seen["status"], seen["escrow"]["held"]["amount"]) == ("deposit_review", 0)
    assert (await hub.confirm(second, "confirm_deposit", due, "VIR 12"))["status"] == "confirmed"
    await hub.world.settled()


async def test_a_reference_in_another_guise_or_by_another_method_is_the_same(hub: Hub) -> None:
    await hub.confirmed()
    second = await hub.proven(await hub.ordered(), reference="VIR 2")
    due, looked_at = second["sourcing"]["due"], second["sourcing"]["proof"]["sha256"]
    said = {"proof_sha256": looked_at, "received": due}
    for again in ("ＶＩＲ-1", "vír-１", "V\u200bIR 1"):
        refused = await hub.farid.do(second["id"], "confirm_deposit", 409, **said, reference=again)
        assert refused["code"] == "reference_used"
    refused = await hub.farid.do(second["id"], "confirm_deposit", 409, **said, reference="VIR 1", method="mobile_money")
    assert refused["code"] == "reference_used"
    for unreadable in ("VIR-١", "VΙR-1", "ВИР 1"):
        refused = await hub.farid.do(second["id"], "confirm_deposit", 422, **said, reference=unreadable)
        (place,) = refused["errors"]
        assert (place["pointer"], place["code"]) == ("/reference", "not_ascii")
        assert "A à Z" in place["detail"]
    seen = await read(hub, second)
    assert (seen["status"], seen["escrow"]["held"]["amount"]) == ("deposit_review", 0)


async def test_staff_see_where_else_the_same_file_was_sent(hub: Hub) -> None:
    first = await hub.proven(await hub.ordered(), reference="VIR 1")
    second = await hub.proven(await hub.ordered(), reference="VIR 1")
    third = await hub.proven(await hub.ordered(), reference="VIR 3")
    proofs = [order["sourcing"]["proof"] for order in (first, second, third)]
    assert proofs[0]["file_id"] != proofs[1]["file_id"]
    listed = [f"/payments/{proof['payment_id']}/proofs" for proof in proofs]
    for at, other in ((0, 1), (1, 0)):
        (shown,) = (await hub.farid.ask("GET", listed[at]))["data"]
        (same,) = shown["same_file"]
        assert (same["proof_id"], same["payment_id"]) == (proofs[other]["id"], proofs[other]["payment_id"])
        assert (same["order_id"], same["submitted_by"]) == ((first, second)[other]["id"], first["buyer"]["id"])
    assert (await hub.farid.ask("GET", listed[2]))["data"][0]["same_file"] == []
    assert (await hub.awa.ask("GET", listed[0]))["data"][0]["same_file"] == []


async def test_what_came_is_neither_a_part_nor_enough(hub: Hub) -> None:
    order = await hub.proven(await hub.ordered())
    due = order["sourcing"]["due"]["amount"]
    assert (await hub.confirm(order, "record_part", due, expect=409))["guard"] == "received_not_a_part"
    assert (await hub.confirm(order, "confirm_deposit", due - 1, expect=409))["guard"] == "received_less_than_due"
    assert (await hub.confirm(order, "confirm_balance", due, expect=409))["code"] == "transition_not_allowed"
    part = await hub.confirm(order, "record_part", due - 1)
    assert (part["status"], part["sourcing"]["due"]["amount"]) == ("awaiting_deposit", 1)
    await hub.world.settled()


async def test_a_card_pays_more_than_what_a_part_left(hub: Hub) -> None:
    """The payment by card was begun before the part came: all of it is held, and the balance is less."""
    order = await hub.ordered()
    due = order["sourcing"]["due"]["amount"]
    body = {"method": "card", "return_url": "https://boutique.example/retour"}
    card = await hub.awa.ask("POST", f"/orders/{order['id']}/payments", 201, json=body)
    await hub.confirm(await hub.proven(order), "record_part", 1_000)
    await hub.world.confirm(card, PAYS)
    order = await hub.world.until(hub.awa, order["id"], "confirmed")
    assert order["escrow"]["held"]["amount"] == due + 1_000
    await hub.chloe.do(order["id"], "cancel", reason="Épuisé.")
    assert len(await refunded(hub, order["id"])) == 2
    assert await ledger(hub, order["id"]) == []
    await hub.world.settled()


async def until_a_case(hub: Hub, order_id: str) -> None:
    """Wait until staff have one: the provider's news have come."""
    for _ in range(400):
        if await open_cases(hub, order_id):
            return
        await asyncio.sleep(0.02)
    raise AssertionError("nothing came of it")


async def left(hub: Hub) -> tuple[Any, Any]:
    """An order that a card paid while a proof was under review; the proof."""
    order = await hub.proven(await hub.ordered())
    await hub.world.pay(hub.awa, order["id"])
    order = await hub.world.until(hub.awa, order["id"], "confirmed")
    assert (order["sourcing"]["proof"], order["escrow"]["held"]) == (None, order["sourcing"]["deposit"])
    payments = (await hub.awa.ask("GET", f"/orders/{order['id']}/payments"))["payments"]
    (manual,) = (payment["id"] for payment in payments if payment["status"] == "under_review")
    (proof,) = (await hub.farid.ask("GET", f"/payments/{manual}/proofs"))["data"]
    assert (proof["status"], await open_cases(hub, order["id"])) == ("left", ["proof"])
    return order, proof | {"payment_id": manual}


async def test_left_behind_and_the_money_came_all_the_same(hub: Hub) -> None:
    order, proof = await left(hub)
    path = f"/payments/{proof['payment_id']}/transitions"
    came = {"action": "confirm", "received": hub.money(6_100), "reference": "VIR 1"}
    await hub.awa.ask("POST", path, 403, json=came | {"proof_sha256": proof["sha256"]})
    refused = await hub.farid.ask("POST", path, 409, json=came | {"proof_sha256": "0" * 64})
    assert refused["code"] == "proof_not_left"
    done = await hub.farid.ask("POST", path, json=came | {"proof_sha256": proof["sha256"]})
    assert done["status"] == "captured"
    assert (await hub.farid.ask("POST", path, 409, json=came | {"proof_sha256": proof["sha256"]}))["code"] in (
        "proof_not_left",
        "transition_not_allowed",
    )
    (refund,) = await refunded(hub, order["id"])
    assert refund["amount"] == hub.money(6_100)
    seen = await read(hub, order)
    assert (seen["status"], seen["version"], seen["escrow"]["held"]) == (
        "confirmed",
        order["version"],
        order["sourcing"]["deposit"],
    )
    await hub.chloe.do(order["id"], "cancel", reason="Épuisé.")
    await refunded(hub, order["id"])
    assert await ledger(hub, order["id"]) == books("EUR", 0)
    await hub.world.settled()


async def test_left_behind_and_nothing_came(hub: Hub) -> None:
    order, proof = await left(hub)
    path = f"/payments/{proof['payment_id']}/transitions"
    body = {"action": "reject", "proof_sha256": proof["sha256"], "reason": "Rien reçu."}
    assert (await hub.farid.ask("POST", path, json=body))["status"] == "awaiting_proof"
    again = {"file_id": await hub.receipt("bis"), "amount": hub.money(1), "method": "transfer", "reference": "VIR 9"}
    refused = await hub.awa.ask("POST", f"/payments/{proof['payment_id']}/proofs", 409, json=again)
    assert refused["code"] == "transition_not_allowed"
    assert (await hub.awa.ask("GET", f"/orders/{order['id']}/escrow"))["refunds"] == []
    await hub.world.settled()


async def test_a_reference_that_was_used_pays_back_nothing(hub: Hub) -> None:
    order, proof = await left(hub)
    other = await hub.proven(await hub.ordered(), reference="VIR 7")
    await hub.confirm(other, "confirm_deposit", other["sourcing"]["due"]["amount"], "VIR 7")
    body = {"action": "confirm", "received": hub.money(6_082), "reference": "vir 7"}
    path = f"/payments/{proof['payment_id']}/transitions"
    refused = await hub.farid.ask("POST", path, 409, json=body | {"proof_sha256": proof["sha256"]})
    assert refused["code"] == "reference_used"
    assert (await hub.awa.ask("GET", f"/orders/{order['id']}/escrow"))["refunds"] == []
    await hub.world.settled()


async def test_cancelled_under_review_and_then_it_came(hub: Hub) -> None:
    order = await hub.proven(await hub.ordered())
    proof = order["sourcing"]["proof"]
    order = await hub.awa.do(order["id"], "cancel")
    assert (order["status"], await open_cases(hub, order["id"])) == ("cancelled", ["proof"])
    body = {"action": "confirm", "received": hub.money(6_082), "reference": "VIR 1", "proof_sha256": proof["sha256"]}
    await hub.farid.ask("POST", f"/payments/{proof['payment_id']}/transitions", json=body)
    assert [refund["amount"]["amount"] for refund in await refunded(hub, order["id"])] == [6_082]
    assert await ledger(hub, order["id"]) == []
    await hub.world.settled()


async def test_a_card_that_brought_too_little_or_another_currency_pays_nothing(hub: Hub) -> None:
    order = await hub.ordered()
    for lie in ({"tell_amount": order["sourcing"]["due"]["amount"] - 1}, {"tell_currency": "CHF"}):
        await hub.world.control("/control/next", **lie)
        await hub.world.pay(hub.awa, order["id"])
        await until_a_case(hub, order["id"])
        cases = (await hub.chloe.ask("GET", f"/staff/cases?open=true&order_id={order['id']}"))["data"]
        assert [case["kind"] for case in cases] == ["unapplied_payment"]
        await hub.chloe.ask("POST", f"/staff/cases/{cases[0]['id']}/close", json={"resolution": "Rendu."})
    seen = await read(hub, order)
    assert (seen["status"], seen["escrow"]["held"]["amount"]) == ("awaiting_deposit", 0)
    assert len(await refunded(hub, order["id"])) == len(("too little", "another currency"))
    assert await ledger(hub, order["id"]) == []
    await hub.world.settled()
