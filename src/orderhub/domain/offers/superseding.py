"""What a seller's change of a listing does to the offers on it, in the same transaction.

A new price makes the pending offers of an item worthless; closing a listing does so to every pending one, and is
refused while an accepted offer runs: its buyer was promised the time to pay.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.catalog.changes import ListingChange, follows_listings
from orderhub.domain.catalog.models import Listing
from orderhub.domain.offers.change import OfferChange
from orderhub.domain.offers.ending import LOCK_OPEN, READ_LOCKED, ended, supersede, without_timers
from orderhub.domain.offers.errors import AcceptedOfferRunsError
from orderhub.domain.offers.loading import Loaded, read_loaded
from orderhub.domain.offers.models import Offer
from orderhub.domain.offers.process import Because, accepted, pending
from orderhub.domain.offers.state import OfferSort
from orderhub.infra.database import Base

_UNSYNCED: dict[str, Any] = {"synchronize_session": False}


@follows_listings
async def end_offers(session: AsyncSession, listing: Listing, change: ListingChange, now: datetime) -> None:
    """Supersede the pending offers on a listing whose price has changed, or that is closed.

    Raises AcceptedOfferRunsError where it can't be closed.
    """
    if change is ListingChange.PAUSED:
        return
    await session.flush()
    found = await _open(session, listing, now)
    if change is ListingChange.CLOSED:
        _require_none_accepted(found)
    because = Because(change.value)
    worthless = [loaded for loaded in found if _is_worthless(loaded, because)]
    if worthless:
        await _write(session, [(loaded, supersede(loaded, because)) for loaded in worthless])


async def _open(session: AsyncSession, listing: Listing, now: datetime) -> Sequence[Loaded]:
    ids = list(await session.scalars(LOCK_OPEN, {"listing_ids": [listing.id], "offer_id": None}))
    if not ids:
        return ()
    rows = (await session.execute(READ_LOCKED, {"offer_ids": ids})).mappings()
    return [read_loaded(dict(row), now) for row in rows]


def _require_none_accepted(found: Sequence[Loaded]) -> None:
    running = [loaded.offer for loaded in found if loaded.offer.status == accepted.code]
    if running:
        raise AcceptedOfferRunsError([offer.id for offer in running], max(offer.expires_at for offer in running))


def _is_worthless(loaded: Loaded, because: Because) -> bool:
    """A custom offer has a price of its own, whatever its listing costs."""
    repriced = because is Because.REPRICED
    return loaded.offer.status == pending.code and not (repriced and loaded.offer.sort == OfferSort.CUSTOM)


async def _write(session: AsyncSession, changes: Sequence[tuple[Loaded, OfferChange]]) -> None:
    rows, updates = ended(changes)
    for columns in updates:
        values = {name: value for name, value in columns.items() if name != "id"}
        changed = update(Offer).where(Offer.id == columns["id"]).values(version=Offer.version + 1, **values)
        await session.execute(changed, execution_options=_UNSYNCED)
    for table, added in rows.items():
        await session.execute(insert(Base.metadata.tables[table]), added)
    ids = [columns["id"] for columns in updates]
    await session.execute(without_timers(), {"offer_ids": ids}, execution_options=_UNSYNCED)
