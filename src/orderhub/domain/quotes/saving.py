"""Saving a draft: staff may do so again and again while the quote is in preparation.

Each saving raises the quote's version, so that whoever issues what another has changed is told so.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Text, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.process import Actor, By
from orderhub.domain.proforma.pricing import priced
from orderhub.domain.quotes.advance import available_to
from orderhub.domain.quotes.drafting import WrittenDraft, completed
from orderhub.domain.quotes.errors import NotInPreparationError, QuoteNotFoundError
from orderhub.domain.quotes.models import Quote, QuoteVersion
from orderhub.domain.quotes.process import in_preparation
from orderhub.domain.quotes.queries import state_of
from orderhub.domain.quotes.state import with_staff
from orderhub.domain.refusals import StaffPartyError
from orderhub.domain.requests.versions import require_version
from orderhub.domain.shops.hosts import hosts_of
from orderhub.domain.shops.models import Shop
from orderhub.domain.shops.recognition import shop_at
from orderhub.infra.locking import locked
from orderhub.kit.ids import show_id
from orderhub.kit.text import parse_duration
from orderhub.kit.versions import Versions


async def take_to_draft(
    session: AsyncSession, quote_id: UUID, staff_id: UUID, now: datetime, *, expected: Versions | None = None
) -> Quote:
    """A quote in preparation, locked, in the version that the member of staff looked at.

    Raises QuoteNotFoundError, StaffPartyError for one's own quote, StaleError, NotInPreparationError.
    """
    quote = await locked(session, Quote, quote_id)
    if quote is None:
        raise QuoteNotFoundError
    if quote.buyer_id == staff_id:
        raise StaffPartyError
    require_version("quote", quote.version, expected)
    if quote.status != in_preparation.code:
        found = available_to(state_of(quote), Actor(frozenset({By.SUPPORT}), staff_id), now)
        raise NotInPreparationError(quote.status, [x.action for x in found if x.possible])
    return quote


async def save_draft(session: AsyncSession, quote: Quote, said: WrittenDraft, today: date, *, staff_id: UUID) -> None:
    """Price a draft of a quote that `take_to_draft` locked, in place of the one before; ``staff_id`` prices it.

    Raises LineUnknownError, ProformaAmountError, ProformaDatesError, InvalidError.
    """
    shops = await _shops(session, [line.url for line in said.lines if line.url])
    validity = parse_duration(quote.terms["quote"])
    quote.draft = priced(completed(said, await _known_lines(session, quote), shops, validity, today))
    quote.staff_ids = with_staff(quote.staff_ids, staff_id)
    quote.version += 1
    await session.flush()


async def _known_lines(session: AsyncSession, quote: Quote) -> Sequence[Mapping[str, Any]]:
    """As they were issued or drafted where staff added them, and else as they were asked for."""
    issued: Mapping[str, Any] | None = await session.scalar(
        select(QuoteVersion.content).where(QuoteVersion.quote_id == quote.id, QuoteVersion.n == quote.current)
    )
    contents = [content for content in (issued, quote.draft) if content is not None]
    return [*(line for content in contents for line in content["lines"]), *quote.lines]


async def _shops(session: AsyncSession, pages: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for page in pages:
        nearest = shop_at(literal(hosts_of(page), ARRAY(Text()))).scalar_subquery()
        shop = (await session.execute(select(Shop.id, Shop.name).where(Shop.id == nearest))).one_or_none()
        if shop is not None:
            found[page] = {"id": show_id("shp", shop.id), "name": shop.name}
    return found
