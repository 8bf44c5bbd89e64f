"""Reads of traders."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.traders.errors import TraderNotFoundError
from orderhub.domain.traders.models import Trader, TraderStatus
from orderhub.infra.pages import newest_first, where_given
from orderhub.kit.pages import Page, PageRequest
from orderhub.kit.text import Label


def no_trader() -> TraderNotFoundError:
    """There is none, or it was replaced."""
    return TraderNotFoundError(
        Label(
            "Il n’y a rien de tel, ou une nouvelle demande l’a remplacé : voyez GET /v1/staff/traders.",
            "There is no such thing, or a newer one took its place: see GET /v1/staff/traders.",
        )
    )


async def own_trader(session: AsyncSession, account_id: UUID) -> Trader:
    """What an account said of itself. Raises TraderNotFoundError where it never did."""
    found = await session.get(Trader, account_id)
    if found is None:
        raise TraderNotFoundError(
            Label(
                "Vous n’avez rien déclaré : PUT /v1/me/trader le fait.",
                "You have submitted nothing: PUT /v1/me/trader does.",
            )
        )
    return found


async def find_trader(session: AsyncSession, submission_id: UUID) -> Trader:
    """A submission by its id. Raises TraderNotFoundError."""
    found = await session.scalar(select(Trader).where(Trader.id == submission_id))
    if found is None:
        raise no_trader()
    return found


async def traders(session: AsyncSession, page: PageRequest, status: TraderStatus | None = None) -> Page[Trader]:
    """What accounts submitted, newest first; in one status where asked."""
    return await newest_first(session, Trader, page, *where_given((Trader.status, status)))


async def facts_in_force(session: AsyncSession, account_ids: Iterable[UUID]) -> Mapping[UUID, Mapping[str, Any]]:
    """The verified facts of those among these accounts that are traders."""
    wanted = set(account_ids)
    if not wanted:
        return {}
    query = select(Trader.account_id, Trader.verified).where(
        Trader.account_id.in_(wanted), Trader.verified.is_not(None)
    )
    return {account_id: facts for account_id, facts in await session.execute(query) if facts is not None}
