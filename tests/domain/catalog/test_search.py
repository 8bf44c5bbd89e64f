"""What Awa finds with the words she types: French stems, plurals, no accents, and the other filters."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Account
from orderhub.domain.catalog.models import Listing, ListingState
from orderhub.domain.catalog.search import ListingFilter, drop_noise, search_listings
from orderhub.infra.database import Database
from orderhub.kit.money import Money
from orderhub.kit.pages import PageBySort, read_page_by_sort
from tests.making.bounds import set_bounds
from tests.making.instants import NOON
from tests.making.listings import offer_service
from tests.making.people import new_person

FOUND = [
    ("Déménagement à Lyon", "déménagement"),
    ("Déménagement à Lyon", "demenagement lyon"),
    ("Déménagement à Lyon", "DEMENAGER"),
    ("Déménagement à Lyon", "déménagements à Lyon"),
    ("Déménagement Lyon et alentours", "déménagement à lyon"),
    ("DÉMÉNAGEMENTS PAS CHERS", "déménagement"),
    ("Aide au demenagement", "déménager"),
    ("Élagage de vos arbres", "elagages arbre"),
    ("Photographe de mariage", "photographe mariages"),
    ("Photos de mariage", "photo"),
    ("Retouche d’une photo", "photos"),
    ("Montage vidéo", "videos"),
    ("Vidéos courtes", "vidéo"),
    ("Création de logo/flyer", "logos"),
    ("Rédaction de contenus", "contenu redaction"),
    ("Animation de réseaux sociaux", "réseau social"),
    ("Peinture d’intérieur", "intérieur"),
    ("Peinture d'intérieur", "peintures interieures"),
    ("Traduction français anglais", "traductions francais"),
    ("Je tourne des cœurs en bois", "coeur"),
    ("Leçons de piano", "leçon piano"),
    ("Gestion d'agenda", "les agendas"),
    ("Dossiers médias", "média"),
]
MISSED = [
    ("Déménagement à Lyon", "déménagement Nantes"),
    ("Montage vidéo", "photo"),
    ("Création de logo", "site"),
    ("Cours de piano", "guitare"),
    ("Photographe", "les"),
]


class Market:
    """Sellers and their listings, committed: the search reads on its own connection."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.sellers: dict[str, UUID] = {}

    async def open(self, *handles: str) -> None:
        async with self.database.session() as session:
            for handle in handles:
                account = new_person(handle, rating_sum=9, rating_count=2)
                session.add(account)
                self.sellers[handle] = account.id

    async def offer(self, title: str, *, by: str = "bruno", **parts: Any) -> UUID:
        parts = {"title": title, "description": "Sur mesure."} | parts
        async with self.database.session() as session:
            return (await offer_service(session, self.sellers[by], **parts)).id

    async def titles(self, **asked: Any) -> list[str]:
        page = await search_listings(self.database, ListingFilter(**asked), PageBySort())
        return [hit.title for hit in page.data]


@pytest.fixture
async def market(database: Database) -> Market:
    found = Market(database)
    await found.open("bruno", "nadia")
    return found


async def matches(session: AsyncSession, title: str, asked: str) -> bool:
    """Whether the database finds this title, by the functions that the search uses."""
    vector, query = func.listing_vector(title, ""), func.listing_query(drop_noise(asked))
    return bool(await session.scalar(select(vector.bool_op("@@")(query))))


@pytest.mark.parametrize(("title", "asked"), FOUND)
async def test_found(session: AsyncSession, title: str, asked: str) -> None:
    assert await matches(session, title, asked)


@pytest.mark.parametrize(("title", "asked"), MISSED)
async def test_missed(session: AsyncSession, title: str, asked: str) -> None:
    assert not await matches(session, title, asked)


@pytest.mark.parametrize("asked", ["'", "&|!", "a & !b", "-- ; drop table", "\\", "\U0001f600", "l'", "(", "*:A"])
async def test_no_text_breaks_the_search(market: Market, asked: str) -> None:
    await market.offer("Logo vectoriel")

    assert await market.titles(q=asked) in ([], ["Logo vectoriel"])


async def test_title_and_description_are_searched(market: Market) -> None:
    await market.offer("Logo vectoriel")
    await market.offer("Identité visuelle", description="Avec un logo et une charte graphique.")
    await market.offer("Site vitrine")

    assert await market.titles(q="logos") == ["Identité visuelle", "Logo vectoriel"]


async def test_a_changed_title_is_found_by_its_new_words(market: Market, database: Database) -> None:
    await market.offer("Logo vectoriel")
    async with database.session() as session:
        await session.execute(update(Listing).values(title="Affiche de concert"))

    assert await market.titles(q="logo") == []
    assert await market.titles(q="affiches concerts") == ["Affiche de concert"]


async def test_filters_narrow_together(market: Market) -> None:
    await market.offer("Logo à 120 euros")
    await market.offer("Logo à 300 euros", price=Money(30_000, "EUR"))
    await market.offer("Logo à 200 francs", price=Money(20_000, "CHF"))
    await market.offer("Flyer de Nadia", by="nadia", category="digital_marketing")

    assert await market.titles(currency="EUR", price_min=20_000) == ["Logo à 300 euros"]
    assert await market.titles(currency="EUR", price_min=12_000, price_max=12_000) == [
        "Flyer de Nadia",
        "Logo à 120 euros",
    ]
    assert await market.titles(currency="CHF") == ["Logo à 200 francs"]
    assert await market.titles(category="digital_marketing") == ["Flyer de Nadia"]
    assert await market.titles(seller_id=market.sellers["nadia"], q="logo") == []
    assert await market.titles(kind="service", q="logo", currency="EUR", price_max=12_000) == ["Logo à 120 euros"]


async def test_only_what_is_on_show_is_found(market: Market, database: Database) -> None:
    await market.offer("Brouillon", state=ListingState.DRAFT)
    await market.offer("Chez Nadia", by="nadia")
    assert await market.titles() == ["Chez Nadia"]

    async with database.session() as session:
        await session.execute(update(Account).where(Account.handle == "nadia").values(suspended_at=NOON))
    assert await market.titles() == []


async def test_pages_follow_each_other_without_gap_or_double(market: Market) -> None:
    titles = [f"Logo {number}" for number in range(7)]
    for title in titles:
        await market.offer(title)

    seen: list[str] = []
    page = await search_listings(market.database, ListingFilter(q="logo"), PageBySort(3))
    seen += [hit.title for hit in page.data]
    while page.next_cursor:
        after = read_page_by_sort(3, "", page.next_cursor)
        page = await search_listings(market.database, ListingFilter(q="logo"), after)
        seen += [hit.title for hit in page.data]

    assert seen == titles[::-1]


async def test_a_search_reads_so_much_and_the_next_page_goes_on(market: Market) -> None:
    """Words like pieces of numbers are looked for in what everybody reads, which takes time for each character."""
    titles = [f"Logo A{number}" for number in range(10)]
    for title in titles:
        await market.offer(title, description="En A4. " * 1_400)

    pages: list[list[str]] = []
    page = await search_listings(market.database, ListingFilter(q="A4"), PageBySort())
    pages.append([hit.title for hit in page.data])
    while page.next_cursor:
        page = await search_listings(
            market.database, ListingFilter(q="A4"), read_page_by_sort(20, "", page.next_cursor)
        )
        pages.append([hit.title for hit in page.data])

    assert [len(found) for found in pages] == [6, 4]
    assert [title for found in pages for title in found] == titles[::-1]


async def test_a_hit_shows_its_seller_and_first_photo(market: Market) -> None:
    await market.offer("Logo vectoriel")

    [hit] = (await search_listings(market.database, ListingFilter(), PageBySort())).data

    assert (hit.handle, hit.rating_sum, hit.rating_count, hit.photo) == ("bruno", 9, 2, None)
    assert (hit.price, hit.currency, hit.days, hit.category) == (12_000, "EUR", 5, "graphic_design")


MANY = """
INSERT INTO listings (id, seller_id, kind, state, title, description, category, price, currency, days, revisions,
    questions, photo_ids, accepts_inquiries, version, created_at, updated_at)
SELECT lpad(to_hex(number), 32, '0')::uuid, :seller, 'service', 'active', 'Logo ' || number, '', 'events', number,
    'EUR', 1, 0, '[]', '{}', true, 1, now(), now()
FROM generate_series(1, 1100) number
"""


async def test_words_of_many_listings_and_of_few_are_found_alike(market: Market, database: Database) -> None:
    await set_bounds(database, listings=5_000)
    async with database.session() as session:
        await session.execute(text(MANY), {"seller": market.sellers["bruno"]})
    await market.offer("Logo d’accordéon")

    assert await market.titles(q="accordeons") == ["Logo d’accordéon"]
    newest = [f"Logo {number}" for number in range(1100, 1081, -1)]
    assert await market.titles(q="logos") == ["Logo d’accordéon", *newest]
    assert await market.titles(q="logo", currency="EUR", price_max=2) == ["Logo 2", "Logo 1"]


def test_words_nobody_searches_for_are_left_out() -> None:
    assert drop_noise("photographe à Lyon") == "photographe Lyon"
    assert drop_noise("  les   vidéos À Paris ") == "vidéos Paris"
    assert drop_noise("les") == "les"
