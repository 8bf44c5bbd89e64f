"""The offers of the sample data, on a coat and other clothes, made by the functions that the API would call, too."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.catalog import service
from orderhub.domain.catalog.items import Condition, ParcelSize
from orderhub.domain.catalog.models import ListingKind, ListingState
from orderhub.domain.catalog.service import ListingChanges
from orderhub.domain.offers.engine import perform
from orderhub.domain.offers.making import Wanted, make
from orderhub.domain.samples import AWA, BRUNO, KOFFI, LEA, MOUSSA, NADIA, THEO, SamplePerson
from orderhub.domain.samples.haggling import COAT, COAT_PHOTO, ORDER_OF_BOOTS, Offers, PastOffers
from orderhub.domain.samples.wardrobe import Items
from orderhub.kit.money import Money
from orderhub.seed.stage import Stage, unshown
from orderhub.seed.steps import BUYER, SELLER, Story, act, pay

_EUR: Final = "EUR"


@dataclass(frozen=True, slots=True)
class Reply:
    """What is done with an offer, so many hours ago; a counter names cents."""

    by: SamplePerson
    action: str
    hours_ago: float
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class Haggle:
    """What one person offers for something, in cents, so many hours ago."""

    offer_id: UUID
    buyer: SamplePerson
    amount: int
    hours_ago: float
    message: str | None = None
    listing_id: UUID = COAT
    reply: Reply | None = None


HAGGLES: Final = (
    Haggle(Offers.TO_ACCEPT, AWA, 5000, 9, "Je peux le payer ce soir."),
    Haggle(Offers.TO_DECLINE, KOFFI, 3200, 8),
    Haggle(Offers.TO_COUNTER, THEO, 4500, 7, "Pour ma sœur, qui le cherche partout."),
    Haggle(Offers.TO_WITHDRAW, LEA, 4800, 6),
    Haggle(Offers.ACCEPTED, NADIA, 5600, 5),
    Haggle(PastOffers.EXPIRED, NADIA, 3000, 90, listing_id=Items.DRESS),
    Haggle(PastOffers.LAPSED, THEO, 4000, 60, listing_id=Items.DRESS, reply=Reply(LEA, "accept", 58)),
    Haggle(PastOffers.DECLINED, KOFFI, 2500, 50, listing_id=Items.DRESS, reply=Reply(LEA, "decline", 49)),
    Haggle(PastOffers.WITHDRAWN, MOUSSA, 3500, 40, listing_id=Items.DRESS, reply=Reply(MOUSSA, "withdraw", 39)),
    Haggle(PastOffers.COUNTERED, THEO, 4500, 47, listing_id=Items.BOOTS, reply=Reply(BRUNO, "counter", 46, 6500)),
    Haggle(PastOffers.ORDERED, AWA, 6200, 45, listing_id=Items.BOOTS, reply=Reply(BRUNO, "accept", 28)),
    Haggle(PastOffers.SUPERSEDED, MOUSSA, 5500, 44, listing_id=Items.BOOTS),
)
"""Those on the coat wait, or are accepted; the others are over, each in its way."""
BOUGHT: Final = Story(
    ORDER_OF_BOOTS,
    AWA,
    Items.BOOTS,
    BRUNO,
    1.12,
    (
        (0.1, pay),
        (4, act(SELLER, "ship", carrier="colissimo", tracking_number="6A77665544332")),
        (18, act(BUYER, "mark_delivered")),
    ),
    is_item=True,
    offer_id=PastOffers.ORDERED,
)


async def write_coat(session: AsyncSession, now: datetime) -> None:
    """The coat, on sale."""
    changes = ListingChanges(
        title="Manteau en laine",
        description="Porté un hiver, doublure intacte.",
        category="womens_clothing",
        price=Money(6000, _EUR),
        condition=Condition.GOOD.value,
        parcel_size=ParcelSize.MEDIUM.value,
        size="40",
        brand="Maje",
        colour="camel",
        takes_offers=True,
        accept_from=Money(5500, _EUR),
        decline_under=Money(3000, _EUR),
        photo_ids=[COAT_PHOTO],
        state=ListingState.ACTIVE,
    )
    coat = await service.create_listing(session, seller_id=BRUNO.id, changes=changes, now=now, kind=ListingKind.ITEM)
    coat.id = COAT
    await session.flush()


async def offer(stage: Stage, haggle: Haggle) -> None:
    """The buyer's offer, which the seller's floors may answer."""
    wanted = Wanted(
        haggle.listing_id, {"amount": haggle.amount, "currency": _EUR}, haggle.message, ids=(haggle.offer_id,)
    )
    await make(stage.database, await stage.caller(haggle.buyer.id), wanted, lambda _offers: b"")


async def reply(stage: Stage, haggle: Haggle, reply: Reply) -> None:
    """What one of the two does with it."""
    cents = {"accept": haggle.amount, "counter": reply.amount}.get(reply.action)
    command = {} if cents is None else {"amount": {"amount": cents, "currency": _EUR}}
    caller = await stage.caller(reply.by.id)
    await perform(stage.database, caller, haggle.offer_id, reply.action, command, unshown)
