"""An order whose lists have grown to what the document says of them, and one over, is read by everybody as before."""

from typing import Any, Final

from sqlalchemy import insert, select

from orderhub.domain.escrow import ledger
from orderhub.domain.escrow.models import Posting
from orderhub.domain.payments.models import Payment, Refund
from orderhub.kit.ids import new_id, parse_id
from tests.lives.world import Person, World
from tests.making.instants import NOON

MOST: Final = {"payments": 500, "refunds": 500, "postings": 5_000}
"""What the document says of the lists of an order's money."""


async def grow(world: World, order: Any, by: dict[str, int]) -> None:
    """Add so many rows to what a paid order has: payments that failed, refunds of a cent, a cent moved to and fro."""
    order_id = parse_id("ord", order["id"])
    async with world.parts.database.session() as session:
        payment = (await session.scalars(select(Payment).where(Payment.order_id == order_id).limit(1))).one()
        parts = {column.key: getattr(payment, column.key) for column in Payment.__table__.columns}
        lost = parts | {"status": "failed", "provider_id": None, "captured": 0, "captured_at": None}
        for table, plain in (
            (Payment, lost),
            (Refund, {"payment_id": payment.id, "order_id": order_id, "amount": 1, "currency": "EUR"}),
            (Posting, {"order_id": order_id, "amount": 1, "currency": "EUR", "reason": "refund_part", "at": NOON}),
        ):
            rows = [plain | own(table, payment, number) for number in range(by[table.__tablename__])]
            await session.execute(insert(table), rows)


def own(table: type[Payment | Refund | Posting], payment: Payment, number: int) -> dict[str, Any]:
    """What each row has of its own."""
    if table is Payment:
        return {"id": new_id(), "request_key": f"again-{new_id()}"}
    if table is Refund:
        return {"id": new_id(), "status": "succeeded", "created_at": NOON}
    ways = [ledger.escrow(payment.order_id), ledger.unapplied(payment.id)]
    return {"id": new_id(), "source": ways[number % 2], "target": ways[1 - number % 2]}


async def lengths(person: Person, order: Any) -> dict[str, int]:
    """How long each list is that somebody reads."""
    payments = await person.ask("GET", f"/orders/{order['id']}/payments")
    escrow = await person.ask("GET", f"/orders/{order['id']}/escrow")
    assert len(escrow["refunds"]) == len(payments["refunds"])
    return {
        "payments": len(payments["payments"]),
        "refunds": len(payments["refunds"]),
        "postings": len(escrow["postings"]),
    }


async def test_at_the_bound_and_one_over(world: World, awa: Person, bruno: Person, chloe: Person) -> None:
    listing_id, _ = await world.listing(bruno)
    order = await world.place(awa, listing_id)
    await world.pay(awa, order["id"])
    order = await world.until(awa, order["id"], "awaiting_acceptance")
    has = await lengths(chloe, order)
    for most in (MOST, {name: number + 1 for name, number in MOST.items()}):
        await grow(world, order, {name: number - has[name] for name, number in most.items()})
        has = await lengths(chloe, order)
        assert has == most
        assert (await lengths(awa, order))["refunds"] == most["refunds"]
        assert len((await bruno.ask("GET", f"/orders/{order['id']}/escrow"))["refunds"]) == most["refunds"]
    world.is_overgrown = True


async def test_the_document_says_so(awa: Person) -> None:
    schemas = (await awa.client.get("/openapi.json")).json()["components"]["schemas"]
    places = {"payments": "OrderPaymentsOut", "refunds": "EscrowOut", "postings": "EscrowOut"}
    assert {name: schemas[place]["properties"][name]["maxItems"] for name, place in places.items()} == MOST
