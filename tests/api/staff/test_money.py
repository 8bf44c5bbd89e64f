"""Fatou looks at payments, refunds and the ledger."""

from typing import Any

import httpx
from sqlalchemy import text

from orderhub.domain.escrow.models import Balance
from orderhub.domain.orders.models import Order
from orderhub.infra.database import Database
from orderhub.kit.ids import new_id, parse_id, show_id
from tests.making.payments import new_payment, new_refund


async def test_payments_and_refunds_are_listed_with_what_came_of_them(
    fatou: httpx.AsyncClient, order: dict[str, Any], database: Database
) -> None:
    order_id = parse_id("ord", order["id"])
    assert order_id is not None
    async with database.session() as session:
        found = await session.get_one(Order, order_id)
        paid = new_payment(found, provider_id="sp_1", status="created", captured=11_000, captured_currency="EUR")
        session.add(paid)
        await session.flush()
        refused = new_refund(paid, amount=11_000)
        session.add(refused)
    (payment,) = (await fatou.get("/v1/staff/payments", params={"status": "created", "provider": "sandbox"})).json()[
        "data"
    ]
    assert payment["id"] == show_id("pay", paid.id)
    assert payment["amount"] == {"amount": 12_000, "currency": "EUR"}
    assert payment["captured"] == {"amount": 11_000, "currency": "EUR"}
    (refund,) = (await fatou.get("/v1/staff/refunds", params={"status": "failed"})).json()["data"]
    assert (refund["id"], refund["failure"]) == (show_id("rfd", refused.id), "account_closed")
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
