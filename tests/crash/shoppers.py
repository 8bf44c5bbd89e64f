"""Clients under load: pairs of a buyer and a seller who play lives of orders, one after the other."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from tests.crash.hub import Hub
from tests.crash.journal import Journal
from tests.lives.world import PAYS, Person

_PATIENCE = 60.0


@dataclass(slots=True)
class Pair:
    """Awa buys and Bruno sells, as often as there is time for."""

    hub: Hub
    journal: Journal
    buyer: Person
    seller: Person
    listing_id: str

    async def place(self) -> Any:
        body = {"kind": "service", "listing_id": self.listing_id}
        return await self.journal.send(self.buyer, "place", "/orders", **body)

    async def pay(self, order: Any) -> None:
        """Start the payment, pay, and wait until the hub knows."""
        body = {"method": "card", "return_url": "https://boutique.example/retour"}
        payment = await self.journal.send(self.buyer, "pay", f"/orders/{order['id']}/payments", **body)
        await self.hub.world.confirm(payment, PAYS)
        await self.until(order, "awaiting_acceptance")

    async def paid(self) -> Any:
        order = await self.place()
        await self.pay(order)
        return order

    async def act(self, person: Person, order: Any, action: str, **more: Any) -> Any:
        path = f"/orders/{order['id']}/transitions"
        return await self.journal.send(person, action, path, action=action, **more)

    async def write(self, person: Person, order: Any, text: str) -> Any:
        path = f"/conversations/{order['conversation_id']}/messages"
        return await self.journal.send(person, "write", path, text=text)

    async def until(self, order: Any, status: str) -> None:
        """Read until the order has a status; an API that is down is asked again."""
        async with asyncio.timeout(_PATIENCE):
            while await self._status(order) != status:  # noqa: ASYNC110 - nobody tells a client
                await asyncio.sleep(0.03)

    async def _status(self, order: Any) -> str | None:
        for url in self.hub.urls:
            try:
                answer = await self.buyer.client.get(f"{url}/v1/orders/{order['id']}")
            except httpx.TransportError:
                continue
            if answer.is_success:
                return answer.json()["status"]
        return None


async def approved(pair: Pair) -> None:
    order = await pair.paid()
    await pair.act(pair.seller, order, "accept")
    await pair.write(pair.seller, order, "Je commence demain.")
    await pair.act(pair.seller, order, "deliver", message="Voici le logo.")
    await pair.act(pair.buyer, order, "request_revision", message="En bleu, s'il vous plaît.")
    await pair.act(pair.seller, order, "accept_revision")
    await pair.act(pair.seller, order, "deliver", message="En bleu.")
    await pair.write(pair.buyer, order, "Parfait, merci.")
    await pair.act(pair.buyer, order, "approve")


async def partly_refunded(pair: Pair) -> None:
    order = await pair.paid()
    await pair.write(pair.buyer, order, "Bonjour Bruno.")
    await pair.act(pair.seller, order, "accept")
    amount = {"amount": 2_500, "currency": "EUR"}
    await pair.act(pair.seller, order, "refund_part", amount=amount)
    await pair.act(pair.seller, order, "deliver", message="Voici le logo.")
    await pair.act(pair.buyer, order, "approve")


async def declined(pair: Pair) -> None:
    order = await pair.paid()
    await pair.act(pair.seller, order, "decline", reason="Je suis en congé.")


async def given_up(pair: Pair) -> None:
    order = await pair.paid()
    await pair.act(pair.seller, order, "accept")
    await pair.write(pair.buyer, order, "Où en êtes-vous ?")
    await pair.write(pair.seller, order, "Je n'y arriverai pas.")
    await pair.act(pair.seller, order, "cancel", reason="Trop de travail.")


async def left_at_work(pair: Pair) -> None:
    order = await pair.paid()
    await pair.act(pair.seller, order, "accept")
    await pair.act(pair.buyer, order, "request_cancellation")


async def dropped(pair: Pair) -> None:
    order = await pair.place()
    await pair.act(pair.buyer, order, "cancel")


LIVES: Sequence[Callable[[Pair], Awaitable[None]]] = (
    approved,
    declined,
    partly_refunded,
    given_up,
    left_at_work,
    dropped,
)


async def pairs(hub: Hub, journal: Journal, count: int) -> list[Pair]:
    """So many buyers and sellers, with a service each."""
    found: list[Pair] = []
    for number in range(count):
        buyer, seller = await hub.world.person(f"awa{number}"), await hub.world.person(f"bruno{number}")
        listing_id, _ = await hub.world.listing(seller)
        found.append(Pair(hub, journal, buyer, seller, listing_id))
    return found


async def shop(pair: Pair, enough: Callable[[], bool], first: int = 0) -> None:
    """Play one life after the other until it is enough; what was begun is played to its end."""
    number = first
    while not enough():
        await LIVES[number % len(LIVES)](pair)
        number += 1
