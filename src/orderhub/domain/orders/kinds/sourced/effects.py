"""What a row of the sourced table changes besides the status: small pure effects over a draft."""

import secrets
from dataclasses import replace
from typing import Any, Final

from orderhub.domain.orders import effects
from orderhub.domain.orders.draft import Draft
from orderhub.domain.orders.kinds.sourced import proofs
from orderhub.domain.orders.kinds.sourced.facts import (
    REVIEWS,
    amend,
    charged,
    check_total,
    instant,
    lines_left,
    promised_later,
    recount,
    sourcing_of,
    sums,
)
from orderhub.domain.process import By
from orderhub.domain.proforma.pricing import changed_line
from orderhub.kit.errors import FieldError, InvalidError, invalid_field
from orderhub.kit.ids import new_id

_CODE_DIGITS: Final = 8


def agree(draft: Draft) -> None:
    """The deposit is there: the promised arrival becomes the order's due date.

    The promises were made for a deposit within the proforma's validity; one that is confirmed later moves both
    days by as many days, so that no order is late when it begins.
    """
    draft.order.paid_at = draft.now
    late = (draft.now.date() - instant(draft.order, "valid_until").date()).days
    if late > 0:
        moved = {name: promised_later(draft.order, name, late) for name in ("purchase_by", "arrive_by")}
        amend(draft, **moved)
        draft.said |= moved
    draft.order.due_at = instant(draft.order, "arrive_by")
    assert draft.payment is not None  # noqa: S101 - the provider's rows and those of proofs bring one
    paid, currency = draft.before.held + draft.payment.captured, draft.order.currency
    draft.said |= {
        "paid": {"amount": paid, "currency": currency},
        "left_to_pay": {"amount": max(draft.order.total - paid, 0), "currency": currency},
    }


def purchase(draft: Draft) -> None:
    """Every line has the supplier's reference. Raises InvalidError naming the first that has none."""
    references = {line["line_id"]: line["supplier_reference"] for line in draft.command["lines"]}
    draft.order.lines = [
        {**line, "supplier_reference": _said_of(references, line, place, "supplier_reference")}
        for place, line in enumerate(draft.order.lines)
    ]
    _refuse_unknown(draft, set(references))


def count(draft: Draft) -> None:
    """Every line is counted; a shortfall lowers it. Raises InvalidError for a line that isn't, or has more."""
    counted = {line["line_id"]: line["counted"] for line in draft.command["lines"]}
    _refuse_unknown(draft, set(counted))
    lines: list[dict[str, Any]] = []
    for place, line in enumerate(draft.order.lines):
        found = _said_of(counted, line, place, "counted")
        if found > line["quantity"]:
            raise invalid_field(f"/lines/{place}/counted", "too_many", f"{line['quantity']} were ordered.")
        lines.append({**changed_line(line, quantity=found), "ordered": line["quantity"], "counted": found})
    if not any(line["counted"] for line in lines):
        detail = "Nothing has come: cancel the order with a reason instead, and its buyer is refunded."
        raise invalid_field("/lines", "nothing_arrived", detail)
    draft.order.lines = lines
    draft.said["shortfalls"] = [line["id"] for line in lines if line["counted"] < line["ordered"]]
    recount(draft)


def _said_of(said: dict[str, Any], line: dict[str, Any], place: int, name: str) -> Any:
    if line["id"] not in said:
        detail = f"Say '{name}' for every line; '{line['name']}' ({line['id']}) has none."
        raise InvalidError(detail, errors=(FieldError(f"/lines/{place}/{name}", "required", detail),))
    return said[line["id"]]


def _refuse_unknown(draft: Draft, said: set[str]) -> None:
    unknown = said - {line["id"] for line in draft.order.lines}
    if unknown:
        raise invalid_field("/lines", "line_unknown", f"This order has no line {min(unknown)}.")


def open_change(draft: Draft) -> None:
    """Staff propose another price, quantity or substitute for a line; the buyer answers, or the line is dropped."""
    command = draft.command
    line = next((line for line in draft.order.lines if line["id"] == command["line_id"]), None)
    if line is None:
        raise invalid_field("/line_id", "line_unknown", "Name a line of this order: `sourcing.lines` has their ids.")
    proposed = {name: command[name] for name in ("unit_price", "quantity", "name", "url", "note") if command.get(name)}
    if "unit_price" in proposed:
        proposed["unit_price"] = proposed["unit_price"]["amount"]
    if not proposed:
        raise invalid_field("/unit_price", "required", "Propose a unit price, a quantity or a substitute.")
    _check_possible(draft, changed_line(line, **proposed))
    change = {"id": str(new_id()), "at": draft.now.isoformat(), "line_id": line["id"], "proposed": proposed}
    amend(draft, change={**change, "reason": draft.required("reason")})
    draft.said |= {"line_id": line["id"], "line": line["name"], "proposed": proposed, "reason": command["reason"]}


def _check_possible(draft: Draft, changed: dict[str, Any]) -> None:
    lines = [changed if line["id"] == changed["id"] else line for line in draft.order.lines]
    facts = sourcing_of(draft.order)
    check_total(sums(replace(draft.order, lines=lines), facts["fees"], facts["freight"])["total"])


def accept_change(draft: Draft) -> None:
    """The line becomes what was proposed; the totals follow."""
    change = sourcing_of(draft.order)["change"]
    draft.order.lines = [
        changed_line(line, **change["proposed"]) if line["id"] == change["line_id"] else line
        for line in draft.order.lines
    ]
    draft.said |= {"line_id": change["line_id"], "proposed": change["proposed"]}
    amend(draft, change=None)
    recount(draft)


def drop_line(draft: Draft) -> None:
    """The line of the change that wasn't accepted goes; the totals follow."""
    change = sourcing_of(draft.order)["change"]
    draft.said["dropped"] = change["line_id"]
    draft.order.lines = list(lines_left(draft.order))
    amend(draft, change=None)
    recount(draft)


def close_change(draft: Draft) -> None:
    """The change was about the last line: the order ends with it."""
    draft.said["dropped"] = sourcing_of(draft.order)["change"]["line_id"]
    amend(draft, change=None)


def make_pick_up_code(draft: Draft) -> None:
    """The buyer gets a code that proves at the counter that it is them."""
    if sourcing_of(draft.order)["pick_up_code"] is None:
        drawn = "".join(secrets.choice("0123456789") for _ in range(_CODE_DIGITS))
        amend(draft, pick_up_code=draft.command.get("pick_up_code", drawn))


def arrange(draft: Draft) -> None:
    """How to fetch the goods, or an appointment; a newer one replaces it."""
    instructions, appointment = draft.required("instructions"), draft.command.get("appointment")
    pick_up = {"instructions": instructions, "appointment": appointment.isoformat() if appointment else None}
    amend(draft, pick_up=pick_up)
    draft.said |= pick_up


def dispatch(draft: Draft) -> None:
    """The goods are on their way; a verified feed of this carrier may tell of their delivery."""
    sent = {name: draft.command.get(name) for name in ("carrier", "tracking_number")}
    amend(draft, **sent)
    draft.said |= {name: value for name, value in sent.items() if value}


def invoice(draft: Draft) -> None:
    """Fees and freight as they came, else as they were accepted; the total follows. The engine numbers the document."""
    fees, freight = charged(draft.order, draft.command)
    amend(draft, fees=fees, freight=freight)
    recount(draft)
    order = draft.order
    balance = max(order.total - order.held, 0)
    amend(draft, invoice={"total": order.total, "balance": balance})
    draft.issues = "final_invoice"
    draft.said["balance"] = {"amount": balance, "currency": order.currency}


def credit(draft: Draft) -> None:
    """What a ruling refunds after the final invoice is taken off it by a credit note."""
    if sourcing_of(draft.order)["invoice"] is not None:
        draft.issues = "credit_note"


def resume(draft: Draft) -> None:
    """Staff let the order go on where it was. A wait that had run out has nothing left: it begins anew."""
    ran_out = draft.before.disputed_by == By.CLOCK.value
    effects.resume(draft)
    if ran_out:
        draft.order.clock_anchor = draft.now


def note_staff(draft: Draft) -> None:
    """Whoever of staff acts on the order is remembered: somebody else rules on its dispute."""
    acted = sourcing_of(draft.order)["staff"]
    if str(draft.actor_id) not in acted:
        amend(draft, staff=[*acted, str(draft.actor_id)])


def leave(draft: Draft) -> None:
    """A pending change is overtaken; a proof that nobody decided about is left, unless a dispute only interrupts."""
    order, facts = draft.order, sourcing_of(draft.order)
    if facts["change"] is not None:
        draft.overtaken.append(facts["change"]["id"])
        amend(draft, change=None)
    if facts["proof"] is not None and order.status not in (*REVIEWS, "disputed"):
        proofs.leave(draft)
