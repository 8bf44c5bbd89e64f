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
from orderhub.domain.notifications.letters import LetterContext, OwnLetter, notice, statement
from orderhub.domain.notifications.rendering import Enclosure, Letter, Row
from orderhub.domain.notifications.statements import Writer, item_label
from orderhub.domain.orders.kinds.sourced.details import details_of
from orderhub.domain.orders.loading import state_of
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


async def quote_request(context: LetterContext) -> Letter | None:
    """To staff: what a customer asks for, where it goes, and what they wrote with it."""
    quote = await context.session.get(Quote, context.alert.quote_id)
    if quote is None or context.account.id != HOUSE_ID:
        return None
    address = f"{context.say(DELIVERY)}{context.say(phrases.COLON)} {statements.address_line(quote.address)}"
    rows = [_wanted(line) for line in quote.lines]
    return statement(context, rows, notes=[address], quote=quote.message)


def _wanted(line: Mapping[str, Any]) -> Row:
    shop = line["shop"] and line["shop"]["name"]
    return Row(item_label(line), " · ".join(text for text in (shop, line["note"], line["url"]) if text) or phrases.NONE)


async def proforma(context: LetterContext) -> Letter | None:
    """To the buyer: the issued version with its PDF; a reply with a proof accepts it."""
    quote_id, n = context.alert.quote_id, context.event.data["quote"]["current"]
    if quote_id is None or context.account.id == HOUSE_ID:
        return None
    document = await _proforma(context, quote_id, n)
    if document is None:
        return None
    content, write = document.content, Writer(document.currency, context.language)
    rows = [
        *write.sums(content),
        write.row(statements.DEPOSIT, content["deposit"], strong=True),
        write.row(statements.LATER, content["balance"]),
        Row(
            context.say(statements.VALID_UNTIL),
            phrases.show_time(content["expires_at"], context.language, context.zone),
        ),
        write.day(statements.PURCHASE_BY, content["purchase_by"]),
        write.day(statements.ARRIVE_BY, content["arrive_by"]),
    ]
    notes = [*write.instructions(content), context.say(REPLY_ACCEPTS)]
    return _with_pdf(context, document, rows, notes, QuoteVersionReply(quote_id, n))


async def _proforma(context: LetterContext, quote_id: UUID | None, n: int) -> Document | None:
    return await context.session.scalar(
        select(Document).where(
            Document.quote_id == quote_id,
            Document.quote_version == n,
            Document.kind == DocumentKind.PROFORMA.value,
        )
    )


async def final_invoice(context: LetterContext) -> Letter | None:
    """To the buyer: the final invoice with its PDF; a reply with a proof is a proof of the balance."""
    document_id = parse_id("doc", context.event.data["said"]["document"])
    document = await context.session.get(Document, document_id)
    if document is None or context.account.id == HOUSE_ID:
        return None
    content, write = document.content, Writer(document.currency, context.language)
    rows = [*write.sums(content), write.row(statements.PAID, content["paid"])]
    if content["balance"] <= 0:
        surplus = [write.row(statements.SURPLUS, -content["balance"])] if content["balance"] else []
        return _with_pdf(context, document, [*rows, *surplus], [], None)
    rows.append(write.row(statements.BALANCE, content["balance"], strong=True))
    notes = [*write.instructions(content), context.say(REPLY_PAYS)]
    return _with_pdf(context, document, rows, notes, DocumentReply(document.id))


async def refund_ruled(context: LetterContext) -> Letter | None:
    """To the buyer: the decision, with the credit note where there was an invoice to correct."""
    said = context.said
    public_id = said.get("document")
    if public_id is None or context.account.id == HOUSE_ID:
        return None
    document = await context.session.get(Document, parse_id("doc", public_id))
    return None if document is None else replace(notice(context), enclosure=_enclosure(context, document))


def _enclosure(context: LetterContext, document: Document) -> Enclosure:
    return Enclosure(DocumentKind(document.kind), document.content, context.language)


def _with_pdf(
    context: LetterContext, document: Document, rows: Sequence[Row], notes: Sequence[str], target: ReplyTarget | None
) -> Letter:
    remarks = document.content.get("remarks")
    letter = statement(context, rows, notes=notes, quote=remarks)
    reply_to = context.site.replies.make(target) if target else None
    return replace(letter, reply_to=reply_to, enclosure=_enclosure(context, document))


async def deposit_confirmation(context: LetterContext) -> Letter | None:
    """To the buyer: the order is confirmed, with what was ordered and what is left to pay."""
    order = await context.order()
    if order is None or order.buyer_id != context.account.id:
        return None
    # What was agreed on stands in the proforma and what came in the event: the order may have gone on since.
    agreed = details_of(state_of(order))
    quote_id, n = parse_id("quo", agreed.quote_id), agreed.quote_version
    document = await _proforma(context, quote_id, n)
    said = context.said
    if document is None or "paid" not in said:
        return None
    write = Writer(document.currency, context.language)
    rows = [
        *write.items(document.content["lines"]),
        write.row(statements.TOTAL, document.content["total"], strong=True),
        write.row(statements.DEPOSIT_PAID, said["paid"]["amount"]),
        write.row(statements.LATER, said["left_to_pay"]["amount"]),
    ]
    return statement(context, rows, notes=[context.say(phrases.PROTECTION)])


async def change_proposed(context: LetterContext) -> Letter | None:
    """To the buyer: which item, and what would change."""
    order = await context.order()
    if order is None or order.buyer_id != context.account.id:
        return None
    said, write = context.event.data["said"], Writer(order.currency, context.language)
    proposed = said["proposed"]
    rows = [Row(context.say(ITEM), said["line"])]
    for name, label in _CHANGED.items():
        if name in proposed:
            value = write.money(proposed[name]["amount"]) if name == "unit_price" else str(proposed[name])
            rows.append(Row(context.say(label), value))
    return statement(context, rows, quote=context.alert.params.get("quote"))


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
