"""A coat of the sample data and the offers on it, made by the functions that the API would call, too."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.catalog import service
from orderhub.domain.catalog.items import Condition, ParcelSize
from orderhub.domain.catalog.models import ListingKind, ListingState
from orderhub.domain.catalog.service import ListingChanges
from orderhub.domain.offers.making import Wanted, make
from orderhub.domain.samples import AWA, BRUNO, KOFFI, LEA, NADIA, THEO, SamplePerson
from orderhub.domain.samples.haggling import COAT, COAT_PHOTO, Offers
from orderhub.kit.money import Money
from orderhub.seed.stage import Stage

_EUR: Final = "EUR"


@dataclass(frozen=True, slots=True)
class Haggle:
    """What one person offers for the coat, in cents, so many hours ago."""

    offer_id: UUID
    buyer: SamplePerson
    amount: int
    hours_ago: float
    message: str | None = None


HAGGLES: Final = (
    Haggle(Offers.TO_ACCEPT, AWA, 5000, 9, "Je peux le payer ce soir."),
    Haggle(Offers.TO_DECLINE, KOFFI, 3200, 8),
    Haggle(Offers.TO_COUNTER, THEO, 4500, 7, "Pour ma sœur, qui le cherche partout."),
    Haggle(Offers.TO_WITHDRAW, LEA, 4800, 6),
    Haggle(Offers.ACCEPTED, NADIA, 5600, 5),
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
    wanted = Wanted(COAT, {"amount": haggle.amount, "currency": _EUR}, haggle.message, ids=(haggle.offer_id,))
    await make(stage.database, await stage.caller(haggle.buyer.id), wanted, lambda _offers: b"")
