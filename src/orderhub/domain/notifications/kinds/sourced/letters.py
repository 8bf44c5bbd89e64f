"""Letters of quotes and sourced orders: the request, the proforma, the deposit, a change, the final invoice.

The proforma, the final invoice and a credit note go with their PDF; the first two with a reply address
too, to which a proof of payment may be sent back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.documents.kinds import DocumentKind
from orderhub.domain.documents.models import Document
from orderhub.domain.notifications import phrases, statements
from orderhub.domain.notifications.letters import OwnLetter, Telling, notice, statement
from orderhub.domain.notifications.rendering import Enclosure, Letter, Row
from orderhub.domain.notifications.statements import Writer, item_label
from orderhub.domain.quotes.models import Quote
from orderhub.domain.replies.addresses import DocumentReply, QuoteVersionReply, ReplyTarget
from orderhub.kit.ids import parse_id
from orderhub.kit.text import Label

REPLY_ACCEPTS: Final = Label(
    "Vous pouvez aussi répondre à ce message en joignant la preuve de votre paiement : "
    "la proforma est alors acceptée, la commande passée et la preuve transmise à notre équipe.",
    "You may also reply to this message with your proof of payment attached: "
    "the proforma is then accepted, the order placed and the proof handed to our team.",
)
REPLY_PAYS: Final = Label(
    "Vous pouvez aussi répondre à ce message en joignant la preuve de votre paiement.",
    "You may also reply to this message with your proof of payment attached.",
)
DELIVERY: Final = Label("Livraison", "Delivery")
ITEM: Final = Label("Article", "Item")
_CHANGED: Final[Mapping[str, Label]] = {
    "name": Label("Remplacé par", "Replaced by"),
    "unit_price": Label("Nouveau prix unitaire", "New unit price"),
    "quantity": Label("Nouvelle quantité", "New quantity"),
    "url": Label("Lien", "Link"),
    "note": Label("Précision", "Note"),
}


async def quote_request(telling: Telling) -> Letter | None:
    """To staff: what a customer asks for, where it goes, and what they wrote with it."""
    quote = await telling.session.get(Quote, telling.alert.quote_id)
    if quote is None or telling.account.id != HOUSE_ID:
        return None
    address = f"{telling.say(DELIVERY)}{telling.say(phrases.COLON)} {_one_line(quote.address)}"
    rows = [_wanted(line) for line in quote.lines]
    return statement(telling, rows, notes=[address], quote=quote.message)


def _wanted(line: Mapping[str, Any]) -> Row:
    shop = line["shop"] and line["shop"]["name"]
    return Row(item_label(line), " · ".join(text for text in (shop, line["note"], line["url"]) if text) or phrases.NONE)


def _one_line(address: Mapping[str, Any]) -> str:
    town = " ".join(address[part] for part in ("postcode", "city") if address.get(part))
    before, after = ("name", "company", "line1", "line2"), ("region", "country", "phone")
    parts = [*(address.get(part) for part in before), town, *(address.get(part) for part in after)]
    return ", ".join(part for part in parts if part)


async def proforma(telling: Telling) -> Letter | None:
    """To the buyer: the issued version with its PDF; a reply with a proof accepts it."""
    quote_id, n = telling.alert.quote_id, telling.event.data["quote"]["current"]
    if quote_id is None or telling.account.id == HOUSE_ID:
        return None
    document = await _proforma(telling, quote_id, n)
    if document is None:
        return None
    content, write = document.content, Writer(document.currency, telling.language)
    rows = [
        *write.sums(content),
        write.row(statements.DEPOSIT, content["deposit"], strong=True),
        write.row(statements.LATER, content["balance"]),
        Row(
            telling.say(statements.VALID_UNTIL),
            phrases.show_time(content["expires_at"], telling.language, telling.zone),
        ),
        write.day(statements.PURCHASE_BY, content["purchase_by"]),
        write.day(statements.ARRIVE_BY, content["arrive_by"]),
    ]
    notes = [*write.instructions(content), telling.say(REPLY_ACCEPTS)]
    return _with_pdf(telling, document, rows, notes, QuoteVersionReply(quote_id, n))


async def _proforma(telling: Telling, quote_id: UUID | None, n: int) -> Document | None:
    return await telling.session.scalar(
        select(Document).where(
            Document.quote_id == quote_id,
            Document.quote_version == n,
            Document.kind == DocumentKind.PROFORMA.value,
        )
    )


async def final_invoice(telling: Telling) -> Letter | None:
    """To the buyer: the final invoice with its PDF; a reply with a proof is a proof of the balance."""
    document_id = parse_id("doc", telling.event.data["said"]["document"])
    document = await telling.session.get(Document, document_id)
    if document is None or telling.account.id == HOUSE_ID:
        return None
    content, write = document.content, Writer(document.currency, telling.language)
    rows = [*write.sums(content), write.row(statements.PAID, content["paid"])]
    if content["balance"] <= 0:
        surplus = [write.row(statements.SURPLUS, -content["balance"])] if content["balance"] else []
        return _with_pdf(telling, document, [*rows, *surplus], [], None)
    rows.append(write.row(statements.BALANCE, content["balance"], strong=True))
    notes = [*write.instructions(content), telling.say(REPLY_PAYS)]
    return _with_pdf(telling, document, rows, notes, DocumentReply(document.id))


async def refund_ruled(telling: Telling) -> Letter | None:
    """To the buyer: the decision, with the credit note where there was an invoice to correct."""
    said = telling.said
    public_id = said.get("document")
    if public_id is None or telling.account.id == HOUSE_ID:
        return None
    document = await telling.session.get(Document, parse_id("doc", public_id))
    return None if document is None else replace(notice(telling), enclosure=_enclosure(telling, document))


def _enclosure(telling: Telling, document: Document) -> Enclosure:
    return Enclosure(DocumentKind(document.kind), document.content, telling.language)


def _with_pdf(
    telling: Telling, document: Document, rows: Sequence[Row], notes: Sequence[str], target: ReplyTarget | None
) -> Letter:
    remarks = document.content.get("remarks")
    letter = statement(telling, rows, notes=notes, quote=remarks)
    reply_to = telling.site.replies.make(target) if target else None
    return replace(letter, reply_to=reply_to, enclosure=_enclosure(telling, document))


async def deposit_confirmation(telling: Telling) -> Letter | None:
    """To the buyer: the order is confirmed, with what was ordered and what is left to pay."""
    order = await telling.order()
    if order is None or order.sourcing is None or order.buyer_id != telling.account.id:
        return None
    # What was agreed on stands in the proforma and what came in the event: the order may have gone on since.
    quote_id, n = parse_id("quo", order.sourcing["quote_id"]), order.sourcing["quote_version"]
    document = await _proforma(telling, quote_id, n)
    said = telling.said
    if document is None or "paid" not in said:
        return None
    write = Writer(document.currency, telling.language)
    rows = [
        *write.items(document.content["lines"]),
        write.row(statements.TOTAL, document.content["total"], strong=True),
        write.row(statements.DEPOSIT_PAID, said["paid"]["amount"]),
        write.row(statements.LATER, said["left_to_pay"]["amount"]),
    ]
    return statement(telling, rows, notes=[telling.say(phrases.PROTECTION)])


async def change_proposed(telling: Telling) -> Letter | None:
    """To the buyer: which item, and what would change."""
    order = await telling.order()
    if order is None or order.buyer_id != telling.account.id:
        return None
    said, write = telling.event.data["said"], Writer(order.currency, telling.language)
    proposed = said["proposed"]
    rows = [Row(telling.say(ITEM), said["line"])]
    for name, label in _CHANGED.items():
        if name in proposed:
            value = write.money(proposed[name]) if name == "unit_price" else str(proposed[name])
            rows.append(Row(telling.say(label), value))
    return statement(telling, rows, quote=telling.alert.params.get("quote"))


LETTERS: Final[Mapping[str, OwnLetter]] = {
    "quote.request": quote_request,
    "quote.issue": proforma,
    "sourced.confirm_payment": deposit_confirmation,
    "sourced.confirm_deposit": deposit_confirmation,
    "sourced.propose_change": change_proposed,
    "sourced.issue_final_invoice": final_invoice,
    "sourced.issue_final_invoice>ready": final_invoice,
    "rule_refund": refund_ruled,
    "sourced.rule_split": refund_ruled,
}
"""By the alert's code."""
