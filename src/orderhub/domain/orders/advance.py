"""From a locked order to everything that its change writes. Pure: decides, computes, composes rows.

The engine calls it between reading and writing; tests walk the tables with it, without a database.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Uuid, bindparam, or_, select

from orderhub.domain.decisions import Available, available, decide
from orderhub.domain.operator import Operator
from orderhub.domain.orders import effects, guards, history_data, money, saying, timers, words
from orderhub.domain.orders.change import OrderChange, start_change
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.orders.loading import Loaded, Party
from orderhub.domain.orders.payment_rows import change_payment
from orderhub.domain.orders.stages import stage_of
from orderhub.domain.orders.state import Facts, OrderState, PaymentFacts, changed_fields
from orderhub.domain.payments.models import Payment
from orderhub.domain.payments.process import PAYMENT
from orderhub.domain.policies.room import of_terms, reached
from orderhub.domain.process import PARTIES, STAFF, Actor, By, Row, Status, Target, tells
from orderhub.domain.refusals import GuardError, TransitionError
from orderhub.domain.transitions.models import Timer
from orderhub.domain.transitions.timers import cancel_step
from orderhub.infra.changes import Changes
from orderhub.infra.database import Statement
from orderhub.kit.clock import show_instant
from orderhub.kit.errors import InvalidError, invalid_field
from orderhub.kit.ids import show_id
from orderhub.kit.text import Label

CLOCK: Final = Actor(frozenset({By.CLOCK}))
OPEN_PAYMENTS: Final = Statement(
    select(Payment.id, Payment.status, Payment.version, Payment.extra_id, Payment.provider_id)
    .where(
        Payment.order_id == bindparam("order_id", type_=Uuid()),
        or_(*(Payment.status == row.start.code for row in PAYMENT.rows if row.action == "expire" and row.start)),
    )
    .with_for_update()
)


def available_to(order: OrderState, actor: Actor, now: datetime) -> tuple[Available, ...]:
    """What an actor may do with an order now, and why not yet."""
    table, facts = KINDS[order.kind].table, Facts(order, now, actor)
    found = available(table, order.status, actor, facts)
    if guards.ROOM_TO_CHANGE.holds(facts):
        return found
    return tuple(
        each
        if _ends(order, actor, each.action)
        else Available(each.action, possible=False, reason=guards.ROOM_TO_CHANGE)
        for each in found
    )


def _ends(order: OrderState, actor: Actor, action: str) -> bool:
    """Whether somebody else than a party acts, or the action ends the order: neither is ever too much."""
    table = KINDS[order.kind].table
    rows = [row for row in table.rows_of(order.status, action) if row.by & actor.acts_as]
    return all(not row.by & PARTIES or target_of(row, order) in table.final for row in rows)


def take(  # noqa: PLR0913 - everything that a decision looks at
    order: OrderState,
    actor: Actor,
    action: str,
    now: datetime,
    *,
    command: Mapping[str, Any],
    payment: PaymentFacts | None = None,
    request_id: UUID | None = None,
    operator: Operator | None = None,
) -> OrderChange:
    """The order's next state and the rows that go with it. Raises the table's refusals, InvalidError."""
    _require_own_currency(order, command)
    facts = Facts(order, now, actor, command, payment, request_id)
    row = decide(KINDS[order.kind].table, order.status, action, actor, facts)
    if not guards.ROOM_TO_CHANGE.holds(facts) and not _ends(order, actor, action):
        raise reached("order_changes", of_terms(order.terms, "order_changes"))
    by = next(iter(row.by & actor.acts_as))
    change = start_change(
        order,
        action,
        by,
        now,
        actor_id=actor.account_id,
        command=command,
        payment=payment,
        request_id=request_id,
        operator=operator,
    )
    for name in row.needs:
        change.required(name)
    _move(change, row)
    for effect in row.effects:
        effect(change)
    if row.escrow is not None and row.escrow in money.EFFECTS:
        money.EFFECTS[row.escrow](change)
    _leave(change)
    return change


def _require_own_currency(order: OrderState, command: Mapping[str, Any]) -> None:
    for name in ("amount", "received", "unit_price"):
        amount = command.get(name)
        if amount is not None and amount["currency"] != order.currency:
            raise _currency_mismatch(f"/{name}/currency", order)
    currencies: Mapping[str, str] = command.get("currencies", {})
    for pointer, currency in currencies.items():
        if currency != order.currency:
            raise _currency_mismatch(pointer, order)


def _currency_mismatch(pointer: str, order: OrderState) -> InvalidError:
    return invalid_field(
        pointer,
        "currency_mismatch",
        Label(f"Cette commande est en {order.currency}.", f"This order is in {order.currency}."),
    )


def target_of(row: Row[Facts], order: OrderState) -> str:
    """The code of the status that a row leads to."""
    if isinstance(row.to, Status):
        return row.to.code
    if row.to is Target.RESUME:
        assert order.resume_status is not None  # noqa: S101 - set when the dispute was opened
        return order.resume_status
    return order.status


def _move(change: OrderChange, row: Row[Facts]) -> None:
    """The new status; leaving one starts its clocks anew and closes what was pending."""
    order = change.order
    order.version += 1
    order.status = target_of(row, change.before)
    if order.status == change.before.status:
        return
    order.status_since = order.clock_anchor = change.now


def _leave(change: OrderChange) -> None:
    """Leaving a status closes its pending requests; one that no row leaves is the end."""
    order, kind = change.order, KINDS[change.order.kind]
    if order.status == change.before.status:
        return
    if order.status in kind.table.final:
        order.final_at = change.now
        effects.end_dispute(change)
    if order.cancellation is not None:
        change.closed_requests.append(order.cancellation["id"])
        order.cancellation = None
    kind.leave(change)
    if change.closed_requests:
        change.data["overtaken"] = change.closed_requests


def take_by_clock(loaded: Loaded, timer: Timer) -> OrderChange | None:
    """What the row of a due timer does, or None when the table refuses it."""
    order, now = loaded.order, loaded.now
    try:
        return take(order, CLOCK, timer.action, now, command={}, request_id=timer.request_id)
    except (TransitionError, GuardError):
        return None


def closes_payments(change: OrderChange) -> bool:
    """Whether payments may be open that this change makes pointless."""
    asked = KINDS[change.order.kind].asked
    before = asked.get(change.before.status)
    return bool(change.closed_extras) or (before is not None and asked.get(change.order.status) != before)


def expire_payments(change: OrderChange, open_payments: Iterable[Mapping[str, Any]]) -> None:
    """Expire the open payments of what was closed; a job closes them at the provider."""
    kept = change.payment.payment_id if change.payment else None
    for row in open_payments:
        if row["id"] == kept or (row["extra_id"] is not None and row["extra_id"] not in change.closed_extras):
            continue
        change_payment(change, row, "expire", CLOCK)
        data = {"payment_id": show_id("pay", row["id"])}
        change.event("payment.expired", show_id("pay", row["id"]), row["version"] + 1, data, both=False)


def changes_of(change: OrderChange, after: Loaded) -> Changes:
    """Everything that the change writes: fields, history, event, timers, and the effects' rows."""
    order, before = change.order, change.before
    history = change.history(order.kind, order.id, order.version, before.status, order.status)
    change.rows["history"] = [history, *change.rows.get("history", [])]
    data = event_data(after, change.action, before.status, change.by, change.actor_id)
    if change.data:
        said = history_data.shown(change.data, history_data.PRIVATE, words.to_both(after))
        data["said"] = history_data.public(said, order.currency)
    change.event("order.transitioned", show_id("ord", order.id), order.version, data)
    cancelled, fresh = timers.difference(before, order, change.now)
    if fresh:
        change.rows["timers"] = [*change.rows.get("timers", []), *fresh]
    steps = [*change.steps, *saying.steps(change, after), *([cancel_step(cancelled)] if cancelled else [])]
    return Changes(
        "orders", order.id, before.version, changed_fields(before, order), change.rows, change.updates, steps
    )


def event_data(loaded: Loaded, action: str, from_status: str | None, by: By, actor_id: UUID | None) -> dict[str, Any]:
    """The public form of an order at this moment: the same for whoever reads it, without amounts."""
    order = loaded.order
    return {
        "order": {
            "id": show_id("ord", order.id),
            "kind": order.kind,
            "status": order.status,
            "stage": stage_of(order),
            "version": order.version,
            "title": words.to_both(loaded).text(order.title),
            "due_at": show_instant(order.due_at) if order.due_at else None,
            "buyer": _party(loaded.buyer),
            "seller": _party(loaded.seller),
            "conversation_id": show_id("cnv", order.conversation_id),
        },
        "action": action,
        "from": from_status,
        "to": order.status,
        "by": "staff" if by in STAFF else by.value,
        "tells": sorted(party.value for party in tells(by)),
        # Parties read that staff acted, not who of them.
        "actor_id": show_id("acc", actor_id) if actor_id and by not in STAFF else None,
    }


def _party(party: Party) -> dict[str, str]:
    return {"id": show_id("acc", party.id), "handle": party.handle}
