"""What is left when a sourced order is over: refunds that arrive, refunds that finance pay by hand, the books."""

import asyncio
from typing import Any, Final

from sqlalchemy import text

from orderhub.kit.ids import parse_id
from tests.lives.hub import Hub

_SETTLED: Final = {"succeeded", "failed"}
_PATIENCE: Final = 8.0
_LEDGER: Final = """
SELECT kind || ' ' || currency || ' ' || sum(amount) FROM (
    SELECT split_part(target, ':', 1) AS kind, currency, amount FROM postings WHERE order_id = :order
    UNION ALL SELECT split_part(source, ':', 1), currency, -amount FROM postings WHERE order_id = :order
) moves GROUP BY kind, currency HAVING sum(amount) <> 0 ORDER BY 1
"""
_CASES: Final = "SELECT kind FROM cases WHERE order_id = :order AND closed_at IS NULL ORDER BY id"


async def refunded(hub: Hub, order_id: str) -> list[Any]:
    """Every refund once it has come to its end: what was paid by hand goes back by hand."""
    refunds = await _come_to_an_end(hub, order_id)
    for refund in refunds:
        if refund["status"] == "failed":
            body = {"action": "paid_by_hand", "reference": f"VIR retour {refund['id']}"}
            await hub.farid.ask("POST", f"/refunds/{refund['id']}/transitions", json=body)
    found = await _come_to_an_end(hub, order_id)
    assert all(refund["status"] == "succeeded" for refund in found), found
    return found


async def _come_to_an_end(hub: Hub, order_id: str) -> list[Any]:
    async with asyncio.timeout(_PATIENCE):
        while True:
            await hub.world.worker.drain()
            found = (await hub.awa.ask("GET", f"/orders/{order_id}/escrow"))["refunds"]
            if all(refund["status"] in _SETTLED for refund in found):
                return found
            await asyncio.sleep(0.02)


async def ledger(hub: Hub, order_id: str) -> list[str]:
    """The order's part of the ledger by kind of account; what has come to nothing is left out."""
    return await _all(hub, _LEDGER, order_id)


async def open_cases(hub: Hub, order_id: str) -> list[str]:
    """The kinds of the order's cases that staff still have, oldest first."""
    return await _all(hub, _CASES, order_id)


async def _all(hub: Hub, sql: str, order_id: str) -> list[str]:
    async with hub.world.parts.database.session() as session:
        return list(await session.scalars(text(sql), {"order": parse_id("ord", order_id)}))


def books(currency: str, released: int, charged_back: int = 0) -> list[str]:
    """What the ledger of an order comes to: what was released is the house's, all else went back."""
    moves = {"chargeback": charged_back, "hub": released, "provider": -released - charged_back}
    return [f"{kind} {currency} {amount}" for kind, amount in moves.items() if amount]


async def documents(hub: Hub, order_id: str) -> list[Any]:
    """What was issued, newest first."""
    return (await hub.awa.ask("GET", f"/orders/{order_id}/documents"))["data"]
