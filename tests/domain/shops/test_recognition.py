"""A page belongs to the active shop with the nearest host."""

from collections.abc import Awaitable, Callable

from sqlalchemy import Text, literal
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.shops.hosts import hosts_of
from orderhub.domain.shops.models import Shop
from orderhub.domain.shops.recognition import shop_at

Open = Callable[..., Awaitable[Shop]]


async def names(session: AsyncSession, shops: list[Shop], *urls: str) -> list[str | None]:
    known = {shop.id: shop.name for shop in shops}
    found = [await session.scalar(shop_at(literal(hosts_of(url), ARRAY(Text())))) for url in urls]
    return [known[shop_id] if shop_id else None for shop_id in found]


async def test_the_nearest_host_decides(session: AsyncSession, opened: Open) -> None:
    shops = [
        await opened(name="Tout", sites=["https://www.tout.example"]),
        await opened(name="Lyon", sites=["https://lyon.tout.example"]),
    ]

    pages = [
        "https://tout.example/a",
        "http://m.lyon.tout.example/b",
        "https://paris.tout.example",
        "https://x.example",
    ]
    assert await names(session, shops, *pages, "robe") == ["Tout", "Lyon", "Tout", None, None]


async def test_a_shop_that_is_not_active_is_not_recognised(session: AsyncSession, opened: Open) -> None:
    shops = [
        await opened(name="Tout", sites=["https://tout.example"]),
        await opened(name="Lyon", sites=["https://lyon.tout.example"], active=False),
        await opened(name="Seul", sites=["https://seul.example"], active=False),
    ]

    assert await names(session, shops, "https://lyon.tout.example/b", "https://seul.example") == ["Tout", None]
