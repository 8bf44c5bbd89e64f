"""Awa and Nadia around a denim jacket, with offers: for the tests of the offer's rows, on PostgreSQL."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select, text

from orderhub.domain.catalog.models import Favourite, Listing
from orderhub.domain.catalog.queries import own_listing
from orderhub.domain.catalog.service import ListingChanges, update_listing
from orderhub.domain.offers import engine, making
from orderhub.domain.offers.loading import Loaded
from orderhub.domain.offers.making import Wanted
from orderhub.domain.offers.models import Offer
from orderhub.domain.offers.state import COLUMNS, OfferState
from orderhub.domain.process import Actor
from orderhub.domain.requests.caller import Answer, Caller, Key
from orderhub.domain.transitions.models import Timer
from orderhub.infra.business_clock import business_now, step_to
from orderhub.infra.database import Database
from orderhub.kit.ids import new_id, parse_id
from orderhub.kit.money import Money
from tests.engine.scene import sign_in
from tests.making.items import add_item

OFFERED: Final = 2_000
"""What Awa offers for a jacket of 25 EUR."""


def euros(amount: int) -> dict[str, Any]:
    return {"amount": amount, "currency": "EUR"}


def render(loaded: Loaded, _actor: Actor) -> bytes:
    return f"{loaded.offer.status} {loaded.offer.version}".encode()


def render_all(offers: Sequence[Loaded]) -> bytes:
    return " ".join(f"{loaded.offer.id}" for loaded in offers).encode()


@dataclass(slots=True)
class Haggling:
    """A listing, its seller, and those who would like it."""

    database: Database
    listing_id: UUID
    nadia: Caller
    awa: Caller
    offer_id: UUID = field(default_factory=new_id)
    keys: int = 0

    def keyed(self, caller: Caller, operation: str, key: str | None = None) -> Caller:
        """Somebody asking with a key of its own."""
        self.keys += 1
        found = Key(operation, key or f"key {self.keys}", b"-" * 32)
        return Caller(caller.account_id, caller.session_id, caller.roles, found)

    async def make(self, amount: int = OFFERED, *, by: Caller | None = None, key: str | None = None) -> UUID:
        """A buyer's offer; the newest is the scene's own."""
        wanted = Wanted(self.listing_id, euros(amount), "Pour samedi ?")
        (self.offer_id,) = await self.ask(wanted, by or self.awa, key)
        return self.offer_id

    async def favour(self, amount: int, *to: Caller) -> list[UUID]:
        """The seller's, to those who favourited."""
        wanted = Wanted(self.listing_id, euros(amount), to=[caller.account_id for caller in to])
        return await self.ask(wanted, self.nadia)

    async def ask(self, wanted: Wanted, by: Caller, key: str | None = None) -> list[UUID]:
        """What somebody wants to offer; the ids of what is made."""
        caller = self.keyed(by, f"offer {self.listing_id}", key)
        answer = await making.make(self.database, caller, wanted, render_all)
        return [UUID(each) for each in answer.body.decode().split()]

    async def favourite(self, *callers: Caller) -> None:
        """These people favourite the listing, one after the other."""
        async with self.database.session() as session:
            now = await business_now(session)
            for caller in callers:
                row = Favourite(id=new_id(), account_id=caller.account_id, listing_id=self.listing_id, at=now)
                session.add(row)
                await session.flush()

    async def act(self, by: Caller, action: str, key: str | None = None, **said: Any) -> Answer:
        """A person answers the offer, or withdraws it."""
        caller = self.keyed(by, f"act {self.offer_id}", key)
        return await engine.perform(self.database, caller, self.offer_id, action, said, render)

    async def accept(self, by: Caller, **said: Any) -> Answer:
        """The recipient agrees to what is offered."""
        amount = (await self.offer()).amount
        return await self.act(by, "accept", amount=said.get("amount", euros(amount)))

    async def counter(self, by: Caller, amount: int) -> UUID:
        """The recipient proposes another amount; the offer that it makes is the scene's own."""
        answer = await self.act(by, "counter", amount=euros(amount))
        found = parse_id("off", answer.headers["Location"].rpartition("/")[2])
        assert found is not None
        self.offer_id = found
        return found

    async def change(self, **changes: Any) -> None:
        """The seller edits the listing."""
        async with self.database.session() as session:
            listing = await own_listing(session, self.listing_id, self.nadia.account_id)
            await update_listing(session, listing, ListingChanges(**changes), await business_now(session))

    async def reprice(self, amount: int) -> None:
        """Another price."""
        await self.change(price=Money(amount, "EUR"))

    async def put(self, **columns: Any) -> None:
        """Columns of the listing, as orders or its seller set them."""
        async with self.database.session() as session:
            listing = await session.get_one(Listing, self.listing_id)
            for name, value in columns.items():
                setattr(listing, name, value)

    async def offer(self, offer_id: UUID | None = None) -> OfferState:
        """An offer as it is stored; the scene's own unless another is named."""
        async with self.database.session() as session:
            row = await session.get_one(Offer, offer_id or self.offer_id)
            return OfferState(**{name: getattr(row, name) for name in COLUMNS})

    async def offers(self) -> list[OfferState]:
        """Every offer on the listing, the oldest first."""
        async with self.database.session() as session:
            rows = await session.scalars(
                select(Offer).where(Offer.listing_id == self.listing_id).order_by(Offer.made_at, Offer.id)
            )
            return [OfferState(**{name: getattr(row, name) for name in COLUMNS}) for row in rows]

    async def timers(self, offer_id: UUID | None = None) -> list[Timer]:
        """An offer's timers, the nearest first."""
        wanted = select(Timer).where(Timer.subject_id == (offer_id or self.offer_id)).order_by(Timer.due, Timer.id)
        async with self.database.session() as session:
            return list(await session.scalars(wanted))

    async def ring(self, action: str) -> None:
        """Let time pass until a timer is due, and fire it."""
        timer = next(each for each in await self.timers() if (each.action, each.kind) == (action, "row"))
        async with self.database.session() as session:
            await step_to(session, timer.due)
        await engine.fire_timer(self.database, timer, timer.due)

    async def pass_time(self, by: timedelta) -> None:
        """Business time goes on, and nothing fires."""
        async with self.database.session() as session:
            await step_to(session, await business_now(session) + by)

    async def now(self) -> datetime:
        """Business time."""
        async with self.database.session() as session:
            return await business_now(session)

    async def rows(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        """What a query finds."""
        async with self.database.session() as session:
            return [dict(row) for row in (await session.execute(text(sql), values)).mappings()]

    async def somebody(self, name: str) -> Caller:
        """One more person."""
        return await sign_in(self.database, name)


async def new_haggling(database: Database, **parts: Any) -> Haggling:
    """Nadia's jacket for 25 EUR that takes offers, but for what is said otherwise."""
    nadia, awa = await sign_in(database, "nadia"), await sign_in(database, "awa")
    async with database.session() as session:
        listing = await add_item(session, nadia.account_id, **parts)
    return Haggling(database, listing.id, nadia, awa)
