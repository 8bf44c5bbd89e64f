"""The sample shops: of several countries, in their currencies, on hosts that nobody has."""

from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.files.models import File, FileKind, FilePurpose
from orderhub.domain.samples import LEA, MOUSSA, YANNICK, Files, Shops
from orderhub.domain.shops.models import Shop
from orderhub.domain.shops.queries import ShopFilter, search_shops, shops_of
from orderhub.domain.shops.sites import sites_of
from orderhub.kit.pages import PageRequest
from orderhub.seed.directory import write_shops
from orderhub.seed.people import write_people
from tests.making.instants import NOON


@pytest.fixture
async def shown(session: AsyncSession) -> list[Shop]:
    await write_people(session, "no hash", NOON)
    session.add(_logo(Files.HABERDASHERY_LOGO, LEA.id, NOON))
    await session.flush()
    await write_shops(session, NOON)
    return list((await search_shops(session, ShopFilter(), PageRequest())).data)


def _logo(file_id: UUID, owner_id: UUID, at: datetime) -> File:
    return File(
        id=file_id,
        owner_id=owner_id,
        purpose=FilePurpose.PHOTO.value,
        kind=FileKind.IMAGE.value,
        media_type="image/jpeg",
        name="mercerie.jpg",
        size=1200,
        sha256=bytes(32),
        width=480,
        height=320,
        object_key="2026-11-23/mercerie",
        created_at=at,
    )


async def test_they_sell_in_five_currencies(shown: list[Shop]) -> None:
    assert {shop.currency for shop in shown} == {"EUR", "XOF", "XAF", "CHF", "TND"}
    assert Shops.GROCERIES not in {shop.id for shop in shown}
    assert shown[0].id == Shops.HABERDASHERY
    assert [shop.created_at for shop in shown] == sorted((shop.created_at for shop in shown), reverse=True)


async def test_their_hosts_are_reserved_ones(session: AsyncSession, shown: list[Shop]) -> None:
    sites = await sites_of(session, [shop.id for shop in shown])
    assert all(found and all(site.host.endswith(".example") for site in found) for found in sites.values())


async def test_they_have_owners_and_a_logo(session: AsyncSession, shown: list[Shop]) -> None:
    roles = {
        person.handle: [
            (shop.id, role.value) for shop, role in (await shops_of(session, person.id, PageRequest())).data
        ]
        for person in (LEA, YANNICK, MOUSSA)
    }
    assert roles == {
        "lea": [(Shops.HABERDASHERY, "owner")],
        "yannick": [(Shops.HABERDASHERY, "editor")],
        "moussa": [(Shops.BEAUTY, "owner")],
    }
    assert shown[0].logo_file_id == Files.HABERDASHERY_LOGO
