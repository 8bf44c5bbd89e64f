"""Bruno is suspended: nobody buys of him any more, and what was bought before goes on."""

from typing import Any

import httpx

from tests.api.conftest import Join

LOGO: dict[str, Any] = {
    "title": "Logo",
    "description": "Un logo.",
    "category": "graphic_design",
    "price": {"amount": 12_000, "currency": "EUR"},
    "days": 5,
    "state": "active",
}


async def place(buyer: httpx.AsyncClient, listing: dict[str, Any], key: str) -> httpx.Response:
    body = {"kind": "service", "listing_id": listing["id"]}
    return await buyer.post("/v1/orders", json=body, headers={"Idempotency-Key": key})


async def suspend(staff: httpx.AsyncClient, seller: dict[str, Any], how: str, **body: Any) -> None:
    answered = await staff.post(f"/v1/staff/accounts/{seller['id']}/{how}", json=body or None)
    assert answered.status_code == 200, answered.text


async def test_a_suspended_seller_gets_no_new_order_and_keeps_the_running_ones(join: Join) -> None:
    awa, bruno, chloe = await join("awa"), await join("bruno"), await join("chloe", "support")
    listing = (await bruno.post("/v1/listings", json=LOGO)).json()
    running = await place(awa, listing, "avant")
    assert running.status_code == 201, running.text

    await suspend(chloe, listing["seller"], "suspend", reason="Vend des contrefaçons.")
    refused = await place(awa, listing, "pendant")
    assert (refused.status_code, refused.json()["code"]) == (409, "listing_unavailable")
    path = f"/v1/orders/{running.json()['id']}"
    again = await place(awa, listing, "avant")
    assert (again.status_code, again.json()["id"]) == (201, running.json()["id"])
    cancelled = await awa.post(f"{path}/transitions", json={"action": "cancel"}, headers={"Idempotency-Key": "annuler"})
    assert cancelled.json()["status"] == "cancelled", cancelled.text

    await suspend(chloe, listing["seller"], "reinstate")
    assert (await place(awa, listing, "apres")).status_code == 201
