"""The sites of shops: each host belongs to one shop, whoever asks for it at the same time."""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.shops.errors import SiteTakenError
from orderhub.domain.shops.hosts import host_of, hosts_of, is_shared
from orderhub.domain.shops.models import Shop, ShopSite
from orderhub.kit.errors import FieldError, invalid_field
from orderhub.kit.ids import show_id
from orderhub.kit.text import Label
from orderhub.kit.urls import read_url

MAX_SITES: Final = 20


def read_sites(urls: Sequence[str]) -> Mapping[str, str]:
    """The URLs by host, in their order, as they are kept. Raises InvalidError, which names the first that is none."""
    found: dict[str, str] = {}
    for place, url in enumerate(urls):
        address, host = _read(url)
        if host is None:
            raise _invalid(
                place,
                "invalid_site",
                Label(
                    "Donnez l’adresse d’un site web, comme https://boutique.example.",
                    "Give the address of a web site, such as https://boutique.example.",
                ),
            )
        if is_shared(host):
            raise _invalid(
                place,
                "shared_host",
                Label(
                    "Les sites sous cet hôte sont à beaucoup d’autres : donnez celui de la boutique.",
                    "The sites below this host belong to many: give the shop's own.",
                ),
            )
        if host in found:
            raise _invalid(
                place, "site_twice", Label(f"Donnez une seule adresse de {host}.", f"Give one address of {host}.")
            )
        found[host] = address
    return found


def _read(url: str) -> tuple[str, str | None]:
    """The address as it is kept, and its host if a shop could have it."""
    try:
        address = read_url(url)
    except ValueError:
        return url, None
    return address, host_of(address)


async def sites_of(session: AsyncSession, shop_ids: Sequence[UUID]) -> Mapping[UUID, Sequence[ShopSite]]:
    """The sites of each of these shops, by host."""
    found: dict[UUID, list[ShopSite]] = {shop_id: [] for shop_id in shop_ids}
    if shop_ids:
        rows = await session.scalars(select(ShopSite).where(ShopSite.shop_id.in_(shop_ids)).order_by(ShopSite.host))
        for site in rows:
            found[site.shop_id].append(site)
    return found


async def set_sites(session: AsyncSession, shop_id: UUID, urls: Sequence[str], *, by_staff: bool) -> None:
    """Give a locked shop exactly these sites. Raises InvalidError and SiteTakenError.

    Below another shop's host only staff give a shop one: its pages were recognised as the other's.
    """
    wanted = read_sites(urls)
    held = {site.host: site for site in (await sites_of(session, [shop_id]))[shop_id]}
    for host, site in held.items():
        if host in wanted:
            site.url = wanted[host]
        else:
            await session.delete(site)
    await session.flush()
    new = {host: url for host, url in wanted.items() if host not in held}
    if new and not by_staff:
        await _check_above(session, shop_id, wanted, new)
    await _claim(session, shop_id, wanted, new)


async def _check_above(session: AsyncSession, shop_id: UUID, wanted: Mapping[str, str], new: Mapping[str, str]) -> None:
    above = {higher: host for host in new for higher in hosts_of(f"https://{host}")[1:]}
    others = select(ShopSite.host).where(ShopSite.host.in_(above), ShopSite.shop_id != shop_id)
    taken = await session.scalar(others.order_by(ShopSite.host).limit(1))
    if taken is not None:
        raise await _taken(session, taken, list(wanted).index(above[taken]))


async def _claim(session: AsyncSession, shop_id: UUID, wanted: Mapping[str, str], new: Mapping[str, str]) -> None:
    if not new:
        return
    # In one order for everybody: two who claim the same hosts wait for each other, and never in a circle.
    rows = [{"host": host, "shop_id": shop_id, "url": new[host]} for host in sorted(new)]
    claimed = insert(ShopSite).values(rows).on_conflict_do_nothing().returning(ShopSite.host)
    got = set(await session.scalars(claimed))
    for place, host in enumerate(wanted):
        if host in new and host not in got:
            raise await _taken(session, host, place)


async def _taken(session: AsyncSession, host: str, place: int) -> SiteTakenError:
    """The refusal; it names the shop only as far as the directory does."""
    public = select(Shop.id, Shop.name).join(ShopSite, ShopSite.shop_id == Shop.id)
    other = (await session.execute(public.where(ShopSite.host == host, Shop.active))).one_or_none()
    detail = Label(
        f"{host} est le site d’une autre boutique. Demandez à nos équipes s’il devrait être à vous.",
        f"{host} is the site of another shop. Ask the staff if it should be yours.",
    )
    error = FieldError(f"/sites/{place}", SiteTakenError.code, detail)
    shown = {"shop": {"id": show_id("shp", other.id), "name": other.name}} if other else {}
    return SiteTakenError(detail, errors=(error,), host=host, **shown)


def _invalid(place: int, code: str, detail: Label) -> Exception:
    return invalid_field(f"/sites/{place}", code, detail)
