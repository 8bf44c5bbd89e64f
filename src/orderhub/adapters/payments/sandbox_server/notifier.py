"""Signed notifications: made when something happens, sent until they are taken.

The events of one payment are sent one after the other, in the order in which they happened, unless
its `Behaviour` asks for something else; those of different payments do not wait for each other.
"""

import asyncio
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from weakref import WeakValueDictionary

import httpx
import msgspec
from msgspec.structs import replace

from orderhub.adapters.payments.sandbox_server.agenda import Agenda
from orderhub.adapters.payments.sandbox_server.behaviour import GOOD_DAY, Behaviour
from orderhub.adapters.payments.sandbox_server.config import SandboxConfig
from orderhub.adapters.payments.sandbox_server.errors import conflict, not_found
from orderhub.adapters.payments.sandbox_server.ids import new_id
from orderhub.adapters.payments.sandbox_server.journal import Journal
from orderhub.adapters.payments.sandbox_server.records import (
    Delivery,
    DeliveryStatus,
    Event,
    Payment,
)
from orderhub.adapters.payments.sandbox_server.signing import FORGED_SECRET, signed_headers

_BEHIND = 0.005
"""Seconds between an event and the one that it overtakes."""

_TIMEOUT = httpx.Timeout(5.0)

_trusted = cache(httpx.create_ssl_context)
"""The certificates that are trusted: 15 ms to read, so read once in a process."""


class Notifier:
    """Makes events and delivers them."""

    def __init__(self, config: SandboxConfig, journal: Journal, agenda: Agenda) -> None:
        self.notify_url = config.notify_url
        self.withholding = False
        self._config = config
        self._journal = journal
        self._agenda = agenda
        self._http = httpx.AsyncClient(timeout=_TIMEOUT, verify=_trusted(), trust_env=False)
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._running: set[asyncio.Task[None]] = set()

    def emit(self, event_type: str, payment: Payment, data: Mapping[str, object]) -> None:
        """Record that something happened and see to it that the merchant is told."""
        faults = payment.behaviour if payment.behaviour.concerns(event_type) else GOOD_DAY
        event_id, created = new_id("evt"), datetime.now(UTC)
        payload = {"id": event_id, "type": event_type, "created": created, "data": _told(faults, data)}
        body = msgspec.json.encode(payload).decode()
        event = Event(id=event_id, type=event_type, payment=payment.id, created=created, body=body)
        self._journal.put(event)
        url = payment.notify_url or self.notify_url
        if url is not None:
            self._plan(event, url, faults)

    def resume(self) -> None:
        """Take up what a former run left unsent."""
        for delivery in self._journal.all(Delivery):
            if delivery.status is DeliveryStatus.WAITING:
                self._schedule(delivery)

    async def deliver(self, event_ids: Sequence[str]) -> list[Delivery]:
        """Send these events now, one after the other, or all that are held, oldest first."""
        held = [d for d in self._journal.all(Delivery) if d.status is DeliveryStatus.HELD]
        chosen = [self._delivery_of(event_id) for event_id in event_ids] or held
        return [await self._attempt(delivery.id) for delivery in chosen]

    async def close(self) -> None:
        """Stop sending; what is under way is sent again by the next run."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        await self._http.aclose()

    def _plan(self, event: Event, url: str, faults: Behaviour) -> None:
        """Every copy of an event; those that it is to overtake come right behind it."""
        earlier = self._earlier(event.payment)
        swaps = faults.out_of_order and not earlier
        held = self.withholding or faults.withhold
        status = DeliveryStatus.HELD if held else DeliveryStatus.WAITING
        due = time.time() + faults.late_seconds + (self._config.swap_seconds if swaps else 0)
        for _ in range(faults.copies):
            planned = _delivery(event, url, status, due)
            self._schedule(self._journal.put(replace(planned, swaps=swaps)))
        for passed in earlier:
            self._schedule(self._journal.put(replace(passed, swaps=False, due=due + _BEHIND)))

    def _earlier(self, payment_id: str) -> list[Delivery]:
        return [
            delivery
            for delivery in self._journal.all(Delivery)
            if delivery.payment == payment_id
            and delivery.swaps
            and delivery.status is DeliveryStatus.WAITING
            and not delivery.attempts
        ]

    def _delivery_of(self, event_id: str) -> Delivery:
        event = self._journal.get(Event, event_id)
        if event is None:
            raise not_found("event")
        planned = [d for d in self._journal.all(Delivery) if d.event == event_id]
        for delivery in planned:
            if delivery.status is not DeliveryStatus.DELIVERED:
                return delivery
        return planned[-1] if planned else self._first_delivery(event)

    def _first_delivery(self, event: Event) -> Delivery:
        """For an event of a time when there was nowhere to send it, or that asked for no copy."""
        if self.notify_url is None:
            raise conflict("no_notify_url", "There is no address to notify.")
        with self._journal.change():
            return self._journal.put(_delivery(event, self.notify_url, DeliveryStatus.HELD, time.time()))

    def _schedule(self, delivery: Delivery) -> None:
        if delivery.status is DeliveryStatus.WAITING:
            self._agenda.at(delivery.due, delivery.id, lambda: self._start(delivery.id))

    def _start(self, delivery_id: str) -> None:
        task = asyncio.create_task(self._send(delivery_id))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _send(self, delivery_id: str) -> None:
        self._schedule(await self._attempt(delivery_id))

    async def _attempt(self, delivery_id: str) -> Delivery:
        turn = self._turns.setdefault(self._record(delivery_id).payment, asyncio.Lock())
        async with turn:
            answer = await self._post(self._record(delivery_id))
        with self._journal.change():
            return self._journal.put(self._after(self._record(delivery_id), answer))

    def _record(self, delivery_id: str) -> Delivery:
        delivery = self._journal.get(Delivery, delivery_id)
        if delivery is None:
            raise not_found("delivery")
        return delivery

    async def _post(self, delivery: Delivery) -> int | None:
        event = self._journal.get(Event, delivery.event)
        payment = self._journal.get(Payment, delivery.payment)
        if event is None or payment is None:
            raise not_found("event")
        faults = payment.behaviour if payment.behaviour.concerns(event.type) else GOOD_DAY
        at = datetime.now(UTC) - timedelta(seconds=faults.aged_seconds)
        secret = FORGED_SECRET if faults.forged else self._config.secret
        headers = signed_headers(secret, event.id, event.body, at)
        try:
            answer = await self._http.post(delivery.url, content=event.body, headers=headers)
        except (httpx.HTTPError, httpx.InvalidURL):
            return None
        return answer.status_code

    def _after(self, delivery: Delivery, answer: int | None) -> Delivery:
        """The delivery as it stands after an attempt that was answered so; None is no answer."""
        made = replace(delivery, attempts=delivery.attempts + 1, last_answer=answer)
        if answer is not None and httpx.codes.is_success(answer):
            self._agenda.drop(delivery.id)
            return replace(made, status=DeliveryStatus.DELIVERED)
        if delivery.status is not DeliveryStatus.WAITING:
            return made
        if delivery.attempts >= len(self._config.retry_delays):
            return replace(made, status=DeliveryStatus.GIVEN_UP)
        return replace(made, due=time.time() + self._config.retry_delays[delivery.attempts])


def _delivery(event: Event, url: str, status: DeliveryStatus, due: float) -> Delivery:
    return Delivery(id=new_id("dlv"), event=event.id, payment=event.payment, url=url, status=status, due=due)


def _told(faults: Behaviour, data: Mapping[str, object]) -> dict[str, object]:
    lies = {
        "amount": faults.tell_amount,
        "currency": faults.tell_currency,
        "reference": faults.tell_reference,
    }
    return {**data, **{name: lie for name, lie in lies.items() if lie is not None}}
