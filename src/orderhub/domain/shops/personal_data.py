"""What shops hold of a person, for the export and the erasure that the RGPD asks for."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.personal_data import Holding
from orderhub.domain.files.models import File
from orderhub.domain.shops.models import Shop, ShopMember
from orderhub.infra.business_clock import business_now
from orderhub.kit.clock import show_instant
from orderhub.kit.ids import show_id


async def export_memberships(session: AsyncSession, account_id: UUID) -> list[dict[str, Any]]:
    """Every shop that the person edits."""
    found = await session.execute(
        select(ShopMember, Shop.name)
        .join(Shop, Shop.id == ShopMember.shop_id)
        .where(ShopMember.account_id == account_id)
        .order_by(Shop.id)
    )
    return [
        {
            "id": show_id("shp", member.shop_id),
            "name": name,
            "role": member.role,
            "added_at": show_instant(member.added_at),
        }
        for member, name in found
    ]


async def erase_memberships(session: AsyncSession, account_id: UUID) -> None:
    """The person edits no shop any more. The logos that they gave go with their photos."""
    await session.execute(
        delete(ShopMember).where(ShopMember.account_id == account_id).execution_options(synchronize_session=False)
    )
    theirs = select(File.id).where(File.owner_id == account_id)
    await session.execute(
        update(Shop)
        .where(Shop.logo_file_id.in_(theirs))
        .values(logo_file_id=None, version=Shop.version + 1, updated_at=await business_now(session))
        .execution_options(synchronize_session=False)
    )


SHOPS = Holding(export_memberships, erase_memberships)
