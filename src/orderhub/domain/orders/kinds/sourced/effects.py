"""What a row of the sourced table changes besides the status: small pure effects over a change."""

import secrets
from dataclasses import replace
from typing import Any, Final

from orderhub.domain.orders import effects
from orderhub.domain.orders.change import OrderChange
from orderhub.domain.orders.kinds.sourced import proofs
from orderhub.domain.orders.kinds.sourced.details import (
    REVIEWS,
    Invoiced,
    LineChange,
    PickUp,
    amend,
    charged,
    check_total,
    details_of,
    later,
    lines_left,
    recount,
    sums,
)
from orderhub.domain.process import By
from orderhub.domain.proforma.pricing import changed_line
from orderhub.domain.transitions.said import says
from orderhub.kit.errors import FieldError, InvalidError, invalid_field
from orderhub.kit.ids import new_id
from orderhub.kit.text import Label

_CODE_DIGITS: Final = 8


@says("paid", "left_to_pay", perhaps=["purchase_by", "arrive_by"])
def agree(change: OrderChange) -> None:
    """The deposit is there: the promised arrival becomes the order's due date.

    The promises were made for a deposit within the proforma's validity; one that is confirmed later moves both
    days by as many days, so that no order is late when it begins.
    """
    change.order.paid_at = change.now
    details = details_of(change.order)
    late = (change.now.date() - details.valid_until.date()).days
    if late > 0:
        promised = {"purchase_by": details.purchase_by, "arrive_by": details.arrive_by}
        moved = {name: later(day, details.time_zone, late) for name, day in promised.items()}
        amend(change, **moved)
        change.data |= {name: day.isoformat() for name, day in moved.items()}
    change.order.due_at = details_of(change.order).arrive_by
    assert change.payment is not None  # noqa: S101 - the provider's rows and those of proofs bring one
    paid, currency = change.before.held + change.payment.captured, change.order.currency
    change.data |= {
        "paid": {"amount": paid, "currency": currency},
        "left_to_pay": {"amount": max(change.order.total - paid, 0), "currency": currency},
    }


def purchase(change: OrderChange) -> None:
    """Every line has the supplier's reference. Raises InvalidError naming the first that has none."""
    references = {line["line_id"]: line["supplier_reference"] for line in change.command["lines"]}
    change.order.lines = [
        {**line, "supplier_reference": _said_of(references, line, place, "supplier_reference")}
        for place, line in enumerate(change.order.lines)
    ]
    _refuse_unknown(change, set(references))


@says("shortfalls")
def count(change: OrderChange) -> None:
    """Every line is counted; a shortfall lowers it. Raises InvalidError for a line that isn't, or has more."""
    counted = {line["line_id"]: line["counted"] for line in change.command["lines"]}
    _refuse_unknown(change, set(counted))
    lines: list[dict[str, Any]] = []
    for place, line in enumerate(change.order.lines):
        found = _said_of(counted, line, place, "counted")
        if found > line["quantity"]:
            raise invalid_field(
                f"/lines/{place}/counted",
                "too_many",
                Label(f"{line['quantity']} ont été commandés.", f"{line['quantity']} were ordered."),
            )
        lines.append({**changed_line(line, quantity=found), "ordered": line["quantity"], "counted": found})
    if not any(line["counted"] for line in lines):
        detail = Label(
            "Rien n’est arrivé : annulez plutôt la commande avec un motif, et son acheteur est remboursé.",
            "Nothing has come: cancel the order with a reason instead, and its buyer is refunded.",
        )
        raise invalid_field("/lines", "nothing_arrived", detail)
    change.order.lines = lines
    change.data["shortfalls"] = [line["id"] for line in lines if line["counted"] < line["ordered"]]
    recount(change)


def _said_of(said: dict[str, Any], line: dict[str, Any], place: int, name: str) -> Any:
    if line["id"] not in said:
        detail = Label(
            f"Dites « {name} » pour chaque ligne ; « {line['name']} » ({line['id']}) n’en a pas.",
            f"Say '{name}' for every line; '{line['name']}' ({line['id']}) has none.",
        )
        raise InvalidError(detail, errors=(FieldError(f"/lines/{place}/{name}", "required", detail),))
    return said[line["id"]]


def _refuse_unknown(change: OrderChange, said: set[str]) -> None:
    unknown = said - {line["id"] for line in change.order.lines}
    if unknown:
        raise invalid_field(
            "/lines",
            "line_unknown",
            Label(f"Cette commande n’a pas de ligne {min(unknown)}.", f"This order has no line {min(unknown)}."),
        )


@says("line_id", "proposed", perhaps=["line", "reason"])
def open_change(change: OrderChange) -> None:
    """Staff propose another price, quantity or substitute for a line; the buyer answers, or the line is dropped."""
    command = change.command
    line = next((line for line in change.order.lines if line["id"] == command["line_id"]), None)
    if line is None:
        raise invalid_field(
            "/line_id",
            "line_unknown",
            Label(
                "Nommez une ligne de cette commande : `sourcing.lines` en donne les ids.",
                "Name a line of this order: `sourcing.lines` has their ids.",
            ),
        )
    proposed = {name: command[name] for name in ("unit_price", "quantity", "name", "url", "note") if command.get(name)}
    if "unit_price" in proposed:
        proposed["unit_price"] = proposed["unit_price"]["amount"]
    if not proposed:
        raise invalid_field(
            "/unit_price",
            "required",
            Label(
                "Proposez un prix unitaire, une quantité ou un remplacement.",
                "Propose a unit price, a quantity or a substitute.",
            ),
        )
    _check_possible(change, changed_line(line, **proposed))
    amend(change, change=LineChange(new_id(), change.now, line["id"], proposed, change.required("reason")))
    change.data |= {"line_id": line["id"], "line": line["name"], "proposed": proposed, "reason": command["reason"]}


def _check_possible(change: OrderChange, changed: dict[str, Any]) -> None:
    lines = [changed if line["id"] == changed["id"] else line for line in change.order.lines]
    details = details_of(change.order)
    check_total(sums(replace(change.order, lines=lines), details.fees, details.freight)["total"])


@says("line_id", "proposed")
def accept_change(change: OrderChange) -> None:
    """The line becomes what was proposed; the totals follow."""
    proposal = _proposal(change)
    change.order.lines = [
        changed_line(line, **proposal.proposed) if line["id"] == proposal.line_id else line
        for line in change.order.lines
    ]
    change.data |= {"line_id": proposal.line_id, "proposed": proposal.proposed}
    amend(change, change=None)
    recount(change)


@says("dropped")
def drop_line(change: OrderChange) -> None:
    """The line of the change that wasn't accepted goes; the totals follow."""
    change.data["dropped"] = _proposal(change).line_id
    change.order.lines = list(lines_left(change.order))
    amend(change, change=None)
    recount(change)


@says("dropped")
def close_change(change: OrderChange) -> None:
    """The change was about the last line: the order ends with it."""
    change.data["dropped"] = _proposal(change).line_id
    amend(change, change=None)


def _proposal(change: OrderChange) -> LineChange:
    proposal = details_of(change.order).change
    assert proposal is not None  # noqa: S101 - the row's guard
    return proposal


def make_pick_up_code(change: OrderChange) -> None:
    """The buyer gets a code that proves at the counter that it is them."""
    if details_of(change.order).pick_up_code is None:
        drawn = "".join(secrets.choice("0123456789") for _ in range(_CODE_DIGITS))
        amend(change, pick_up_code=change.command.get("pick_up_code", drawn))


@says(perhaps=["instructions", "appointment"])
def arrange(change: OrderChange) -> None:
    """How to fetch the goods, or an appointment; a newer one replaces it."""
    instructions, appointment = change.required("instructions"), change.command.get("appointment")
    amend(change, pick_up=PickUp(instructions, appointment))
    change.data |= {"instructions": instructions, "appointment": appointment.isoformat() if appointment else None}


@says(perhaps=["carrier", "tracking_number"])
def dispatch(change: OrderChange) -> None:
    """The goods are on their way; a verified feed of this carrier may tell of their delivery."""
    sent = {name: change.command.get(name) for name in ("carrier", "tracking_number")}
    amend(change, **sent)
    change.data |= {name: value for name, value in sent.items() if value}


@says("balance", "document", perhaps=["number"])
def invoice(change: OrderChange) -> None:
    """Fees and freight as they came, else as they were accepted; the total follows. The engine numbers the document."""
    fees, freight = charged(change.order, change.command)
    amend(change, fees=tuple(fees), freight=freight)
    recount(change)
    order = change.order
    balance = max(order.total - order.held, 0)
    amend(change, invoice=Invoiced(order.total, balance))
    change.issues = "final_invoice"
    change.data["balance"] = {"amount": balance, "currency": order.currency}


@says(perhaps=["document", "number"])
def credit(change: OrderChange) -> None:
    """What a ruling refunds after the final invoice is taken off it by a credit note."""
    if details_of(change.order).invoice is not None:
        change.issues = "credit_note"


def resume(change: OrderChange) -> None:
    """Staff let the order go on where it was. A wait that had run out has nothing left: it begins anew."""
    ran_out = change.before.disputed_by == By.CLOCK.value
    effects.resume(change)
    if ran_out:
        change.order.clock_anchor = change.now


def note_staff(change: OrderChange) -> None:
    """Whoever of staff acts on the order is remembered: somebody else rules on its dispute."""
    acted = details_of(change.order).staff
    if change.actor_id is not None and change.actor_id not in acted:
        amend(change, staff=(*acted, change.actor_id))


def leave(change: OrderChange) -> None:
    """A pending proposal is closed; so is a proof that nobody decided about, unless a dispute only interrupts."""
    order, details = change.order, details_of(change.order)
    if details.change is not None:
        change.closed_requests.append(str(details.change.id))
        amend(change, change=None)
    if details.proof is not None and order.status not in (*REVIEWS, "disputed"):
        proofs.leave(change)
