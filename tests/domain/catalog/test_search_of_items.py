"""What Awa finds of items: by brand and size as she types them, and in each sort, page by page."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from orderhub.domain.catalog.search import ListingFilter, ListingSort, check_filter, search_listings
from orderhub.infra.database import Database
from orderhub.kit.errors import InvalidError
from orderhub.kit.pages import PageBySort, read_page_by_sort
from tests.making.items import new_item
from tests.making.listings import new_service
from tests.making.people import new_person


class Wardrobe:
    """What Bruno sells, committed: the search reads on its own connection."""

    def __init__(self, database: Database, seller_id: UUID) -> None:
        self.database, self.seller_id = database, seller_id

    async def sell(self, title: str, **parts: Any) -> None:
        async with self.database.session() as session:
            session.add(new_item(self.seller_id, title=title, **parts))

    async def titles(self, sort: str = "newest", *, limit: int = 20, **asked: Any) -> list[str]:
        """Everything that is found, page after page."""
        found: list[str] = []
        page, cursor = PageBySort(limit, sort=sort), ""
        while cursor is not None:
            result = await search_listings(self.database, ListingFilter(**asked), page)
            found += [hit.title for hit in result.data]
            cursor = result.next_cursor
            page = read_page_by_sort(limit, sort, cursor)
        return found


@pytest.fixture
async def wardrobe(database: Database) -> Wardrobe:
    async with database.session() as session:
        bruno = new_person("bruno")
        session.add(bruno)
    return Wardrobe(database, bruno.id)


async def test_brands_and_sizes_are_found_as_people_write_them(wardrobe: Wardrobe) -> None:
    await wardrobe.sell("Veste", brand="Sézane", size="W 32")
    await wardrobe.sell("Baskets", brand="H & M", size="3,5")
    await wardrobe.sell("Sans marque", brand=None, size=None)

    for brand, title in (("sezane", "Veste"), ("SÉZANE ", "Veste"), ("h&m", "Baskets"), ("H  & M", "Baskets")):
        assert await wardrobe.titles(brand=brand) == [title], brand
    for size, found in (("w32", ["Veste"]), ("3.5", ["Baskets"]), ("35", []), ("3", [])):
        assert await wardrobe.titles(size=size) == found, size
    assert await wardrobe.titles(brand="sezane", size="3.5") == []


async def test_the_other_filters_of_items(wardrobe: Wardrobe) -> None:
    async with wardrobe.database.session() as session:
        session.add(new_service(wardrobe.seller_id, title="Retouches"))
    await wardrobe.sell("Veste", condition="new", takes_offers=False)
    await wardrobe.sell("Baskets", category="shoes")
    await wardrobe.sell("Sac", state="paused")
    await wardrobe.sell("Robe", category="womens_clothing", price=5_000)

    assert await wardrobe.titles(kind="item") == ["Robe", "Baskets", "Veste"]
    assert await wardrobe.titles(kind="service") == ["Retouches"]
    assert await wardrobe.titles(condition="new") == ["Veste"]
    assert await wardrobe.titles(takes_offers=True) == ["Robe", "Baskets"]
    assert await wardrobe.titles(takes_offers=False) == ["Veste", "Retouches"]
    assert await wardrobe.titles(category="shoes") == ["Baskets"]
    assert await wardrobe.titles(kind="item", currency="EUR", price_min=5_000) == ["Robe"]
    assert await wardrobe.titles(q="veste", seller_id=wardrobe.seller_id) == ["Veste"]


async def test_words_are_those_of_brand_and_colour_too(wardrobe: Wardrobe) -> None:
    await wardrobe.sell("Veste", brand="Sézane", colour="bleue")
    await wardrobe.sell("Jupe", brand=None, colour=None, description="Sans marque.")

    assert await wardrobe.titles(q="veste sezane bleu") == ["Veste"]
    assert await wardrobe.titles(q="jupe") == ["Jupe"]
    async with wardrobe.database.session() as session:
        await session.execute(text("UPDATE listings SET brand = 'Veja' WHERE brand IS NOT NULL"))
    assert (await wardrobe.titles(q="veja"), await wardrobe.titles(q="sezane")) == (["Veste"], [])


@pytest.mark.parametrize("limit", [1, 2, 20])
async def test_each_sort_pages_through_everything_once(wardrobe: Wardrobe, limit: int) -> None:
    for title, price in (("Robe une", 300), ("Robe deux", 100), ("Robe trois", 200), ("Robe quatre", 100)):
        await wardrobe.sell(title, price=price)
    await wardrobe.sell("Robe en francs CFA", price=150, currency="XOF")
    euros: dict[str, Any] = {"currency": "EUR", "limit": limit}

    assert await wardrobe.titles("newest", **euros) == ["Robe quatre", "Robe trois", "Robe deux", "Robe une"]
    assert await wardrobe.titles("price", **euros) == ["Robe deux", "Robe quatre", "Robe trois", "Robe une"]
    assert await wardrobe.titles("-price", **euros) == ["Robe une", "Robe trois", "Robe quatre", "Robe deux"]
    assert await wardrobe.titles("price", q="robes", price_max=200, **euros) == [
        "Robe deux", "Robe quatre", "Robe trois",
    ]  # fmt: skip


@pytest.mark.parametrize("limit", [1, 20])
async def test_by_relevance_a_title_counts_more_than_a_description(wardrobe: Wardrobe, limit: int) -> None:
    await wardrobe.sell("Robe en lin", description="Une robe, une vraie robe.")
    await wardrobe.sell("Robe", description="Portée deux fois.")
    await wardrobe.sell("Ceinture", description="Va avec toute robe.")
    await wardrobe.sell("Sac", description="En cuir.")

    assert await wardrobe.titles("relevance", q="robe", limit=limit) == ["Robe en lin", "Robe", "Ceinture"]


MANY = """
INSERT INTO listings (id, seller_id, kind, state, title, description, category, price, currency, questions, photo_ids,
    accepts_inquiries, condition, parcel_size, version, created_at, updated_at)
SELECT lpad(to_hex(number), 32, '0')::uuid, :seller, 'item', 'active', 'Robe ' || number, '', 'womens_clothing', number,
    'EUR', '[]', ARRAY[gen_random_uuid()], false, 'good', 'small', 1, now(), now()
FROM generate_series(1, 1100) number
"""


async def test_of_common_words_the_newest_are_ranked(wardrobe: Wardrobe) -> None:
    async with wardrobe.database.session() as session:
        await session.execute(text(MANY), {"seller": wardrobe.seller_id})
    await wardrobe.sell("Ceinture", description="Va avec toute robe.")

    found = await wardrobe.titles("relevance", q="robe", limit=100)
    assert (len(found), found[0], found[-1]) == (200, "Robe 1100", "Ceinture")
    assert (await wardrobe.titles("price", q="robe", currency="EUR", limit=100))[:2] == ["Robe 1", "Robe 2"]


def test_a_cursor_is_of_its_sort() -> None:
    page = PageBySort(2, sort="price")
    assert page.key is None
    for other in ("newest", "-price", ""):
        with pytest.raises(InvalidError):
            read_page_by_sort(2, other, "AAAAAAAAAAcBmeATiABwAIAAAAAAAAAAcHJpY2U")


@pytest.mark.parametrize(
    ("asked", "refused"),
    [
        ({"kind": "service", "brand": "Veja"}, ["/brand"]),
        ({"kind": "service", "size": "38", "condition": "new"}, ["/size", "/condition"]),
        ({"kind": "service", "takes_offers": True}, ["/takes_offers"]),
        ({"category": "events", "brand": "Veja"}, ["/brand"]),
        ({"kind": "item", "category": "events"}, ["/category"]),
        ({"kind": "service", "category": "shoes"}, ["/category"]),
        ({"currency": "EUR", "price_min": 2, "price_max": 1}, ["/price_max"]),
    ],
)
def test_what_no_listing_can_have_is_refused(asked: dict[str, Any], refused: list[str]) -> None:
    with pytest.raises(InvalidError) as refusal:
        check_filter(ListingFilter(**asked))
    assert [(place.pointer, place.code) for place in refusal.value.errors] == [
        (one, "lists_nothing") for one in refused
    ]


def test_what_a_listing_can_have_is_asked_for() -> None:
    check_filter(ListingFilter(kind="item", category="shoes", brand="Veja", currency="EUR", price_min=2, price_max=2))
    check_filter(ListingFilter(kind="service", takes_offers=False))
    assert len(ListingSort) == 4
