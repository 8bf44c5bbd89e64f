"""Yannick's attic: what he sells in the sample data, and the orders in which Awa buys of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ARRAY, Text, cast, func, literal, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.catalog import service
from orderhub.domain.catalog.items import Condition, ParcelSize
from orderhub.domain.catalog.models import ListingKind, ListingState
from orderhub.domain.catalog.service import ListingChanges
from orderhub.domain.files.models import File
from orderhub.domain.orders.engine import take_unasked
from orderhub.domain.orders.kinds.item.details import Photo
from orderhub.domain.orders.models import Order
from orderhub.domain.process import By
from orderhub.domain.samples import AWA, YANNICK
from orderhub.domain.samples.attic import FOR_SALE, FOR_SALE_TOO, Attic, AtticFiles, listing_of
from orderhub.domain.tracking.service import follow
from orderhub.kit.money import Money
from orderhub.seed.stage import Stage
from orderhub.seed.steps import BUYER, SELLER, Party, Step, Story, act, pay

Steps = Sequence[tuple[float, Step]]

HOME: Final = {
    "name": "Yannick Morel",
    "company": None,
    "line1": "5 rue des Tanneurs",
    "line2": None,
    "postcode": "59000",
    "city": "Lille",
    "region": None,
    "country": "FR",
    "phone": None,
}
_THINGS: Final = (
    ("Lampe de bureau en laiton", 3200),
    ("Appareil photo argentique", 8500),
    ("Vase en grès", 1800),
    ("Radio à lampes", 6400),
    ("Machine à écrire portative", 7900),
    ("Globe terrestre", 4200),
    ("Coffret de bandes dessinées", 2600),
    ("Jeu d’échecs en buis", 3000),
    ("Horloge murale", 3500),
    ("Cafetière italienne", 1200),
    ("Malle de voyage", 5800),
    ("Tourne-disque", 9900),
    ("Lot de cartes postales", 1500),
    ("Sac en cuir", 4800),
    ("Miroir rond", 2900),
)
_ORDERED: Final = tuple(value for name, value in vars(Attic).items() if not name.startswith("_"))


async def write_attic(session: AsyncSession, now: datetime) -> None:
    """A listing for each order, the oldest first, and two that are still for sale."""
    ids = [*(listing_of(order_id) for order_id in _ORDERED), FOR_SALE, FOR_SALE_TOO]
    things = [*_THINGS, ("Chaise de bistrot", 3900), ("Tabouret de bar", 2400)]
    for place, (listing_id, (title, price)) in enumerate(zip(ids, things, strict=True)):
        changes = ListingChanges(
            title=title,
            description="Trouvé dans le grenier, propre et en état de marche.",
            category="home",
            price=Money(price, "EUR"),
            condition=Condition.GOOD.value,
            parcel_size=(ParcelSize.LARGE if listing_id in (FOR_SALE, FOR_SALE_TOO) else ParcelSize.MEDIUM).value,
            photo_ids=[AtticFiles.BOX],
            state=ListingState.ACTIVE,
        )
        at = now + timedelta(hours=place)
        listing = await service.create_listing(
            session, seller_id=YANNICK.id, changes=changes, now=at, kind=ListingKind.ITEM
        )
        listing.id = listing_id
        await session.flush()


async def deliver(stage: Stage, story: Story) -> None:
    """The carrier says that the parcel is delivered."""
    await follow(stage.database, story.order_id, take_unasked)
    await take_unasked(stage.database, story.order_id, By.TRACKING, "mark_delivered", {})


async def know_the_code(stage: Stage, story: Story) -> None:
    """The buyer's code is the same each time the sample data is written."""
    async with stage.database.session() as session:
        coded = func.jsonb_set(
            Order.details, cast(literal(["code"], ARRAY(Text())), ARRAY(Text())), literal("04815162", JSONB())
        )
        await session.execute(update(Order).where(Order.id == story.order_id).values(details=coded))


def _showing(party: Party, file_id: UUID, action: str, **said: Any) -> Step:
    """An action with a picture."""

    async def step(stage: Stage, story: Story) -> None:
        async with stage.database.session() as session:
            file = await session.get_one(File, file_id)
        photo = Photo(file.id, file.name, file.media_type, file.size)
        await stage.act(story.account(party), story.order_id, action, {"photos": (photo,), **said})

    return step


_PAID: Final[Steps] = ((0.1, pay), (0.1, know_the_code))
_SENT: Final[Steps] = (*_PAID, (2, act(SELLER, "ship", carrier="colissimo", tracking_number="6A33221100998")))
_DELIVERED: Final[Steps] = (*_SENT, (8, deliver))
_ASKED: Final[Steps] = (
    *_DELIVERED,
    (
        1,
        _showing(BUYER, AtticFiles.STAIN, "request_return", reason="not_as_described", message="Il manque une pièce."),
    ),
)
_ACCEPTED: Final[Steps] = (*_ASKED, (1, act(SELLER, "accept_return", address=HOME)))
_SENT_BACK: Final[Steps] = (
    *_ACCEPTED,
    (2, act(BUYER, "ship_return", carrier="colissimo", tracking_number="6A44332211009")),
)


def _bought(order_id: UUID, days_ago: float, steps: Steps = ()) -> Story:
    """Awa buys something of Yannick's."""
    return Story(order_id, AWA, listing_of(order_id), YANNICK, days_ago, steps, is_item=True)


ATTIC: Final = (
    _bought(Attic.RETURNED, 1.19, (*_SENT_BACK, (1, act(SELLER, "receive_return")))),
    _bought(Attic.CANCELLED, 1.185, (*_PAID, (1, act(SELLER, "cancel", reason="Je ne le retrouve plus.")))),
    _bought(Attic.COMPLETED, 1.18, (*_DELIVERED, (1, act(BUYER, "approve")))),
    _bought(
        Attic.ORDER_RETURN,
        1.175,
        (*_ASKED, (1, act(SELLER, "decline_return", reason="La pièce était dans le carton."))),
    ),
    _bought(Attic.CONTEST, 1.17, _SENT_BACK),
    _bought(Attic.RECEIVE, 1.165, _SENT_BACK),
    _bought(Attic.SHIP_RETURN, 1.16, _ACCEPTED),
    _bought(Attic.DECLINE_RETURN, 1.155, _ASKED),
    _bought(Attic.REFUND, 1.15, _ASKED),
    _bought(Attic.ACCEPT_RETURN, 1.145, _ASKED),
    _bought(Attic.NOT_RECEIVED, 1.14, _DELIVERED),
    _bought(Attic.REQUEST_RETURN, 1.135, _DELIVERED),
    _bought(Attic.SENT, 1.13, _SENT),
    _bought(Attic.TO_SEND, 1.125, _PAID),
    _bought(Attic.RESERVED, 0.001),
)
