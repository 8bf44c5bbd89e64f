"""What the provider says of a refund: before we know that it was sent, late, twice, wrong, or of an older attempt."""

from typing import Any

import pytest
from sqlalchemy import text

from orderhub.domain.orders.settlement.notifications import apply_notification
from orderhub.domain.payments.ports import Notification, NotificationType
from orderhub.kit.clock import real_now
from orderhub.kit.ids import new_id, show_id
from tests.lives.provider import Till
from tests.lives.world import REFUND_FAILS

pytestmark = pytest.mark.slow

BACK: list[str] = []


async def cancelled_order(till: Till, *cards: str) -> None:
    """Paid, and cancelled before Bruno accepted; the refund is not sent yet."""
    await till.new_order()
    await till.pay(*cards)
    await till.world.until(till.awa, till.order_id, "awaiting_acceptance")
    await till.awa.do(till.order_id, "cancel")


async def statuses(till: Till) -> list[str]:
    async with till.world.parts.database.session() as session:
        return list(await session.scalars(text("SELECT status FROM refunds ORDER BY id")))


async def refund_event(till: Till, kind: str = "refund.succeeded", number: int = 2) -> str:
    events = await till.events(number)
    return next(event["id"] for event in reversed(events) if event["type"] == kind)


async def test_before_we_know_that_it_was_sent(till: Till) -> None:
    """The provider takes the refund, but its answer gets lost; its notification doesn't."""
    await cancelled_order(till)
    await till.provider("POST", "/control/outage", json={"requests": 1, "after": True})
    await till.world.worker.drain()
    await _until(till, ["succeeded"])
    await till.world.worker.drain()
    assert [event["type"] for event in await till.events(2)] == ["payment.captured", "refund.succeeded"]
    assert (await till.outcome())["ledger"] == BACK
    await till.in_order()


@pytest.mark.parametrize("behaviour", [{"copies": 3}, {"late_seconds": 0.3}, {"copies": 2, "out_of_order": True}])
async def test_late_or_more_than_once(till: Till, behaviour: dict[str, Any]) -> None:
    await till.behave(**behaviour, only=["refund.succeeded"])
    await cancelled_order(till)
    await till.world.worker.drain()
    await _until(till, ["succeeded"])
    event = await refund_event(till)
    assert await till.deliver([event, event]) == [200, 200]
    assert (await till.outcome())["ledger"] == BACK
    await till.in_order()


@pytest.mark.parametrize("lie", [{"tell_amount": 11_000}, {"tell_currency": "CHF"}])
async def test_a_wrong_amount_settles_nothing(till: Till, lie: dict[str, Any]) -> None:
    await till.behave(**lie, only=["refund.succeeded"])
    await cancelled_order(till)
    await till.world.worker.drain()
    await refund_event(till)

    async def a_case() -> bool:
        return bool((await till.outcome())["cases"])

    await till.until(a_case)
    found = await till.outcome()
    assert found["cases"] == ["failed_refund"]
    assert found["ledger"] == ["provider EUR -12000", "refund EUR 12000"]
    assert await statuses(till) == ["sent"]
    await till.in_order()


async def test_a_refund_that_is_not_ours(till: Till) -> None:
    await till.behave(tell_reference="rfd_of_another_shop", only=["refund.succeeded"])
    await cancelled_order(till)
    await till.world.worker.drain()
    event = await refund_event(till)
    assert await till.deliver([event]) == [422]
    assert await statuses(till) == ["sent"]
    await till.in_order()


async def test_of_an_older_attempt(till: Till) -> None:
    """It fails, finance send it again; then the first attempt is told of once more, under another id."""
    fatou = await till.world.person("fatou", "finance")
    await cancelled_order(till, REFUND_FAILS)
    await till.world.worker.drain()
    await _until(till, ["failed"])
    async with till.world.parts.database.session() as session:
        refund_id = (await session.scalars(text("SELECT id FROM refunds"))).one()
        first = (await session.scalars(text("SELECT provider_id FROM refunds"))).one()
    await fatou.ask("POST", f"/refunds/{show_id('rfd', refund_id)}/transitions", json={"action": "retry"})
    await _tell_again(till, first)
    assert await statuses(till) == ["pending"]
    await till.hold_back()
    await till.world.worker.drain()
    assert await statuses(till) == ["sent"]
    await _tell_again(till, first)
    assert await statuses(till) == ["sent"]
    await till.hold_back(on=False)
    await till.deliver([await refund_event(till, "refund.failed", 3)])
    assert await statuses(till) == ["failed"]
    assert (await till.outcome())["ledger"] == ["provider EUR -12000", "refund EUR 12000"]
    await till.in_order()


async def _tell_again(till: Till, provider_id: str) -> None:
    """What the provider would answer about that attempt, told by a notification of its own."""
    found = await till.provider("GET", f"/v1/refunds/{provider_id}")
    note = Notification(
        id=new_id().hex,
        type=NotificationType.REFUND_FAILED,
        provider_id=found["id"],
        payment_provider_id=found["payment"],
        reference=found["reference"],
        amount=found["amount"],
        currency=found["currency"],
        occurred_at=real_now(),
        reason=found["reason"],
        raw=b"{}",
    )
    assert await apply_notification(till.world.parts.database, "sandbox", note) == "too_late"


async def _until(till: Till, wanted: list[str]) -> None:
    async def so() -> bool:
        return await statuses(till) == wanted

    await till.until(so)
