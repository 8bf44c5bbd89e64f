"""What the house has to do, as Chloé, Félix and Inès find it: quotes, proofs, and orders at each stage."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.files.models import File
from orderhub.domain.orders.models import Order
from orderhub.domain.payments.models import Proof
from orderhub.domain.staff.queue import Waiting, waiting
from orderhub.kit.ids import new_id
from orderhub.kit.pages import PageRequest
from tests.making.instants import NOON
from tests.making.orders import add_order, lead
from tests.making.payments import new_payment
from tests.making.quotes import add_quote, issue
from tests.making.quotes import lead as lead_quote

WAY = ("confirmed", "purchased", "in_transit", "arrived", "ready")
ASKED_AT = "2026-11-24T09:30:00Z"


async def queue(session: AsyncSession, role: str | None = None) -> list[Waiting]:
    return list((await waiting(session, PageRequest(), role=role)).data)


async def sourced(session: AsyncSession, buyer: UUID, status: str, **parts: Any) -> Order:
    """An order with the house that has come this far."""
    details: dict[str, Any] = parts.pop("details", {})
    order = await add_order(
        session, buyer, HOUSE_ID, kind="sourced", status="awaiting_deposit", details=details, **parts
    )
    if status in WAY:
        await lead(session, order, *WAY[: WAY.index(status) + 1])
    elif status != order.status:
        await lead(session, order, status)
    return order


async def test_a_quote_waits_until_it_is_issued(session: AsyncSession, awa: UUID, chloe: UUID) -> None:
    quote = await add_quote(session, awa)
    for _ in range(2):
        (item,) = await queue(session)
        assert (item.kind, item.prefix, item.id) == ("quote", "quo", quote.id)
        assert (item.about, item.since, item.order_id) == ("Sandales", NOON, None)
        await lead_quote(session, quote, "in_preparation")
        assert [item.kind for item in await queue(session)] == ["quote"]
        await issue(session, quote, chloe)
        assert await queue(session) == []
        await lead_quote(session, quote, "changes_requested")


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("awaiting_deposit", None),
        ("confirmed", "purchase"),
        ("purchased", "forwarding"),
        ("in_transit", "receipt"),
        ("arrived", "final_invoice"),
        ("ready", "hand_over"),
    ],
)
async def test_an_order_of_the_house_waits_at_each_stage(
    session: AsyncSession, awa: UUID, status: str, kind: str | None
) -> None:
    order = await sourced(session, awa, status)

    expected = [] if kind is None else [(kind, "ord", order.id, order.id)]
    assert [(item.kind, item.prefix, item.id, item.order_id) for item in await queue(session)] == expected


@pytest.mark.parametrize("status", ["confirmed", "purchased"])
async def test_an_order_whose_buyer_has_a_change_to_answer_does_not_wait_for_staff(
    session: AsyncSession, awa: UUID, status: str
) -> None:
    await sourced(session, awa, status, details={"change": {"line_id": "lin_1"}})

    assert await queue(session) == []


async def test_a_hand_over_that_is_arranged_waits_for_the_buyer(session: AsyncSession, awa: UUID) -> None:
    await sourced(session, awa, "ready", details={"change": None, "pick_up": {"instructions": "Rue Oberkampf"}})

    assert await queue(session) == []


async def test_a_cancellation_that_is_asked_for_waits_since_it_was(session: AsyncSession, awa: UUID) -> None:
    await sourced(session, awa, "confirmed", cancellation={"id": new_id().hex, "at": ASKED_AT, "reason": None})

    (item,) = await queue(session)
    assert (item.kind, item.since.isoformat()) == ("cancellation", "2026-11-24T09:30:00+00:00")


async def test_a_dispute_with_the_house_is_an_admins_to_rule_on(session: AsyncSession, awa: UUID, bruno: UUID) -> None:
    order = await sourced(session, awa, "confirmed")
    await lead(session, order, "disputed")
    other = await add_order(session, awa, bruno)
    await lead(session, other, "awaiting_acceptance", "in_progress", "disputed")

    assert [(item.kind, item.id) for item in await queue(session, "admin")] == [("house_dispute", order.id)]
    assert [(item.kind, item.id) for item in await queue(session, "support")] == [("dispute", other.id)]


async def test_a_proof_waits_for_finance_until_it_is_decided(session: AsyncSession, awa: UUID) -> None:
    order = await sourced(session, awa, "deposit_review")
    payment = new_payment(order, provider="manual", method="transfer", status="under_review")
    session.add(payment)
    await session.flush()
    proof = await _proof(session, order, payment.id)

    (item,) = await queue(session, "finance")
    assert (item.kind, item.prefix, item.id) == ("proof_review", "pro", proof.id)
    assert (item.order_id, item.payment_id, item.about) == (order.id, payment.id, order.title)
    assert await queue(session, "support") == []
    proof.status, proof.version = "confirmed", proof.version + 1
    await session.flush()
    assert await queue(session) == []


async def _proof(session: AsyncSession, order: Order, payment_id: UUID) -> Proof:
    file_id = await _receipt(session, order.buyer_id)
    proof = Proof(
        id=new_id(),
        payment_id=payment_id,
        order_id=order.id,
        file_id=file_id,
        sha256=b"\x01" * 32,
        currency=order.currency,
        via="upload",
        status="under_review",
        submitted_by=order.buyer_id,
        submitted_at=NOON,
    )
    session.add(proof)
    await session.flush()
    return proof


async def _receipt(session: AsyncSession, owner_id: UUID) -> UUID:
    receipt = File(
        id=new_id(),
        owner_id=owner_id,
        purpose="attachment",
        kind="document",
        media_type="application/pdf",
        name="virement.pdf",
        size=1,
        sha256=b"\x01" * 32,
        object_key=new_id().hex,
        created_at=NOON,
    )
    session.add(receipt)
    await session.flush()
    return receipt.id
