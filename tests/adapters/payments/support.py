"""What these tests stand on: a merchant's inbox, a payer's browser, a tester's remote control."""

import asyncio
import json
import ssl
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from orderhub.adapters.payments.sandbox import SandboxPayments
from orderhub.adapters.payments.sandbox_server.config import SandboxConfig
from orderhub.adapters.payments.sandbox_server.serving import running_app, running_sandbox
from orderhub.domain.payments.ports import CreatePayment, ProviderMethod, ProviderPayment

API_KEY = "sandbox-key-of-the-tests"
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
CONFIG = SandboxConfig(api_key=API_KEY, secret=SECRET, settle_seconds=0.01, swap_seconds=0.4, retry_delays=(0.02,) * 5)
RETURN_URL = "https://boutique.example.fr/merci?commande=12"

PAYS = "4242424242424242"
DECLINES = "4000000000000002"
ASKS_ACTION = "4000002500003155"
REFUND_FAILS = "4000000000005126"

NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Loopback needs none, and reading the trusted certificates for each client takes time."""

_PATIENCE = 5.0
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Received:
    """One notification as it came in."""

    headers: Mapping[str, str]
    body: bytes

    @property
    def payload(self) -> dict[str, Any]:
        """What it says, unverified."""
        return json.loads(self.body)

    @property
    def type(self) -> str:
        """What it says has happened."""
        return self.payload["type"]


class Inbox:
    """A merchant's notification address: answers 204, or first what ``answers`` lists."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.answers: list[int] = []
        self.url = ""
        self._arrival = asyncio.Condition()

    def app(self) -> Starlette:
        """The address as a server's application."""
        return Starlette(routes=[Route("/hooks", self._take, methods=["POST"])])

    def types(self) -> list[str]:
        """What has been said so far, in order of arrival."""
        return [received.type for received in self.received]

    async def wait(self, number: int) -> list[Received]:
        """The notifications, once there are so many."""
        await self.until(lambda: len(self.received) >= number)
        return self.received

    async def until(self, holds: Callable[[], bool]) -> None:
        """Return once this holds; it is asked again on each arrival."""
        async with asyncio.timeout(_PATIENCE), self._arrival:
            await self._arrival.wait_for(holds)

    async def _take(self, request: Request) -> Response:
        received = Received(dict(request.headers), await request.body())
        async with self._arrival:
            self.received.append(received)
            self._arrival.notify_all()
        return Response(status_code=self.answers.pop(0) if self.answers else 204)


class Sandbox:
    """A running provider, with everybody who talks to it."""

    def __init__(self, url: str, inbox: Inbox, payments: SandboxPayments, merchant: httpx.AsyncClient) -> None:
        self.url = url
        self.inbox = inbox
        self.payments = payments
        self.merchant = merchant
        self.browser = httpx.AsyncClient(base_url=url, verify=NO_TLS)

    async def opened(self, method: ProviderMethod = ProviderMethod.CARD, amount: int = 12_500) -> ProviderPayment:
        """A new payment of Awa's order."""
        return await self.payments.create(a_payment(method, amount))

    async def confirm(self, payment: ProviderPayment, card: str) -> dict[str, Any]:
        """Awa's browser sends her card; gives the answer, which must be a success."""
        answer = await self.browser.post(payment.next_action["confirm_url"], json=card_form(payment, card))
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def paid(self, card: str = PAYS, amount: int = 12_500) -> ProviderPayment:
        """A captured payment of which the merchant knows."""
        payment = await self.opened(amount=amount)
        await self.confirm(payment, card)
        await self.inbox.until(lambda: self._tells(payment, "payment.captured"))
        return await self.payments.status(payment.provider_id)

    async def control(self, path: str, **body: Any) -> Any:
        """The tester's remote control; gives the answer's ``data`` when there is one."""
        answer = await self.merchant.post(f"/control/{path}", json=body)
        assert answer.is_success, answer.text
        return answer.json()["data"] if answer.content else None

    async def events(self, payment: ProviderPayment) -> list[dict[str, Any]]:
        """What happened to a payment, as the provider knows it."""
        answer = await self.merchant.get("/control/events", params={"payment": payment.provider_id})
        return answer.json()["data"]

    async def event_ids(self, payment: ProviderPayment, number: int) -> list[str]:
        """The ids of a payment's events, once there are so many."""
        async with asyncio.timeout(_PATIENCE):
            while True:
                events = await self.events(payment)
                if len(events) >= number:
                    return [event["id"] for event in events]

    def _tells(self, payment: ProviderPayment, event_type: str) -> bool:
        about = (r for r in self.inbox.received if r.payload["data"]["payment"] == payment.provider_id)
        return any(received.type == event_type for received in about)


def a_payment(method: ProviderMethod = ProviderMethod.CARD, amount: int = 12_500) -> CreatePayment:
    """A request that nobody has made before."""
    return CreatePayment(f"pay_{next(_numbers)}", amount, "EUR", method, RETURN_URL)


def card_form(payment: ProviderPayment, card: str) -> dict[str, Any]:
    """What the payment form in the browser sends."""
    secret = payment.next_action["client_secret"]
    return {"client_secret": secret, "card": card, "exp_month": 12, "exp_year": 2090, "cvc": "123"}


@asynccontextmanager
async def inbox_server() -> AsyncGenerator[Inbox]:
    """A merchant's inbox on loopback."""
    inbox = Inbox()
    async with running_app(inbox.app()) as url:
        inbox.url = f"{url}/hooks"
        yield inbox


@asynccontextmanager
async def sandbox_server(inbox: Inbox, config: SandboxConfig = CONFIG) -> AsyncGenerator[Sandbox]:
    """A provider on loopback that notifies this inbox."""
    async with running_sandbox(replace(config, notify_url=inbox.url)) as url, connected(url, inbox) as sandbox:
        yield sandbox


@asynccontextmanager
async def connected(url: str, inbox: Inbox) -> AsyncGenerator[Sandbox]:
    """Everybody who talks to the provider at this URL."""
    bearer = {"authorization": f"Bearer {API_KEY}"}
    async with (
        SandboxPayments(url, API_KEY, SECRET) as payments,
        httpx.AsyncClient(base_url=url, headers=bearer, verify=NO_TLS) as merchant,
    ):
        sandbox = Sandbox(url, inbox, payments, merchant)
        async with sandbox.browser:
            yield sandbox


def amounts(received: Sequence[Received]) -> list[tuple[int, str]]:
    """What notifications say was moved."""
    return [(r.payload["data"]["amount"], r.payload["data"]["currency"]) for r in received]
