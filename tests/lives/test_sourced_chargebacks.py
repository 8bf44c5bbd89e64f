"""Chargebacks of what the house sold: the hub's own loss, and never the buyer's money twice."""

import asyncio
from typing import Any

import pytest

from tests.kinds.sourced.lives_arrived import INVOICED
from tests.kinds.sourced.lives_deposit import CONFIRMED, PROVEN
from tests.kinds.sourced.played import SourcedPlayed
from tests.lives.aftermath import books, ledger, open_cases, refunded
from tests.lives.hub import Hub
from tests.lives.plays import CHARGED_BACK, Life, Played
from tests.lives.world import Person

TOTAL, DEPOSIT = 15_356, 6_082
BY_CARD = INVOICED.replace(CONFIRMED, CONFIRMED.removeprefix(PROVEN)).replace(
    "deposit_review    confirm_deposit       Farid     confirmed",
    """
-                 place                 Awa       awaiting_deposit
awaiting_deposit  confirm_payment       provider  confirmed  card
""",
)
HANDED_OVER = """
awaiting_balance  submit_proof          Awa       balance_review
balance_review    confirm_balance       Farid     ready
ready             hand_over             Chloé     completed
"""
TAKEN_BACK = """
awaiting_balance  charge_back           provider  disputed
disputed          resume                Ada       awaiting_balance
"""


async def bank(hub: Hub, played: Played, outcome: str | None) -> None:
    """The bank takes money back where the outcome is None, or decides."""
    if outcome is None:
        opened = await hub.world.control("/v1/chargebacks", payment=played.payment_id, amount=CHARGED_BACK)
        played.chargeback_id = opened["id"]
    else:
        await hub.world.control(f"/v1/chargebacks/{played.chargeback_id}/close", outcome=outcome)


async def comes_to(hub: Hub, order_id: str, wanted: list[str]) -> None:
    """The ledger of the order, once the provider's news have come."""
    found: Any = None
    for _ in range(400):
        await hub.world.worker.drain()
        found = await ledger(hub, order_id)
        if found == wanted:
            return
        await asyncio.sleep(0.02)
    raise AssertionError(found)


async def test_after_the_end_it_is_the_hubs_loss(hub: Hub, bruno: Person) -> None:
    played = SourcedPlayed(hub, bruno, Life(BY_CARD + HANDED_OVER))
    await played.play()
    order_id = played.order["id"]
    assert await ledger(hub, order_id) == books("EUR", TOTAL)
    await bank(hub, played, None)
    taken = ["chargeback EUR 1000", "hub EUR 14356", f"provider EUR -{TOTAL}"]
    await comes_to(hub, order_id, taken)
    await bank(hub, played, "lost")
    await comes_to(hub, order_id, ["hub EUR 14356", "provider EUR -14356"])
    assert await open_cases(hub, order_id) == ["chargeback"]
    await hub.world.settled()


@pytest.mark.parametrize("outcome", ["won", "lost"])
async def test_decided_after_an_end_without_it(hub: Hub, bruno: Person, outcome: str) -> None:
    """Released while the bank had a part: what comes back is the house's sale."""
    released = "awaiting_balance  charge_back provider disputed\ndisputed rule_release Ada completed\n"
    played = SourcedPlayed(hub, bruno, Life(BY_CARD + released))
    await played.play()
    await bank(hub, played, outcome)
    kept = DEPOSIT if outcome == "won" else DEPOSIT - CHARGED_BACK
    await comes_to(hub, played.order["id"], books("EUR", kept))
    await hub.world.settled()


async def test_paid_again_and_won_after_the_end_goes_back_to_the_buyer(hub: Hub, bruno: Person) -> None:
    played = SourcedPlayed(hub, bruno, Life(BY_CARD + TAKEN_BACK + HANDED_OVER))
    await played.play()
    order_id = played.order["id"]
    assert await ledger(hub, order_id) == books("EUR", TOTAL, CHARGED_BACK)
    await bank(hub, played, "won")
    await comes_to(hub, order_id, books("EUR", TOTAL))
    (refund,) = await refunded(hub, order_id)
    assert refund["amount"]["amount"] == CHARGED_BACK
    assert await ledger(hub, order_id) == books("EUR", TOTAL)
    await hub.world.settled()
