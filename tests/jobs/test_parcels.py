"""Awa's order is out for delivery, and its carrier tells of it: in any order, twice, too late, or of something else."""

import asyncio
from dataclasses import dataclass
from itertools import permutations
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text

from orderhub.domain.orders.engine import take_unasked
from orderhub.domain.orders.kinds.kind import ParcelStatus
from orderhub.domain.orders.models import Order
from orderhub.domain.orders.settlement.mailed_proofs import submit_by_mail
from orderhub.domain.payments.manual import MailedProof
from orderhub.domain.process import By
from orderhub.domain.quotes.mailed import accept_by_mail
from orderhub.domain.tracking.models import TrackingEvent
from orderhub.domain.tracking.service import ParcelNews, TrackingOutcome, take
from orderhub.domain.transitions.models import History
from orderhub.infra.database import Database
from orderhub.jobs.context import WorkerContext
from orderhub.jobs.worker import Worker
from orderhub.kit.clock import real_now
from tests.making import quotes
from tests.making.documents import OPERATOR
from tests.making.people import add_person
from tests.making.purchases import lead_order, order_of
from tests.making.receipts import receipt

DELIVERED, IN_TRANSIT = ParcelStatus.DELIVERED, ParcelStatus.IN_TRANSIT
TO_READY = ("purchase", "ship_to_hub", "receive", "issue_final_invoice")


@dataclass
class Parcel:
    """Awa's order, and what is said of the parcel that it is in."""

    context: WorkerContext
    order_id: UUID

    async def send(self) -> None:
        await lead_order(self.context.database, self.order_id, "dispatch")
        await self.work()

    async def work(self) -> None:
        await Worker(self.context).drain()

    async def say(self, status: ParcelStatus, event_id: str = "", **parts: Any) -> TrackingOutcome:
        plain: dict[str, Any] = {"carrier": "colissimo", "tracking_number": "6a12345678901", "occurred_at": real_now()}
        news = ParcelNews(event_id=event_id or f"scan-{status}", status=status, **(plain | parts))
        return await take(self.context.database, news, take_unasked)

    async def order(self) -> Order:
        return await order_of(self.context.database, self.order_id)

    async def receipts(self) -> list[str]:
        """Who confirmed the receipt, each time that it was."""
        async with self.context.database.session() as session:
            wanted = (History.subject_id == self.order_id, History.action == "confirm_receipt")
            return list(await session.scalars(select(History.by).where(*wanted)))

    async def book(self) -> dict[str, str | None]:
        async with self.context.database.session() as session:
            return {event.event_id: event.outcome for event in await session.scalars(select(TrackingEvent))}


async def ready_order(database: Database, handle: str = "awa") -> UUID:
    """Awa's order waits at the hub, paid."""
    async with database.session() as session:
        awa = await add_person(session, handle, now=real_now())
        quote = await quotes.add_quote(session, awa, now=real_now())
        await quotes.lead(session, quote, "in_preparation", at=real_now())
        await quotes.issue(session, quote, awa, at=real_now())
        first, second = await receipt(session, awa), await receipt(session, awa)
    order_id = await accept_by_mail(database, quote.id, 1, proof_of(first), OPERATOR)
    assert order_id is not None
    await lead_order(database, order_id, "confirm_deposit", *TO_READY)
    assert await submit_by_mail(database, order_id, proof_of(second))
    assert (await lead_order(database, order_id, "confirm_balance")).status == "ready"
    return order_id


def proof_of(file: Any) -> MailedProof:
    return MailedProof(file.id, file.sha256, "awa@example.fr", real_now())


@pytest.fixture
async def parcel(context: WorkerContext) -> Parcel:
    return Parcel(context, await ready_order(context.database))


async def test_a_proof_of_delivery_completes_the_order(parcel: Parcel) -> None:
    await parcel.send()
    assert await parcel.say(IN_TRANSIT) is TrackingOutcome.NOTED
    assert (await parcel.order()).status == "out_for_delivery"
    assert await parcel.say(DELIVERED) is TrackingOutcome.APPLIED
    order = await parcel.order()
    assert (order.status, order.held) == ("completed", 0)
    assert await parcel.receipts() == [By.TRACKING.value]
    async with parcel.context.database.session() as session:
        event = (await session.scalars(select(TrackingEvent).where(TrackingEvent.status == DELIVERED.value))).one()
    assert event.order_id == parcel.order_id


@pytest.mark.parametrize("said", list(permutations(("transit", "delivered", "sent"))))
async def test_whatever_is_known_first_ends_the_same(parcel: Parcel, said: tuple[str, ...]) -> None:
    """Staff may write the number down after the carrier has delivered."""
    for each in said:
        if each == "sent":
            await parcel.send()
        else:
            await parcel.say(DELIVERED if each == "delivered" else IN_TRANSIT)
            await parcel.say(DELIVERED if each == "delivered" else IN_TRANSIT)
    assert (await parcel.order()).status == "completed"
    assert await parcel.receipts() == [By.TRACKING.value]
    assert await parcel.book() == {"scan-in_transit": "noted", "scan-delivered": "applied"}


async def test_what_is_said_twice_counts_once(parcel: Parcel) -> None:
    await parcel.send()
    assert await parcel.say(DELIVERED) is TrackingOutcome.APPLIED
    assert await parcel.say(DELIVERED) is TrackingOutcome.REPEATED
    assert await parcel.say(DELIVERED, "scan-again") is TrackingOutcome.TOO_LATE
    assert len(await parcel.receipts()) == 1


async def test_said_by_several_at_once_it_counts_once(parcel: Parcel) -> None:
    await parcel.send()
    said = await asyncio.gather(*(parcel.say(DELIVERED) for _ in range(6)))
    assert said.count(TrackingOutcome.APPLIED) == 1
    assert await parcel.receipts() == [By.TRACKING.value]
    assert await parcel.book() == {"scan-delivered": "applied"}


async def test_an_order_that_waits_for_no_delivery_stays_as_it_is(parcel: Parcel) -> None:
    await parcel.send()
    assert await take_unasked(
        parcel.context.database, parcel.order_id, By.BUYER, "open_dispute", {"reason": "Le colis est ouvert."}
    )
    assert await parcel.say(DELIVERED) is TrackingOutcome.TOO_LATE
    assert (await parcel.order()).status == "disputed"


@pytest.mark.parametrize("other", [{"carrier": "chronopost"}, {"tracking_number": "6A00000000000"}])
async def test_another_parcel_is_nobodys(parcel: Parcel, other: dict[str, str]) -> None:
    await parcel.send()
    assert await parcel.say(DELIVERED, **other) is TrackingOutcome.UNKNOWN
    assert await parcel.say(DELIVERED, **other) is TrackingOutcome.UNKNOWN
    await parcel.work()
    assert (await parcel.order()).status == "out_for_delivery"


async def test_an_order_sent_without_a_number_has_no_parcel(parcel: Parcel) -> None:
    assert await take_unasked(parcel.context.database, parcel.order_id, By.SUPPORT, "dispatch", {})
    await parcel.work()
    async with parcel.context.database.session() as session:
        assert await session.scalar(text("SELECT count(*) FROM parcels")) == 0
    assert await parcel.say(DELIVERED, tracking_number="--") is TrackingOutcome.UNKNOWN


async def test_a_number_that_is_used_again_is_the_order_under_ways(parcel: Parcel) -> None:
    await parcel.send()
    assert await parcel.say(DELIVERED) is TrackingOutcome.APPLIED
    again = Parcel(parcel.context, await ready_order(parcel.context.database, "fatou"))
    await again.send()
    assert await again.say(DELIVERED, "scan-2") is TrackingOutcome.APPLIED
    assert (await again.order()).status == "completed"
