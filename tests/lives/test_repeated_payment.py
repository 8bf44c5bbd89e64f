"""A payment that is started twice with one key is one payment, and the second answer says so."""

from typing import Any

from tests.lives.world import Person, World

BODY = {"method": "card", "return_url": "https://boutique.example/retour"}


async def _start(awa: Person, order_id: str, **more: Any) -> Any:
    headers = {"Idempotency-Key": "once"}
    return await awa.client.post(f"/v1/orders/{order_id}/payments", json=BODY | more, headers=headers)


async def test_the_same_request_again_answers_the_same(world: World, awa: Person, bruno: Person) -> None:
    listing_id, _ = await world.listing(bruno)
    order = await world.place(awa, listing_id)
    first, again = await _start(awa, order["id"]), await _start(awa, order["id"])
    assert (first.status_code, "Idempotency-Replayed" in first.headers) == (201, False)
    assert (again.status_code, again.headers["Idempotency-Replayed"], again.content) == (201, "true", first.content)
    assert (await _start(awa, order["id"], method="wallet")).status_code == 422
    assert len((await awa.ask("GET", f"/orders/{order['id']}/payments"))["payments"]) == 1
