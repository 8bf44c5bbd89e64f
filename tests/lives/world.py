"""A whole OrderHub on loopback: the API on a port, a worker to drain, the sandbox provider, people."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx

from orderhub.api.dependencies import Parts
from orderhub.domain.accounts.models import Account, SignInSession
from orderhub.domain.accounts.tokens import Claims
from orderhub.domain.catalog.models import ListingOption
from orderhub.domain.escrow.check import check
from orderhub.infra.business_clock import business_now, step_to
from orderhub.jobs.worker import Worker
from orderhub.kit.clock import real_now
from orderhub.kit.ids import new_id, show_id
from tests.making.listings import QUESTION, new_service

PAYS, DECLINES, ASKS, REFUND_FAILS = "4242424242424242", "4000000000000002", "4000002500003155", "4000000000005126"
_PATIENCE = 8.0


@dataclass(slots=True)
class Person:
    """Somebody with a client of their own."""

    account_id: UUID
    client: httpx.AsyncClient

    async def ask(self, method: str, path: str, expect: int = 200, **more: Any) -> Any:
        """One request; fails unless the status is the expected one."""
        headers = {"Idempotency-Key": new_id().hex, **more.pop("headers", {})} if method == "POST" else {}
        answer = await self.client.request(method, f"/v1{path}", headers=headers, **more)
        assert answer.status_code == expect, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    async def do(self, order_id: str, action: str, expect: int = 200, **fields: Any) -> Any:
        """Act on an order."""
        return await self.ask("POST", f"/orders/{order_id}/transitions", expect, json={"action": action, **fields})


@dataclass(slots=True)
class World:
    """What a life of an order is played in."""

    parts: Parts
    worker: Worker
    base_url: str
    provider_url: str
    api_key: str
    clients: list[httpx.AsyncClient] = field(default_factory=list[httpx.AsyncClient])
    is_overgrown: bool = False
    """Whether something has more parts than the document allows: written past every rule, and shown all the same."""

    async def person(self, handle: str, *roles: str) -> Person:
        """Somebody registered and signed in."""
        now = real_now()
        account = Account(
            id=new_id(),
            email=f"{handle}@example.fr",
            handle=handle,
            display_name=handle.title(),
            language="fr",
            time_zone="Europe/Paris",
            country="FR",
            roles=list(roles),
            created_at=now,
            confirmed_at=now,
        )
        signed_in = SignInSession(
            id=new_id(), account_id=account.id, created_at=now, last_used_at=now, expires_at=now + timedelta(days=30)
        )
        async with self.parts.database.session() as session:
            session.add(account)
            await session.flush()
            session.add(signed_in)
        token = self.parts.tokens.issue(Claims(account.id, signed_in.id, frozenset(roles)))
        client = httpx.AsyncClient(
            base_url=self.base_url, headers={"Authorization": f"Bearer {token}"}, trust_env=False
        )
        self.clients.append(client)
        return Person(account.id, client)

    async def listing(self, seller: Person, *, price: int = 12_000, questions: bool = False) -> tuple[str, str]:
        """An active service with one option; their public ids."""
        asked = [QUESTION] if questions else []
        listing = new_service(
            seller.account_id, now=real_now(), title="Logo pour votre boutique", price=price, questions=asked
        )
        option = ListingOption(
            id=new_id(), listing_id=listing.id, title="Version animée", price=3_000, days=2, active=True
        )
        async with self.parts.database.session() as session:
            session.add(listing)
            await session.flush()
            session.add(option)
        return show_id("lst", listing.id), show_id("opt", option.id)

    async def place(self, buyer: Person, listing_id: str, **more: Any) -> Any:
        """A placed order."""
        return await buyer.ask("POST", "/orders", 201, json={"kind": "service", "listing_id": listing_id, **more})

    async def pay(self, buyer: Person, order_id: str, card: str = PAYS, **more: Any) -> Any:
        """Start a payment and confirm it as the payer's browser would; the payment as it was started."""
        body = {"method": "card", "return_url": "https://boutique.example/retour", **more}
        payment = await buyer.ask("POST", f"/orders/{order_id}/payments", 201, json=body)
        await self.confirm(payment, card)
        return payment

    async def confirm(self, payment: Any, card: str) -> None:
        """What the payer's browser sends to the provider."""
        action = payment["next_action"]
        card_body = {
            "client_secret": action["client_secret"],
            "card": card,
            "exp_month": 12,
            "exp_year": 2030,
            "cvc": "123",
        }
        async with httpx.AsyncClient(trust_env=False) as browser:
            answer = await browser.post(action["confirm_url"], json=card_body)
            assert answer.is_success, answer.text

    async def paid_order(self, buyer: Person, seller: Person, *, questions: bool = False, **more: Any) -> Any:
        """An order whose payment has been confirmed."""
        listing_id, _ = await self.listing(seller, questions=questions)
        order = await self.place(buyer, listing_id, **more)
        await self.pay(buyer, order["id"])
        return await self.until(buyer, order["id"], "awaiting_instructions" if questions else "awaiting_acceptance")

    async def started_order(self, buyer: Person, seller: Person) -> Any:
        """An order that the seller has accepted."""
        order = await self.paid_order(buyer, seller)
        return await seller.do(order["id"], "accept")

    async def until(self, person: Person, order_id: str, status: str) -> Any:
        """Wait for the provider's notification to have its effect."""
        order: Any = None
        for _ in range(int(_PATIENCE / 0.02)):
            order = await person.ask("GET", f"/orders/{order_id}")
            if order["status"] == status:
                return order
            await asyncio.sleep(0.02)
        raise AssertionError(f"still {order['status']}, not {status}")

    async def advance(self, by: timedelta) -> None:
        """Let so much business time pass, fire what is due, do all jobs."""
        async with self.parts.database.session() as session:
            now = await business_now(session)
        await self.advance_to(now + by)

    async def advance_to(self, instant: datetime) -> None:
        """Step business time to an instant, fire what is due, do all jobs."""
        async with self.parts.database.session() as session:
            await step_to(session, instant)
        await self.worker.drain()

    async def settled(self) -> None:
        """Every job done; the ledger in order."""
        await self.worker.drain()
        async with self.parts.database.session() as session:
            report = await check(session)
        assert report.ok, report.wrong

    async def control(self, path: str, **body: Any) -> Any:
        """Ask the provider to behave in some way."""
        async with httpx.AsyncClient(base_url=self.provider_url, trust_env=False) as tester:
            answer = await tester.post(path, json=body, headers={"Authorization": f"Bearer {self.api_key}"})
            assert answer.is_success, answer.text
            return answer.json() if answer.content else None
