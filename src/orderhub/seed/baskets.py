"""The carts of the sample data: what Awa gathers, line by line, as she would over HTTP."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from orderhub.domain.carts import adding, service
from orderhub.domain.carts.adding import NewLine
from orderhub.domain.carts.rules import Line
from orderhub.domain.samples import AWA, CartLines, Carts, SamplePerson, Shops
from orderhub.infra.business_clock import business_now
from orderhub.seed.stage import Stage


@dataclass(frozen=True, slots=True)
class Basket:
    """One cart, with the lines that are put into it at once."""

    cart_id: UUID
    owner: SamplePerson
    days_ago: float
    lines: Sequence[NewLine]
    separate: bool = False


BASKETS: Final = (
    Basket(
        Carts.OF_AWA,
        AWA,
        9,
        (
            NewLine(
                "Bazin riche indigo, 5 mètres",
                "https://maison-du-bazin.example/bazin-riche/indigo",
                2,
                "Indigo foncé, teinture de Bamako",
                None,
                CartLines.BAZIN,
            ),
            NewLine("Boutons de nacre, 15 mm", None, 40, "Par lots de dix", Shops.HABERDASHERY, CartLines.BUTTONS),
            NewLine(
                "Perceuse sans fil 18 V",
                "https://www.quincaillerie-brotteaux.example/perceuses?ref=PSF-18",
                1,
                None,
                None,
                CartLines.DRILL,
            ),
            NewLine("Chaise pliante en teck", "https://chaises-du-monde.example/teck", 4, None, None, CartLines.CHAIR),
        ),
    ),
    Basket(
        Carts.UNWANTED,
        AWA,
        3,
        (NewLine("Fouta de coton, 1 × 2 m", None, 6, None, Shops.CRAFTS, CartLines.FOUTA),),
        separate=True,
    ),
)


async def gather(stage: Stage, basket: Basket) -> None:
    """Open the cart and put everything into it."""
    async with stage.database.session() as session:
        now = await business_now(session)
        await service.create_cart(session, basket.owner.id, separate=basket.separate, now=now, cart_id=basket.cart_id)
    caller = await stage.caller(basket.owner.id)
    for line in basket.lines:
        await adding.add_line(stage.database, caller, basket.cart_id, line, _unshown)


def _unshown(_line: Line, _twin: UUID | None) -> bytes:
    """No form of the line: nobody reads the answer."""
    return b""
