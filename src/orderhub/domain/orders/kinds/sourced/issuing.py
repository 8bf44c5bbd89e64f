"""The documents that an order's change issues: the final invoice, a credit note. In the change's own transaction."""

from collections.abc import Mapping
from typing import Any, Final

from msgspec import structs
from sqlalchemy import Text, Uuid, bindparam, select

from orderhub.domain.accounts.models import Account
from orderhub.domain.documents.content import Issue, Parties, credit_note, final_invoice
from orderhub.domain.documents.credits import credit_part, credit_whole
from orderhub.domain.documents.house import Addressee, House
from orderhub.domain.documents.issuing import Subject, document_row
from orderhub.domain.documents.kinds import DocumentKind
from orderhub.domain.documents.models import Document
from orderhub.domain.documents.numbering import next_number, year_of
from orderhub.domain.orders.change import OrderChange
from orderhub.domain.orders.kinds.sourced.details import amend, details_of, sums
from orderhub.infra.database import HotTransaction, Statement
from orderhub.kit.ids import show_id

_BUYER: Final = Statement(
    select(Account.display_name, Account.email).where(Account.id == bindparam("account_id", type_=Uuid()))
)
_INVOICE: Final = Statement(
    select(Document.content).where(
        Document.order_id == bindparam("order_id", type_=Uuid()),
        Document.kind == bindparam("kind", type_=Text()),
    )
)


async def issue(transaction: HotTransaction, change: OrderChange) -> None:
    """Number and append the document that the change issues, in the operator's name."""
    kind, house = DocumentKind(change.issues), change.operated_by.house
    known = await _read(transaction, change, kind)
    number = await next_number(transaction, kind.series, year_of(change.now, house.time_zone))
    issued = Issue(number, change.now)
    if kind is DocumentKind.FINAL_INVOICE:
        content = _invoice(change, house, issued, known)
    else:
        content = _credit(change, issued, known["content"])
    row = document_row(kind, content, Subject(order_id=change.order.id), at=change.now, by=change.actor_id)
    change.add("documents", **row)
    change.data |= {"document": show_id("doc", row["id"]), "number": number}
    if kind is DocumentKind.FINAL_INVOICE:
        invoice = details_of(change.order).invoice
        assert invoice is not None  # noqa: S101 - the effect that issues it wrote its amounts
        amend(change, invoice=structs.replace(invoice, id=show_id("doc", row["id"]), number=number))


async def _read(transaction: HotTransaction, change: OrderChange, kind: DocumentKind) -> Mapping[str, Any]:
    """Whom an invoice is for; for a credit note, the invoice that it corrects."""
    if kind is DocumentKind.FINAL_INVOICE:
        row = await transaction.row(_BUYER, {"account_id": change.order.buyer_id})
    else:
        wanted = {"order_id": change.order.id, "kind": DocumentKind.FINAL_INVOICE.value}
        row = await transaction.row(_INVOICE, wanted)
    assert row is not None  # noqa: S101 - a foreign key holds the one, the order's facts say that the other is there
    return row


def _invoice(change: OrderChange, house: House, issued: Issue, buyer: Mapping[str, Any]) -> dict[str, Any]:
    order, details = change.order, details_of(change.order)
    priced = {
        "currency": order.currency,
        "lines": order.lines,
        "fees": details.fees,
        "freight": details.freight,
        **sums(order, details.fees, details.freight),
        "payment_instructions": details.payment_instructions,
        "remarks": details.remarks,
    }
    return final_invoice(
        priced,
        Parties(Addressee(buyer["display_name"], buyer["email"], details.address), house),
        issued,
        order_id=order.id,
        paid=change.before.held,
        proforma_number=details.number,
    )


def _credit(change: OrderChange, issued: Issue, invoice: Mapping[str, Any]) -> dict[str, Any]:
    """A whole refund takes the whole invoice off, paid or not; a split the part that is refunded."""
    amount, reason = change.command.get("amount"), change.command["decision"]
    credited = credit_whole(invoice) if amount is None else credit_part(invoice, amount["amount"], reason)
    return credit_note(credited, issued, invoice=invoice, reason=reason)
