"""The payment hook: what a provider signed may still be nonsense, and hides nothing from anybody."""

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from orderhub.api.dependencies import Parts
from orderhub.bootstrap import worker_context
from orderhub.domain.accounts.tokens import Claims
from orderhub.domain.process import By
from orderhub.jobs.worker import Worker
from orderhub.kit.ids import show_id
from orderhub.kit.money import MAX_AMOUNT
from orderhub.settings import Settings
from tests.engine.scene import PRICE, Scene
from tests.kinds.service.scene import new_scene
from tests.making.clients import client_of
from tests.making.signatures import signed

LARGEST: Final = 2**63 - 1
SECRET: Final = "whsec_c2VjcmV0IG9mIHRoZSBwYXltZW50cycgdGVzdHM="


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """A provider that is never asked for anything."""
    payments = {"url": "http://127.0.0.1:1", "api_key": SecretStr("key"), "webhook_secret": SecretStr(SECRET)}
    return settings.model_copy(update={"payments": settings.payments.model_copy(update=payments)})


@dataclass(slots=True)
class Desk:
    """Awa's order, with whoever looks at it: herself, Bruno who sells, Chloé of support, finance and the admins."""

    scene: Scene
    worker: Worker
    provider: httpx.AsyncClient
    readers: dict[By, httpx.AsyncClient]

    async def say(self, payment_id: UUID, kind: str = "payment.captured", **said: Any) -> httpx.Response:
        """The provider says something of a payment, signed."""
        data = {
            "id": f"psp_{payment_id.hex}",
            "payment": f"psp_{payment_id.hex}",
            "reference": show_id("pay", payment_id),
            "amount": PRICE,
            "currency": "EUR",
            "reason": None,
        }
        event = {"id": "evt_1", "type": kind, "created": "2026-11-26T10:00:00Z"}
        event |= {name: said.pop(name) for name in ("id", "created") if name in said}
        return await self.sign(json.dumps(event | {"data": data | said}).encode())

    async def sign(self, body: bytes) -> httpx.Response:
        """Whatever it is, the provider signs it, and calls it text, which nobody looks at before the hook."""
        headers = signed(SECRET, body) | {"Content-Type": "text/plain"}
        return await self.provider.post("/v1/hooks/payments/sandbox", content=body, headers=headers)

    async def require_all_shown(self) -> None:
        """Everybody reads everything that money is shown in."""
        await self.worker.drain()
        order = show_id("ord", self.scene.order_id)
        of_order = [f"/v1/orders/{order}{part}" for part in ("", "/escrow", "/payments", "/transitions")]
        of_each = ["/v1/me/notifications", "/v1/me/balance", "/v1/me/ledger", "/v1/events", "/v1/me/export"]
        of_staff = [f"/v1/staff/{part}" for part in ("payments", "refunds", "cases", "queue", "ledger/check")]
        for by, reader in self.readers.items():
            for path in (*of_order, *of_each, *(of_staff if by is By.SUPPORT else ())):
                answer = await reader.get(path)
                assert answer.status_code == 200, (by, path, answer.text)

    async def cases(self) -> list[str]:
        """The reasons of the order's cases."""
        return [row["reason"] for row in await self.scene.rows("SELECT reason FROM cases WHERE order_id = :order")]

    async def postings(self) -> int:
        """How many there are."""
        return len(await self.scene.rows("SELECT 1 FROM postings WHERE order_id = :order"))


@pytest.fixture
async def desk(app: FastAPI, client: httpx.AsyncClient) -> AsyncIterator[Desk]:
    """An order that waits for its payment."""
    parts: Parts = app.state.parts
    scene = await new_scene(parts.database)
    await scene.place()
    roles = frozenset({"support", "finance", "admin"})
    async with AsyncExitStack() as clients:
        readers: dict[By, httpx.AsyncClient] = {}
        for by, caller in scene.callers.items():
            claims = Claims(caller.account_id, caller.session_id, roles if by is By.SUPPORT else caller.roles)
            readers[by] = await clients.enter_async_context(client_of(app, claims))
        await scene.run("UPDATE accounts SET roles = '{support,finance,admin}' WHERE 'support' = ANY (roles)")
        yield Desk(scene, Worker(worker_context(parts)), client, readers)


@pytest.mark.parametrize("kind", ["payment.captured", "payment.failed", "chargeback.opened"])
async def test_money_that_cannot_be_is_a_case(desk: Desk, kind: str) -> None:
    currencies = [{"currency": currency} for currency in ("ZZZ", "XAU", "eur", "E" * 20)]
    amounts = [{"amount": amount} for amount in (LARGEST, MAX_AMOUNT + 1, 10**30, -1)]
    lies = (*currencies, *amounts)
    for number, lie in enumerate(lies):
        payment_id = await desk.scene.open_payment()
        for outcome in ("impossible_amount", "repeated"):
            answer = await desk.say(payment_id, kind, id=f"evt_{number}", **lie)
            assert (answer.status_code, answer.json()) == (200, {"outcome": outcome}), lie
    assert len(await desk.cases()) == len(lies)
    assert await desk.postings() == 0
    assert (await desk.scene.state()).status == "awaiting_payment"
    await desk.require_all_shown()


async def test_the_largest_amount_told_of_two_payments_hides_nothing(desk: Desk) -> None:
    for number in range(2):
        payment_id = await desk.scene.open_payment()
        answer = await desk.say(payment_id, id=f"evt_{number}", amount=MAX_AMOUNT)
        assert answer.json() == {"outcome": "returned"}
    await desk.require_all_shown()
    await desk.scene.in_order()


async def test_why_it_failed_is_kept_as_far_as_it_can_be_shown(desk: Desk) -> None:
    payment_id = await desk.scene.open_payment()
    reason = "Carte\u0007 refusée\n\u202e " + "x" * 5_000
    assert (await desk.say(payment_id, "payment.failed", reason=reason)).json() == {"outcome": "fail"}
    (payment,) = await desk.scene.rows("SELECT failure FROM payments")
    assert payment["failure"].startswith("Carte refusée x")
    assert len(payment["failure"]) == 500
    await desk.require_all_shown()


async def test_ids_that_nobody_gives_are_refused(desk: Desk) -> None:
    payment_id = await desk.scene.open_payment()
    for name in ("id", "payment", "reference"):
        for value in ("", "a\u0000b", "a b", "é", "x" * 201):
            answer = await desk.say(payment_id, **{name: value})
            assert (answer.status_code, answer.json()["code"]) == (422, "unreadable_notification"), (name, value)


async def test_a_name_that_comes_twice_is_refused_and_does_nothing(desk: Desk) -> None:
    payment_id = await desk.scene.open_payment()
    psp, reference = f"psp_{payment_id.hex}", show_id("pay", payment_id)
    data = f'"id": "{psp}", "payment": "{psp}", "reference": "{reference}", "currency": "EUR", "reason": null'
    event = (
        f'"id": "evt_1", "type": "payment.captured", "created": "2026-11-26T10:00:00Z", "data": {{{data}, "amount": '
    )
    for body in (f'{{{event}1, "amount": {PRICE}}}}}', f'{{"id": "evt_0", {event}{PRICE}}}}}'):
        answer = await desk.sign(body.encode())
        assert (answer.status_code, answer.json()["code"]) == (422, "unreadable_notification"), answer.text
    assert await desk.postings() == 0
    assert (await desk.sign(f"{{{event}{PRICE}}}}}".encode())).status_code == 200
    assert await desk.postings() > 0


async def test_a_body_that_is_none_is_refused(desk: Desk) -> None:
    plain = {"amount": b"12000", "currency": b'"EUR"', "reason": b"null", "created": b'"2026-11-26T10:00:00Z"'}
    data = b'{"id": "psp_1", "payment": "psp_1", "reference": "pay_1", "amount": %(amount)b, "currency": %(currency)b,'
    event = (
        b'{"id": "evt_1", "type": "payment.failed", "created": %(created)b, "data": ' + data + b'"reason": %(reason)b}}'
    )
    for field in plain:
        for part in (b'"\\ud800"', b'"\\udc00\\ud800"', b'"\xff"', b"1e400", b"17.5", b"{}", b"[17]"):
            answer = await desk.sign(event % {name.encode(): value for name, value in (plain | {field: part}).items()})
            assert answer.status_code in (401, 422), (field, part, answer.text)


async def test_what_was_written_past_the_edge_is_still_shown(desk: Desk) -> None:
    """An older version, or a hand, may have written what nobody would take in now."""
    scene = desk.scene
    await scene.go(("provider confirm_payment", "seller accept", "seller deliver"))
    await scene.act(By.SELLER, "refund_part", amount={"amount": 5, "currency": "EUR"})
    await desk.worker.drain()
    odd = {"n": LARGEST, "long": "ü" * 3_000}
    await scene.run("UPDATE payments SET captured = :n, captured_currency = 'ZZZ', failure = :long, amount = :n", **odd)
    await scene.run("UPDATE refunds SET amount = :n, currency = 'ZZZ', failure = :long, reference = :long", **odd)
    for _ in range(2):
        await scene.run(
            "INSERT INTO postings (id, source, target, amount, currency, order_id, reason, at)"
            " VALUES (gen_random_uuid(), 'provider:sandbox', 'hub:odd', :n, 'ZZZ', :order, :long, now())",
            **odd,
        )
    amount = json.dumps({"amount": LARGEST, "currency": "ZZZ"})
    await scene.run(
        "UPDATE events SET data = jsonb_set(data, '{payment,amount}', CAST(:amount AS jsonb)) WHERE data ? 'payment'",
        amount=amount,
    )
    await scene.run(
        "UPDATE notifications SET params = params || jsonb_build_object('amount', CAST(:a AS jsonb))", a=amount
    )
    await desk.require_all_shown()
    (found,) = (await desk.readers[By.SUPPORT].get("/v1/staff/payments")).json()["data"]
    assert found["captured"] == {"amount": LARGEST, "currency": "ZZZ"}
    assert len(found["failure"]) == 3_000
    totals = (await desk.readers[By.SUPPORT].get("/v1/staff/ledger/check")).json()["totals"]
    assert {"accounts": "hub", "amount": {"amount": 2 * LARGEST, "currency": "ZZZ"}} in totals
