"""Fatou looks at payments, refunds and the ledger."""

from typing import Any

import httpx
from sqlalchemy import text

from orderhub.domain.escrow.models import Balance
from orderhub.domain.orders.models import Order
from orderhub.domain.payments.models import Payment, Refund
from orderhub.infra.database import Database
from orderhub.kit.clock import real_now
from orderhub.kit.ids import new_id, parse_id, show_id


async def test_payments_and_refunds_are_listed_with_what_came_of_them(
    fatou: httpx.AsyncClient, order: dict[str, Any], database: Database
) -> None:
    order_id = parse_id("ord", order["id"])
    assert order_id is not None
    payment_id, refund_id = new_id(), new_id()
    async with database.session() as session:
        payer_id = (await session.get_one(Order, order_id)).buyer_id
        session.add(
            Payment(
                id=payment_id,
                order_id=order_id,
                payer_id=payer_id,
                provider="sandbox",
                provider_id="sp_1",
                method="card",
                amount=12_000,
                currency="EUR",
                status="created",
                captured=11_000,
                captured_currency="EUR",
                return_url="https://boutique.example/",
                request_key="one",
                request_hash=b"one",
                created_at=real_now(),
            )
        )
        await session.flush()
        session.add(
            Refund(
                id=refund_id,
                payment_id=payment_id,
                order_id=order_id,
                amount=11_000,
                currency="EUR",
                status="failed",
                failure="account_closed",
                created_at=real_now(),
            )
        )
    (payment,) = (await fatou.get("/v1/staff/payments", params={"status": "created", "provider": "sandbox"})).json()[
        "data"
    ]
    assert payment["id"] == show_id("pay", payment_id)
    assert payment["amount"] == {"amount": 12_000, "currency": "EUR"}
    assert payment["captured"] == {"amount": 11_000, "currency": "EUR"}
    (refund,) = (await fatou.get("/v1/staff/refunds", params={"status": "failed"})).json()["data"]
    assert (refund["id"], refund["failure"]) == (show_id("rfd", refund_id), "account_closed")
    nothing = await fatou.get("/v1/staff/refunds", params={"payment_id": show_id("pay", new_id())})
    assert nothing.json() == {"data": [], "next_cursor": None}


async def test_the_ledger_check_finds_nothing_and_then_finds_it(
    fatou: httpx.AsyncClient, idris: httpx.AsyncClient, chloe: httpx.AsyncClient, database: Database
) -> None:
    for person in (fatou, idris):
        report = (await person.get("/v1/staff/ledger/check")).json()
        assert (report["ok"], report["wrong"], report["wrong_count"]) == (True, [], 0)
    assert (await chloe.get("/v1/staff/ledger/check")).status_code == 403
    async with database.session() as session:
        await session.execute(text("ALTER TABLE balances DISABLE TRIGGER balances_by_hand"))
        session.add(Balance(account="payable:nobody", currency="EUR", amount=5))
    report = (await fatou.get("/v1/staff/ledger/check")).json()
    assert (report["ok"], report["wrong_count"]) == (False, 1)
    assert "payable:nobody" in report["wrong"][0]
