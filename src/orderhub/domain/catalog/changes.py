"""What else happens when a seller reprices, pauses or closes a listing: packages above the catalog say so.

A package that holds something against listings (offers …) registers one function when it is imported, so that the
catalog needs to know none of them::

    @follows_listings
    async def end_offers(session, listing, change, now) -> None: ...

It is called in the change's own transaction, with the listing locked and as it is after the change. It may refuse the
change by raising, or write more.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.catalog.models import Listing


class ListingChange(StrEnum):
    """What a seller did that others must know of."""

    REPRICED = "repriced"
    PAUSED = "paused"
    CLOSED = "closed"


Follower = Callable[[AsyncSession, Listing, ListingChange, datetime], Awaitable[None]]
"""Called with the listing after the change, and business time."""

_followers: dict[str, Follower] = {}


def follows_listings(follower: Follower) -> Follower:
    """Register what a package does when a seller changes a listing."""
    _followers[_name(follower)] = follower
    return follower


def forget_follower(follower: Follower) -> None:
    """Register it no more."""
    del _followers[_name(follower)]


def _name(follower: Follower) -> str:
    return f"{follower.__module__}.{getattr(follower, '__qualname__', follower)}"


async def tell_followers(session: AsyncSession, listing: Listing, change: ListingChange, now: datetime) -> None:
    """Let every package do what follows from a change, or refuse it."""
    for follower in _followers.values():
        await follower(session, listing, change, now)
