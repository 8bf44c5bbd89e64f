"""The public form of what only a sourced order has, for one reader. Plain dictionaries.

The pick-up code is its buyer's alone: whoever hands the goods over asks for it. The proof's hash is what
an approval names.
"""

from collections.abc import Mapping
from typing import Any, Final

from orderhub.domain.accounts.phones import wa_me_link
from orderhub.domain.orders import shown
from orderhub.domain.orders.kinds.kind import Document
from orderhub.domain.orders.kinds.sourced.details import (
    Invoiced,
    LineChange,
    PendingProof,
    SourcedDetails,
    details_of,
    due,
    sums,
)
from orderhub.domain.orders.state import OrderState
from orderhub.kit.clock import show_instant
from orderhub.kit.ids import show_id

ABSENT: Final[Document] = {"sourcing": None}


def line(line: Mapping[str, Any]) -> Mapping[str, Any]:
    """An article in the words of all kinds: `sourcing.lines` says the rest."""
    return {"id": line["id"], "title": line["name"], "price": line["amount"], "days": 0}


def show(order: OrderState, role: str) -> Document:
    """All of it under one name."""
    return {"sourcing": _sourcing(order, role)}


def _sourcing(order: OrderState, role: str) -> Document:
    """Lines, fees, freight, totals, what is due, and what waits for whom."""
    details, currency = details_of(order), order.currency
    freight = details.freight
    computed = sums(order, details.fees, freight)
    return {
        "quote_id": details.quote_id,
        "quote_version": details.quote_version,
        "number": details.number,
        "lines": [_line(line, currency) for line in order.lines],
        "fees": [_with_money(fee, currency, "amount") for fee in details.fees],
        "freight": _with_money(freight, currency, "amount", "rate_per_kg") if freight else None,
        "taxes": [_with_money(tax, currency, "base", "amount") for tax in computed["taxes"]],
        "goods": _money(computed["goods"], currency),
        "fees_total": _money(computed["fees_total"], currency),
        "freight_total": _money(computed["freight_total"], currency),
        "tax_total": _money(computed["tax_total"], currency),
        "total": _money(order.total, currency),
        "deposit": _money(details.deposit, currency),
        "due": _money(due(order), currency),
        "payment_instructions": list(details.payment_instructions),
        "remarks": details.remarks,
        "address": details.address or None,
        "valid_until": show_instant(details.valid_until),
        "purchase_by": show_instant(details.purchase_by),
        "arrive_by": show_instant(details.arrive_by),
        "change": _change(details.change, currency),
        "proof": _proof(details.proof, currency) if details.proof else None,
        "invoice": _invoice(details.invoice, currency),
        "pick_up": _pick_up(details, role),
        "carrier": details.carrier,
        "tracking_number": details.tracking_number,
        "whatsapp_link": _whatsapp(order, details) if role == "staff" else None,
    }


def _line(line: Mapping[str, Any], currency: str) -> Document:
    shown = _with_money(line, currency, "unit_price", "amount")
    return {"ordered": None, **shown}


def _with_money(part: Mapping[str, Any], currency: str, *names: str) -> Document:
    return {**part, **{name: None if part[name] is None else _money(part[name], currency) for name in names}}


def _money(amount: int, currency: str) -> Document:
    return {"amount": amount, "currency": currency}


def _change(change: LineChange | None, currency: str) -> Document | None:
    if change is None:
        return None
    proposed = change.proposed
    unit_price = proposed.get("unit_price")
    return {
        "line_id": change.line_id,
        "asked_at": show_instant(change.at),
        "reason": change.reason,
        "unit_price": None if unit_price is None else _money(unit_price, currency),
        **{name: proposed.get(name) for name in ("quantity", "name", "url", "note")},
    }


def pending_proof(order: OrderState) -> Document:
    """The proof under review; there is one."""
    proof = details_of(order).proof
    assert proof is not None  # noqa: S101 - whoever asks has just sent it
    return _proof(proof, order.currency)


def _proof(proof: PendingProof, currency: str) -> Document:
    return {
        "id": show_id("pro", proof.id),
        "payment_id": show_id("pay", proof.payment_id),
        "file_id": show_id("fil", proof.file_id),
        "sha256": proof.sha256,
        "amount": None if proof.amount is None else _money(proof.amount, currency),
        "method": proof.method,
        "reference": proof.reference,
        "via": proof.via,
        "submitted_at": show_instant(proof.at),
    }


def _invoice(invoice: Invoiced | None, currency: str) -> Document | None:
    if invoice is None:
        return None
    return {
        "id": invoice.id,
        "number": invoice.number,
        "total": _money(invoice.total, currency),
        "balance": _money(invoice.balance, currency),
    }


def _pick_up(details: SourcedDetails, role: str) -> Document | None:
    if details.pick_up_code is None:
        return None
    said = details.pick_up
    return {
        "code": details.pick_up_code if role == "buyer" else None,
        "instructions": said and said.instructions,
        "appointment": shown.instant(said.appointment if said else None),
    }


def _whatsapp(order: OrderState, details: SourcedDetails) -> str | None:
    """What staff open to write to the buyer by hand: how the goods are fetched, once that is arranged."""
    phone, pick_up = details.address.get("phone"), details.pick_up
    if not phone:
        return None
    name = f"{order.title} ({show_id('ord', order.id)})"
    at = pick_up.appointment if pick_up else None
    said = [name] if pick_up is None else [name, pick_up.instructions, at.isoformat() if at else ""]
    return wa_me_link(phone, "\n".join(filter(None, said)))
