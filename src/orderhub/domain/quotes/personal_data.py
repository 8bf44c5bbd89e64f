"""What quotes hold of a person: for the export of the RGPD, for the erasure, and what keeps an account open.

Prices and dates of what was asked for stay, since the house answers for them; every word of the buyer goes.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, null, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.forgetting import FORGOTTEN
from orderhub.domain.accounts.handles import erased_handle
from orderhub.domain.accounts.open_matters import OpenMatter
from orderhub.domain.accounts.personal_data import Holding
from orderhub.domain.events.rewriting import about, rewrite, seen_by
from orderhub.domain.quotes.models import Quote, QuoteVersion
from orderhub.domain.quotes.process import expired
from orderhub.domain.transitions.personal_data import forget_said, said_by, words_left
from orderhub.kit.clock import show_instant
from orderhub.kit.ids import show_id
from orderhub.kit.text import Label

_MOST = 100
WORDLESS: Final = {"name": FORGOTTEN, "url": None, "note": None}
"""A line whose buyer is erased; the database's ``without_words`` makes the same of those of a version."""
_QUOTED: Final = ("left_out",)
"""Under what a change that somebody else made quotes the buyer."""


async def open_quotes(session: AsyncSession, account_id: UUID) -> Sequence[OpenMatter]:
    """Quotes that somebody still has to answer. One that expired keeps nobody: its buyer can't close it."""
    wanted = (
        select(Quote.id, Quote.status)
        .where(Quote.buyer_id == account_id, Quote.final_at.is_(None), Quote.status != expired.code)
        .limit(_MOST)
    )
    return [
        OpenMatter(
            "quote",
            Label(f"Un devis est encore en cours ({status}).", f"A quote is still {status}."),
            show_id("quo", quote_id),
        )
        for quote_id, status in await session.execute(wanted)
    ]


async def export_quotes(session: AsyncSession, account_id: UUID) -> list[dict[str, Any]]:
    """Every quote that the person asked for, with what they said and what they were offered."""
    quotes = (await session.scalars(select(Quote).where(Quote.buyer_id == account_id).order_by(Quote.id))).all()
    versions = await _versions(session, account_id)
    said = await said_by(session, account_id, select(Quote.id).where(Quote.buyer_id == account_id))
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
            "done": said.get(quote.id, []),
        }
        for quote in quotes
    ]


async def erase_quotes(session: AsyncSession, account_id: UUID) -> None:
    """Forget where the person lives, what they asked for and what they wrote.

    Which terms were accepted and when, prices and quantities stay.
    """
    mine, without_sync = Quote.buyer_id == account_id, {"synchronize_session": False}
    for quote_id, lines in (await session.execute(select(Quote.id, Quote.lines).where(mine))).all():
        wordless = [line | WORDLESS for line in lines]
        forgotten = update(Quote).where(Quote.id == quote_id).values(title=FORGOTTEN, lines=wordless, message=null())
        await session.execute(forgotten, execution_options=without_sync)
    terms = Quote.terms_accepted.op("-")("address")
    await session.execute(
        update(Quote).where(mine).values(terms_accepted=terms, draft=null(), address={}), execution_options=without_sync
    )
    subjects = select(Quote.id).where(mine)
    content = func.without_words(QuoteVersion.content, type_=JSONB())
    await session.execute(
        update(QuoteVersion).where(QuoteVersion.quote_id.in_(subjects)).values(content=content),
        execution_options=without_sync,
    )
    await forget_said(session, account_id, subjects, _QUOTED)
    await rewrite(session, seen_by(account_id) & about("quote."), partial(_forget, account_id=account_id))


def _forget(data: dict[str, Any], *, account_id: UUID) -> dict[str, Any]:
    """An event of a quote, which is the person's own: nobody else is a party of it but the house."""
    quote: dict[str, Any] = data["quote"]
    buyer = {**quote["buyer"], "handle": erased_handle(account_id)}
    by_them = data["actor_id"] == show_id("acc", account_id)
    said = {"said": words_left(data["said"], _QUOTED, by_them=by_them)} if "said" in data else {}
    return {**data, "quote": {**quote, "title": FORGOTTEN, "buyer": buyer}, **said}


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
