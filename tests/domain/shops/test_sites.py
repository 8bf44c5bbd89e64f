"""A host belongs to one shop, whoever asks for it, and when."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.files.visibility import Viewer
from orderhub.domain.shops.errors import SiteTakenError
from orderhub.domain.shops.models import Shop
from orderhub.domain.shops.service import ShopChanges, update_shop
from orderhub.domain.shops.sites import read_sites, sites_of
from orderhub.infra.database import Database
from orderhub.kit.errors import InvalidError
from orderhub.kit.ids import show_id
from tests.making.people import add_person
from tests.making.shops import open_shop

Open = Callable[..., Awaitable[Shop]]


async def hosts(session: AsyncSession, shop: Shop) -> list[str]:
    return [site.host for site in (await sites_of(session, [shop.id]))[shop.id]]


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("boutique", "invalid_site"),
        ("ftp://boutique.example", "invalid_site"),
        ("https://chez@boutique.example", "invalid_site"),
        ("https://192.0.2.7", "invalid_site"),
        ("https://localhost", "invalid_site"),
        ("https://com.tn", "shared_host"),
        ("https://www.myshopify.com", "shared_host"),
        ("https://www.robes.example/en", "site_twice"),
    ],
)
def test_what_is_no_site_is_pointed_at(url: str, code: str) -> None:
    with pytest.raises(InvalidError) as refusal:
        read_sites(["https://robes.example/fr", url])

    assert [(place.pointer, place.code) for place in refusal.value.errors] == [("/sites/1", code)]


def test_a_site_is_read_as_it_was_copied() -> None:
    urls = [" www.Épicerie.example/accueil", "HTTPS://boutique.example/été?vue=a|b", "https://robes.example"]
    assert dict(read_sites(urls)) == {
        "xn--picerie-9xa.example": "https://www.xn--picerie-9xa.example/accueil",
        "boutique.example": "https://boutique.example/%C3%A9t%C3%A9?vue=a%7Cb",
        "robes.example": "https://robes.example",
    }


async def test_a_shop_has_exactly_the_sites_that_were_named(
    session: AsyncSession, opened: Open, staff: Viewer, now: datetime
) -> None:
    shop = await opened(sites=["https://bazin.example", "https://wax.example/fr"])
    kept = ["https://www.wax.example/boutique", "https://getzner.example"]

    await update_shop(session, shop, actor=staff, changes=ShopChanges(sites=kept), now=now)
    found = (await sites_of(session, [shop.id]))[shop.id]
    assert [(site.host, site.url) for site in found] == [
        ("getzner.example", "https://getzner.example"),
        ("wax.example", "https://www.wax.example/boutique"),
    ]

    freed = await opened(sites=["https://bazin.example"])
    assert await hosts(session, freed) == ["bazin.example"]
    await update_shop(session, shop, actor=staff, changes=ShopChanges(sites=[]), now=now)
    assert await hosts(session, shop) == []
    assert await hosts(session, freed) == ["bazin.example"]


async def test_the_refusal_names_an_active_shop(
    session: AsyncSession, opened: Open, salif: UUID, now: datetime
) -> None:
    other = await opened(name="Kenza", sites=["https://www.kenza.example"])
    shop = await opened(owner=salif)

    changes = ShopChanges(sites=["https://bazin.example", "http://kenza.example:8080/robes"])
    with pytest.raises(SiteTakenError) as refusal:
        await update_shop(session, shop, actor=Viewer(salif), changes=changes, now=now)

    assert [place.pointer for place in refusal.value.errors] == ["/sites/1"]
    assert refusal.value.extras == {
        "host": "kenza.example",
        "shop": {"id": show_id("shp", other.id), "name": "Kenza"},
    }


async def test_the_refusal_names_no_hidden_shop(
    session: AsyncSession, opened: Open, salif: UUID, now: datetime
) -> None:
    await opened(name="Kenza", sites=["https://kenza.example"], active=False)

    changes = ShopChanges(sites=["https://kenza.example"])
    with pytest.raises(SiteTakenError) as refusal:
        await update_shop(session, await opened(), actor=Viewer(salif), changes=changes, now=now)

    assert refusal.value.extras == {"host": "kenza.example"}


async def test_nobody_but_staff_goes_below_another_shops_site(
    session: AsyncSession, opened: Open, staff: Viewer, salif: UUID, now: datetime
) -> None:
    await opened(name="Kenza", sites=["https://kenza.example"])
    shop = await opened(owner=salif, sites=["https://bazin.example"])
    below = ShopChanges(sites=["https://bazin.example", "https://soldes.kenza.example"])

    with pytest.raises(SiteTakenError) as refusal:
        await update_shop(session, shop, actor=Viewer(salif), changes=below, now=now)
    assert refusal.value.extras["host"] == "kenza.example"
    assert [place.pointer for place in refusal.value.errors] == ["/sites/1"]

    await update_shop(session, shop, actor=staff, changes=below, now=now)
    await update_shop(session, shop, actor=Viewer(salif), changes=below, now=now)  # now it is the shop's own
    own = ShopChanges(sites=["https://bazin.example", "https://gros.bazin.example"])
    await update_shop(session, shop, actor=Viewer(salif), changes=own, now=now)
    assert await hosts(session, shop) == ["bazin.example", "gros.bazin.example"]


async def test_of_those_who_ask_at_once_one_gets_the_site(database: Database) -> None:
    async with database.session() as session:
        staff = await add_person(session, "chloe")

    async def claim(number: int) -> bool:
        sites = [f"https://wax{number}.example", "https://bazin.example", "https://getzner.example"]
        try:
            async with database.session() as session:
                await open_shop(session, staff, name=f"Boutique {number}", sites=sites if number % 2 else sites[::-1])
        except SiteTakenError:
            return False
        return True

    assert sorted(await asyncio.gather(*map(claim, range(6)))) == [False] * 5 + [True]
