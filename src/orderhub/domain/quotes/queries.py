"""Reads of quotes: one for its reader, a page of them, the issued versions of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.accounts.models import Account
from orderhub.domain.orders.loading import Party
from orderhub.domain.policies import queries as policies
from orderhub.domain.quotes import loading
from orderhub.domain.quotes.errors import QuoteNotFoundError
from orderhub.domain.quotes.loading import Loaded, party_of, read_loaded
from orderhub.domain.quotes.models import Quote, QuoteVersion
from orderhub.domain.quotes.state import COLUMNS, QuoteState
from orderhub.domain.requests import diagnosis
from orderhub.domain.requests.caller import Caller
from orderhub.infra.database import Database
from orderhub.infra.pages import one_more, where_given
from orderhub.kit.pages import Page, PageRequest, cut


class QuoteRole(StrEnum):
    """As what somebody looks at a list of quotes."""

    BUYER = "buyer"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Listed:
    """A quote of a list, and who asked for it."""

    quote: Quote
    buyer: Party


async def read(database: Database, caller: Caller, quote_id: UUID) -> Loaded:
    """A quote for a caller, in one statement. Raises UnauthenticatedError, QuoteNotFoundError."""
    row = await database.row(loading.READ, {"quote_id": quote_id, **caller.values()})
    if row is None:
        await diagnosis.require_alive(database, caller)
        raise QuoteNotFoundError
    return read_loaded(row)


async def load(session: AsyncSession, quote: Quote, now: datetime) -> Loaded:
    """The same from a row of this unit of work."""
    version = await session.get(QuoteVersion, (quote.id, quote.current)) if quote.current else None
    buyer = await session.get_one(Account, quote.buyer_id)
    house = await session.get_one(Account, HOUSE_ID)
    return Loaded(
        state_of(quote),
        version and version.content,
        version and version.issued_at,
        party_of(buyer),
        buyer.email,
        party_of(house),
        await policies.current(session),
        now,
    )


def state_of(quote: Quote) -> QuoteState:
    """The row as its table looks at it."""
    return QuoteState(**{name: getattr(quote, name) for name in COLUMNS})


async def visible_quote(session: AsyncSession, quote_id: UUID, account_id: UUID, *, staff: bool) -> Quote:
    """A quote that its buyer, or staff, may see. Raises QuoteNotFoundError."""
    quote = await session.get(Quote, quote_id)
    if quote is None or not (staff or quote.buyer_id == account_id):
        raise QuoteNotFoundError
    return quote


async def versions_of(session: AsyncSession, quote_id: UUID) -> Sequence[QuoteVersion]:
    """The issued versions of a quote, the newest first."""
    wanted = select(QuoteVersion).where(QuoteVersion.quote_id == quote_id)
    return (await session.scalars(wanted.order_by(QuoteVersion.n.desc()))).all()


async def quotes_of(
    session: AsyncSession, account_id: UUID | None, page: PageRequest, status: str | None
) -> Page[Listed]:
    """A page of the quotes that somebody asked for, or of everybody's for None; the newest first."""
    wanted = where_given((Quote.buyer_id, account_id), (Quote.status, status))
    query = one_more(
        select(Quote, Account).join(Account, Account.id == Quote.buyer_id).where(*wanted),
        page,
        Quote.id,
    )
    found = [Listed(quote, party_of(buyer)) for quote, buyer in await session.execute(query)]
    return cut(found, page.limit, lambda listed: listed.quote.id)
