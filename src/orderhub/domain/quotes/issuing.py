"""Publishing a version: its number, its row, and the proforma as a document; in the transaction that issues it."""

from orderhub.domain.documents.content import Issue, Parties, proforma
from orderhub.domain.documents.house import Addressee
from orderhub.domain.documents.issuing import Subject, document_row
from orderhub.domain.documents.kinds import DocumentKind
from orderhub.domain.documents.numbering import next_number, year_of
from orderhub.domain.quotes.change import QuoteChange
from orderhub.domain.quotes.loading import Loaded
from orderhub.infra.database import HotTransaction


async def publish(transaction: HotTransaction, change: QuoteChange, loaded: Loaded) -> None:
    """Number the content that the change issues, and append its rows, in the operator's name."""
    content, quote = change.issues, change.quote
    if content is None:
        return
    house = change.operated_by.house
    assert quote.current is not None  # noqa: S101 - the effect that issues has counted it
    assert quote.expires_at is not None  # noqa: S101 - likewise
    kind = DocumentKind.PROFORMA
    quote.number = await next_number(transaction, kind.series, year_of(change.now, house.time_zone))
    printed = proforma(
        content,
        Parties(Addressee(loaded.buyer.name, loaded.buyer_email, quote.address), house),
        Issue(quote.number, change.now),
        quote_id=quote.id,
        version=quote.current,
        expires_at=quote.expires_at,
    )
    subject = Subject(quote_id=quote.id, quote_version=quote.current)
    change.add("documents", **document_row(kind, printed, subject, at=change.now, by=change.actor_id))
    change.add(
        "quote_versions",
        quote_id=quote.id,
        n=quote.current,
        number=quote.number,
        content=dict(content),
        currency=content["currency"],
        total=content["total"],
        deposit=content["deposit"],
        issued_at=change.now,
        expires_at=quote.expires_at,
        issued_by=change.actor_id,
    )
    change.data["number"] = quote.number
