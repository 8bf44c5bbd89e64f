"""What quotes hold of a person: for the export of the RGPD, for the erasure, and what keeps an account open.

An issued version is a document and stays; it names nobody. The address, the message and the network
address of the client go.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import null, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.open_matters import OpenMatter
from orderhub.domain.accounts.personal_data import Holding
from orderhub.domain.quotes.models import Quote, QuoteVersion
from orderhub.domain.quotes.process import expired
from orderhub.kit.clock import show_instant
from orderhub.kit.ids import show_id

_MOST = 100


async def open_quotes(session: AsyncSession, account_id: UUID) -> Sequence[OpenMatter]:
    """Quotes that somebody still has to answer. One that expired keeps nobody: its buyer can't close it."""
    wanted = (
        select(Quote.id, Quote.status)
        .where(Quote.buyer_id == account_id, Quote.final_at.is_(None), Quote.status != expired.code)
        .limit(_MOST)
    )
    return [
        OpenMatter("quote", f"A quote is still {status}.", show_id("quo", quote_id))
        for quote_id, status in await session.execute(wanted)
    ]


async def export_quotes(session: AsyncSession, account_id: UUID) -> list[dict[str, Any]]:
    """Every quote that the person asked for, with what they said and what they were offered."""
    quotes = (await session.scalars(select(Quote).where(Quote.buyer_id == account_id).order_by(Quote.id))).all()
    versions = await _versions(session, account_id)
    return [
        {
            "id": show_id("quo", quote.id),
            "status": quote.status,
            "title": quote.title,
            "lines": quote.lines,
            "address": quote.address,
            "terms_accepted": quote.terms_accepted,
            "message": quote.message,
            "requested_at": show_instant(quote.requested_at),
            "versions": versions.get(quote.id, []),
            "order_id": show_id("ord", quote.order_id) if quote.order_id else None,
        }
        for quote in quotes
    ]


async def erase_quotes(session: AsyncSession, account_id: UUID) -> None:
    """Forget where the person lives and what they wrote; which terms were accepted, and when, stays."""
    await session.execute(
        update(Quote)
        .where(Quote.buyer_id == account_id)
        .values(address={}, message=null(), terms_accepted=Quote.terms_accepted.op("-")("address"))
        .execution_options(synchronize_session=False)
    )


async def _versions(session: AsyncSession, account_id: UUID) -> dict[UUID, list[dict[str, Any]]]:
    wanted = (
        select(QuoteVersion)
        .join(Quote, Quote.id == QuoteVersion.quote_id)
        .where(Quote.buyer_id == account_id)
        .order_by(QuoteVersion.quote_id, QuoteVersion.n)
    )
    found: dict[UUID, list[dict[str, Any]]] = {}
    for version in await session.scalars(wanted):
        entry = {"n": version.n, "number": version.number, "issued_at": show_instant(version.issued_at)}
        found.setdefault(version.quote_id, []).append(entry | {"content": version.content})
    return found


QUOTES = Holding(export_quotes, erase_quotes)
