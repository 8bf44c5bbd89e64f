"""The directory is searched by words, site, country and category, page by page."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.shops.models import Shop, ShopRole
from orderhub.domain.shops.queries import ShopFilter, search_shops, shops_of
from orderhub.kit.pages import PageRequest, read_cursor

Open = Callable[..., Awaitable[Shop]]


async def names(session: AsyncSession, **asked: Any) -> list[str]:
    return [shop.name for shop in (await search_shops(session, ShopFilter(**asked), PageRequest())).data]


@pytest.fixture
async def directory(opened: Open) -> None:
    """Three shops on show, and one that is not."""
    await opened(
        name="Épicerie de Carthage",
        description="Harissa, dattes et pâtisseries.",
        country="TN",
        currency="TND",
        sites=["https://carthage.example"],
        categories=["groceries"],
    )
    await opened(name="L’Horloger de Genève", description="Montres.", country="CH", categories=["jewellery_watches"])
    await opened(name="La Maison du Bazin", description="Tissus à l’étal.", categories=["fashion", "crafts"])
    await opened(name="Pâtisserie fermée", description="Gâteaux.", active=False)


@pytest.mark.usefixtures("directory")
@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("epicerie", ["Épicerie de Carthage"]),
        ("ÉPICERIES", ["Épicerie de Carthage"]),
        ("patisserie", ["Épicerie de Carthage"]),
        ("les montres de geneve", ["L’Horloger de Genève"]),
        ("tissu etal", ["La Maison du Bazin"]),
        ("tissu montre", []),
        ("https://www.carthage.example/harissa?pot=2", ["Épicerie de Carthage"]),
        ("carthage.example", ["Épicerie de Carthage"]),
        ("bazin.example", []),
    ],
)
async def test_words_are_found_as_people_write_them(session: AsyncSession, q: str, found: list[str]) -> None:
    assert await names(session, q=q) == found


@pytest.mark.usefixtures("directory")
async def test_filters(session: AsyncSession) -> None:
    assert await names(session) == ["La Maison du Bazin", "L’Horloger de Genève", "Épicerie de Carthage"]
    assert await names(session, country="CH") == ["L’Horloger de Genève"]
    assert await names(session, category="crafts") == ["La Maison du Bazin"]
    assert await names(session, category="crafts", country="CH") == []
    assert await names(session, q="bazin", category="fashion") == ["La Maison du Bazin"]
    assert await names(session, active=False) == ["Pâtisserie fermée"]


async def test_pages(session: AsyncSession, opened: Open) -> None:
    for number in range(5):
        await opened(name=f"Boutique {number}")

    first = await search_shops(session, ShopFilter(q="boutiques"), PageRequest(3))
    assert first.next_cursor is not None
    rest = await search_shops(session, ShopFilter(q="boutiques"), PageRequest(3, read_cursor(first.next_cursor)))

    assert [shop.name for shop in (*first.data, *rest.data)] == [f"Boutique {number}" for number in (4, 3, 2, 1, 0)]
    assert rest.next_cursor is None


async def test_ones_own_in_any_state(session: AsyncSession, opened: Open, salif: UUID, ines: UUID) -> None:
    first = await opened(owner=salif, active=False)
    second = await opened(owner=ines, editor=salif)
    await opened(owner=ines)

    page = await shops_of(session, salif, PageRequest(1))
    assert list(page.data) == [(second, ShopRole.EDITOR)]
    assert page.next_cursor is not None
    rest = await shops_of(session, salif, PageRequest(1, read_cursor(page.next_cursor)))
    assert (list(rest.data), rest.next_cursor) == ([(first, ShopRole.OWNER)], None)
