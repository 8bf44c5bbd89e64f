"""What a mail is about: the quote version or the document whose reply address it was sent to."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.documents.kinds import DocumentKind
from orderhub.domain.documents.models import Document
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.orders.models import Order
from orderhub.domain.quotes.models import Quote
from orderhub.domain.replies.addresses import QuoteVersionReply, ReplyAddresses, ReplyTarget
from orderhub.domain.replies.mail import InboundMessage


def targets_of(mail: InboundMessage, addresses: ReplyAddresses) -> Sequence[ReplyTarget]:
    """What a mail may be about: one target, or none, or several that only a person can choose from.

    Where a server noted whom it delivers to, that counts; the mail may have gone to others, too.
    """
    return _within(mail.delivered_to, addresses) or _within(mail.addressed_to, addresses)


def _within(headers: Sequence[str], addresses: ReplyAddresses) -> list[ReplyTarget]:
    return list(dict.fromkeys(target for value in headers for target in addresses.within(value)))


def shown(targets: Sequence[ReplyTarget]) -> str:
    """Targets as text, the same for the same ones."""
    return " ".join(repr(target) for target in targets)


@dataclass(frozen=True, slots=True)
class Matter:
    """A target as the database knows it now."""

    buyer_id: UUID
    order_id: UUID | None
    """The order that was placed of the quote, or that the document is about."""
    order_status: str | None
    awaited: str | None
    """The status in which the order awaits the payment that this target asks for, if it asks for any."""
    quote: QuoteVersionReply | None = None


async def find(session: AsyncSession, target: ReplyTarget) -> Matter | None:
    """What a target is about; None when there is no such thing any more."""
    if isinstance(target, QuoteVersionReply):
        return await _of_quote(session, target)
    document = await session.get(Document, target.document_id)
    if document is None:
        return None
    if document.quote_id is not None and document.quote_version is not None and document.kind == DocumentKind.PROFORMA:
        return await _of_quote(session, QuoteVersionReply(document.quote_id, document.quote_version))
    order = None if document.order_id is None else await session.get(Order, document.order_id)
    return order and Matter(order.buyer_id, order.id, order.status, _awaited(order, document.kind))


async def _of_quote(session: AsyncSession, target: QuoteVersionReply) -> Matter | None:
    """An order that another version was accepted into awaits nothing from this one."""
    quote = await session.get(Quote, target.quote_id)
    if quote is None:
        return None
    order = None if quote.order_id is None else await session.get(Order, quote.order_id)
    if order is None:
        return Matter(quote.buyer_id, None, None, None, target)
    awaited = _awaited(order, DocumentKind.PROFORMA) if quote.current == target.n else None
    return Matter(quote.buyer_id, order.id, order.status, awaited, target)


def _awaited(order: Order, document: str) -> str | None:
    """The status in which a reply to this kind of document brings a proof to the order."""
    proofs = KINDS[order.kind].proofs
    return proofs and proofs.awaited.get(document)
