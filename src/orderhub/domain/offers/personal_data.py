"""What offers hold of a person: for the export of the RGPD, for the erasure, and what keeps an account open.

Amounts and instants stay, for the other party; every word of the person goes.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, case, null, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.forgetting import FORGOTTEN
from orderhub.domain.accounts.handles import erased_handle
from orderhub.domain.accounts.open_matters import OpenMatter
from orderhub.domain.accounts.personal_data import Holding
from orderhub.domain.events.rewriting import about, rewrite, seen_by
from orderhub.domain.offers.models import Offer
from orderhub.domain.offers.room import is_open
from orderhub.domain.transitions.personal_data import said_by
from orderhub.kit.clock import show_instant
from orderhub.kit.ids import show_id
from orderhub.kit.text import Label

_MOST: Final = 100


async def open_offers(session: AsyncSession, account_id: UUID) -> Sequence[OpenMatter]:
    """Offers that somebody still has to answer, or may still use."""
    wanted = select(Offer.id, Offer.status).where(_is_party(account_id), is_open()).limit(_MOST)
    return [
        OpenMatter(
            "offer",
            Label(f"Une offre est encore en cours ({status}).", f"An offer is still {status}."),
            show_id("off", offer_id),
        )
        for offer_id, status in await session.execute(wanted)
    ]


async def export_offers(session: AsyncSession, account_id: UUID) -> list[dict[str, Any]]:
    """Every offer that the person made or was made, with their own words."""
    offers = (await session.scalars(select(Offer).where(_is_party(account_id)).order_by(Offer.id))).all()
    said = await said_by(session, account_id, select(Offer.id).where(_is_party(account_id)))
    return [
        {
            "id": show_id("off", offer.id),
            "role": "buyer" if offer.buyer_id == account_id else "seller",
            "made_by_you": offer.author_id == account_id,
            "status": offer.status,
            "listing_id": show_id("lst", offer.listing_id),
            "amount": {"amount": offer.amount, "currency": offer.currency},
            "message": offer.message if offer.author_id == account_id else None,
            "scope": offer.scope if offer.author_id == account_id else None,
            "made_at": show_instant(offer.made_at),
            "done": said.get(offer.id, []),
        }
        for offer in offers
    ]


async def erase_offers(session: AsyncSession, account_id: UUID) -> None:
    """Forget what the person wrote; a custom offer keeps a mark in the place of its scope."""
    scope = case((Offer.scope.is_not(None), FORGOTTEN))
    mine = update(Offer).where(Offer.author_id == account_id).values(message=null(), scope=scope)
    await session.execute(mine, execution_options={"synchronize_session": False})
    await rewrite(session, seen_by(account_id) & about("offer."), partial(_forget, account_id=account_id))


def _forget(data: dict[str, Any], *, account_id: UUID) -> dict[str, Any]:
    """An event of an offer: what they wrote goes, and what is called by their words."""
    offer, me = dict(data["offer"]), show_id("acc", account_id)
    for side in ("buyer", "seller"):
        if offer[side]["id"] == me:
            offer[side] = {**offer[side], "handle": erased_handle(account_id)}
    if offer["seller"]["id"] == me:
        offer["title"] = FORGOTTEN
    if offer[offer["made_by"]]["id"] == me:
        offer["message"] = None
    return {**data, "offer": offer}


def _is_party(account_id: UUID) -> ColumnElement[bool]:
    return or_(Offer.buyer_id == account_id, Offer.seller_id == account_id)


OFFERS = Holding(export_offers, erase_offers)
"""For `personal_data.register`."""
