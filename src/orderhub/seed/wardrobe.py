"""The items of the sample data, written by the catalog's own functions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.catalog import service
from orderhub.domain.catalog.favourites import add_favourite
from orderhub.domain.catalog.items import Condition, ParcelSize
from orderhub.domain.catalog.models import ListingKind, ListingState
from orderhub.domain.catalog.service import ListingChanges
from orderhub.domain.samples import AWA, KOFFI, LEA, YANNICK, SamplePerson
from orderhub.domain.samples.wardrobe import ItemPhotos, Items
from orderhub.kit.money import Money


@dataclass(frozen=True, slots=True)
class _Item:
    """One item; its price is in cents of EUR."""

    id: UUID
    seller: SamplePerson
    title: str
    description: str
    category: str
    price: int
    condition: Condition
    parcel_size: ParcelSize
    size: str | None = None
    brand: str | None = None
    colour: str | None = None
    takes_offers: bool = True
    floors: tuple[int, int] | None = None
    """From where on offers are accepted, and under what they are declined, by themselves."""
    photos: Sequence[UUID] = ()


_ITEMS: Final = (
    _Item(
        Items.RAINCOAT,
        LEA,
        "Ciré jaune",
        "Imperméable, doublé de coton.",
        "womens_clothing",
        4000,
        Condition.GOOD,
        ParcelSize.MEDIUM,
        size="M",
    ),
    _Item(
        Items.SNEAKERS,
        YANNICK,
        "Baskets blanches en cuir",
        "Portées une saison, semelles propres. Boîte d’origine.",
        "shoes",
        5500,
        Condition.GOOD,
        ParcelSize.MEDIUM,
        size="39",
        brand="Veja",
        colour="blanc",
        takes_offers=False,
        photos=(ItemPhotos.SNEAKERS,),
    ),
    _Item(
        Items.DENIM_JACKET,
        LEA,
        "Veste en jean",
        "Portée deux fois, sans défaut. Coupe droite.",
        "womens_clothing",
        2500,
        Condition.VERY_GOOD,
        ParcelSize.SMALL,
        size="38",
        brand="Sézane",
        colour="bleu",
        floors=(2300, 1500),
        photos=(ItemPhotos.DENIM_JACKET, ItemPhotos.DENIM_JACKET_BACK),
    ),
)


async def write_items(session: AsyncSession, now: datetime) -> None:
    """Every item, the oldest first, and who favours them; those without a photo are drafts."""
    for place, item in enumerate(_ITEMS):
        at = now - timedelta(hours=12 * (len(_ITEMS) - place))
        listing = await service.create_listing(
            session, seller_id=item.seller.id, changes=_changes(item), now=at, kind=ListingKind.ITEM
        )
        listing.id = item.id
        await session.flush()
    for hours, person in enumerate((KOFFI, AWA), start=1):
        await add_favourite(session, Items.DENIM_JACKET, person.id, now + timedelta(hours=hours))


def _changes(item: _Item) -> ListingChanges:
    changes = ListingChanges(
        title=item.title,
        description=item.description,
        category=item.category,
        price=Money(item.price, "EUR"),
        condition=item.condition.value,
        parcel_size=item.parcel_size.value,
        size=item.size,
        brand=item.brand,
        colour=item.colour,
        takes_offers=item.takes_offers,
        photo_ids=list(item.photos),
    )
    if item.floors:
        accept_from, decline_under = item.floors
        changes.update(accept_from=Money(accept_from, "EUR"), decline_under=Money(decline_under, "EUR"))
    if item.photos:
        changes["state"] = ListingState.ACTIVE
    return changes
