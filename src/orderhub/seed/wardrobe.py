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
from orderhub.domain.samples import AWA, BRUNO, KOFFI, LEA, MOUSSA, THEO, YANNICK, SamplePerson
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
        Items.DRESS,
        LEA,
        "Robe d’été à fleurs",
        "Coton léger, boutonnée devant. Lavée en machine, couleurs intactes.",
        "womens_clothing",
        4500,
        Condition.VERY_GOOD,
        ParcelSize.SMALL,
        size="40",
        brand="Rouje",
        colour="rose",
        photos=(ItemPhotos.DRESS,),
    ),
    _Item(
        Items.BOOTS,
        BRUNO,
        "Bottines en cuir",
        "Ressemelées cet automne, cuir nourri chaque hiver.",
        "shoes",
        7000,
        Condition.GOOD,
        ParcelSize.MEDIUM,
        size="42",
        brand="Bobbies",
        colour="marron",
        photos=(ItemPhotos.BOOTS,),
    ),
    _Item(
        Items.SWEATER,
        YANNICK,
        "Pull marin en laine",
        "Tricoté en Bretagne, sans bouloches.",
        "mens_clothing",
        3400,
        Condition.VERY_GOOD,
        ParcelSize.MEDIUM,
        size="L",
        brand="Saint James",
        colour="vert",
        photos=(ItemPhotos.SWEATER,),
    ),
    _Item(
        Items.BACKPACK,
        LEA,
        "Sac à dos en toile",
        "Une poche pour un ordinateur de 13 pouces. Fermetures comme neuves.",
        "bags_accessories",
        2900,
        Condition.GOOD,
        ParcelSize.MEDIUM,
        colour="violet",
        photos=(ItemPhotos.BACKPACK,),
    ),
    _Item(
        Items.BELT,
        BRUNO,
        "Ceinture en cuir tressé",
        "Longueur 95 cm, boucle en laiton.",
        "bags_accessories",
        1600,
        Condition.VERY_GOOD,
        ParcelSize.SMALL,
        size="95",
        colour="marron",
        takes_offers=False,
        photos=(ItemPhotos.BELT,),
    ),
    _Item(
        Items.SKIRT,
        LEA,
        "Jupe plissée",
        "Mi-longue, taille haute. L’ourlet est à reprendre.",
        "womens_clothing",
        1400,
        Condition.FAIR,
        ParcelSize.SMALL,
        size="38",
        colour="bleu",
        photos=(ItemPhotos.SKIRT,),
    ),
    _Item(
        Items.CAP,
        YANNICK,
        "Casquette en lin",
        "Jamais portée, avec son étiquette.",
        "bags_accessories",
        1200,
        Condition.NEW_WITH_TAGS,
        ParcelSize.SMALL,
        colour="marine",
        takes_offers=False,
        photos=(ItemPhotos.CAP,),
    ),
    _Item(
        Items.SHIRT,
        BRUNO,
        "Chemise blanche",
        "Coupe ajustée, col italien, repassée.",
        "mens_clothing",
        2200,
        Condition.GOOD,
        ParcelSize.SMALL,
        size="41",
        brand="Figaret",
        colour="blanc",
        photos=(ItemPhotos.SHIRT,),
    ),
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
_FAVOURITES: Final = (
    (Items.DENIM_JACKET, KOFFI),
    (Items.DENIM_JACKET, AWA),
    (Items.DRESS, KOFFI),
    (Items.DRESS, MOUSSA),
    (Items.BOOTS, THEO),
    (Items.SWEATER, LEA),
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
    for hours, (listing_id, person) in enumerate(_FAVOURITES, start=1):
        await add_favourite(session, listing_id, person.id, now + timedelta(hours=hours))


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
