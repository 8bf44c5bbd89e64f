"""The provider with its notifications in a tester's hand: held back, then delivered in any order."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx
from sqlalchemy import text

from orderhub.domain.escrow.check import check
from orderhub.kit.ids import parse_id
from tests.lives.world import PAYS, Person, World

_PATIENCE, _PAUSE = 8.0, 0.01


@dataclass(slots=True)
class Till:
    """Awa buys of Bruno, again and again; what the provider says about it waits here."""

    world: World
    awa: Person
    bruno: Person
    listing_id: str = ""
    option_id: str = ""
    order_id: str = ""
    payments: list[str] = field(default_factory=list[str])

    async def new_order(self) -> None:
        """Another order, unpaid."""
        if not self.listing_id:
            self.listing_id, self.option_id = await self.world.listing(self.bruno)
        self.order_id = (await self.world.place(self.awa, self.listing_id))["id"]
        self.payments = []

    async def pay(self, card: str = PAYS, **more: Any) -> str:
        """A payment that the payer has confirmed; our id of it."""
        payment = await self.world.pay(self.awa, self.order_id, card, **more)
        self.payments.append(payment["id"])
        return payment["id"]

    async def behave(self, **behaviour: Any) -> None:
        """What is to go wrong with the next payment."""
        await self.world.control("/control/next", **behaviour)

    async def hold_back(self, *, on: bool = True) -> None:
        """Keep notifications for `deliver`."""
        await self.world.control("/control/withhold", on=on)

    async def answer_bank(self, payment_id: str, answer: str = "approve") -> None:
        """The payer answers on the bank's page."""
        async with httpx.AsyncClient(base_url=self.world.provider_url, trust_env=False) as browser:
            payment = await self.provider("GET", f"/v1/payments/{payment_id}")
            page = payment["next_action"]["url"]
            answered = await browser.post(f"{page}/{answer}")
            assert answered.status_code < 400, answered.text

    async def provider(self, method: str, path: str, **more: Any) -> Any:
        """One request to the provider as its merchant."""
        bearer = {"Authorization": f"Bearer {self.world.api_key}"}
        async with httpx.AsyncClient(base_url=self.world.provider_url, headers=bearer, trust_env=False) as merchant:
            answer = await merchant.request(method, path, **more)
            assert answer.is_success, answer.text
            return answer.json() if answer.content else None

    async def events(self, number: int) -> list[dict[str, Any]]:
        """What happened to this order's payments, once it is so much."""
        found: list[dict[str, Any]] = []
        async with asyncio.timeout(_PATIENCE):
            while len(found) < number:
                await asyncio.sleep(0.01)
                found = [event for payment in self.payments for event in await self._events_of(payment)]
        return found

    async def _events_of(self, payment_id: str) -> list[dict[str, Any]]:
        return (await self.provider("GET", "/control/events", params={"payment": payment_id}))["data"]

    async def deliver(self, event_ids: Sequence[str]) -> list[int]:
        """Deliver in this order; how each was answered."""
        done = await self.world.control("/control/deliver", events=list(event_ids))
        return [delivery["last_answer"] for delivery in done["data"]]

    async def deliver_until_taken(self, event_ids: Sequence[str]) -> None:
        """As the provider does: what was refused comes again, later."""
        left = list(event_ids)
        for _ in event_ids:
            answers = await self.deliver(left)
            left = [event for event, answer in zip(left, answers, strict=True) if answer >= 300]
            if not left:
                return
        raise AssertionError(left)

    async def outcome(self) -> dict[str, Any]:
        """The order's state and its part of the ledger, without ids."""
        await self.world.worker.drain()
        order = await self.awa.ask("GET", f"/orders/{self.order_id}")
        order_id = parse_id("ord", self.order_id)
        return {
            "status": order["status"],
            "escrow": {name: money["amount"] for name, money in order["escrow"].items()},
            "payments": await self._all("SELECT status FROM payments WHERE order_id = :order ORDER BY 1", order_id),
            "refunds": await self._all(
                "SELECT amount || ' ' || currency FROM refunds WHERE order_id = :order ORDER BY 1", order_id
            ),
            "cases": await self._all("SELECT kind FROM cases WHERE order_id = :order ORDER BY 1", order_id),
            "ledger": await self._all(_LEDGER, order_id),
        }

    async def _all(self, sql: str, order_id: Any) -> list[Any]:
        async with self.world.parts.database.session() as session:
            return list(await session.scalars(text(sql), {"order": order_id}))

    async def until(self, holds: Callable[[], Awaitable[bool]]) -> None:
        """Wait for what the provider does by itself."""
        for _ in range(int(_PATIENCE / _PAUSE)):
            if await holds():
                return
            await asyncio.sleep(_PAUSE)
        raise AssertionError(await self.outcome())

    async def in_order(self) -> None:
        """Every promise about money holds."""
        async with self.world.parts.database.session() as session:
            report = await check(session)
        assert report.ok, report.wrong


_LEDGER = """
SELECT kind || ' ' || currency || ' ' || sum(amount) FROM (
    SELECT split_part(target, ':', 1) AS kind, currency, amount FROM postings WHERE order_id = :order
    UNION ALL SELECT split_part(source, ':', 1), currency, -amount FROM postings WHERE order_id = :order
) moves GROUP BY kind, currency HAVING sum(amount) <> 0 ORDER BY 1
"""
