"""Proofs that their order went on without: finance record what came, and it goes back to its payer.

No row of the order takes that money (docs/rules.md, Money: it is refunded whole); the case that the proof
became stays open until it is closed.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

import asyncpg
from sqlalchemy import Uuid, bindparam, select

from orderhub.domain.escrow import ledger
from orderhub.domain.orders import loading
from orderhub.domain.orders.change import OrderChange, start_change
from orderhub.domain.orders.errors import ProofNotLeftError, ReferenceUsedError
from orderhub.domain.orders.loading import Loaded, read_loaded
from orderhub.domain.orders.money import add_refund
from orderhub.domain.orders.payment_rows import change_payment
from orderhub.domain.payments.manual import MANUAL, ONE_REFERENCE, reference_key
from orderhub.domain.payments.models import Payment, Proof
from orderhub.domain.process import Actor, By
from orderhub.domain.refusals import StaffPartyError
from orderhub.domain.requests.caller import Answer, Caller
from orderhub.domain.requests.changing import attempt, conclude, find
from orderhub.domain.requests.conditions import session_alive, with_key
from orderhub.infra.changes import Changes
from orderhub.infra.database import Database, HotTransaction
from orderhub.infra.locking import LockingStatement
from orderhub.kit.errors import invalid_field
from orderhub.kit.ids import new_id

_FIELDS: Final = tuple(column.name for column in Payment.__table__.c)
_LOCK: Final = LockingStatement(
    with_key(
        select(
            *Payment.__table__.c,
            Proof.id.label("proof_id"),
            Proof.sha256.label("sha256"),
            Proof.status.label("proof_status"),
        )
        .select_from(Payment)
        .join(Proof, Proof.payment_id == Payment.id)
    )
    .where(Payment.id == bindparam("payment_id", type_=Uuid()), session_alive())
    .order_by(Proof.id.desc())
    .limit(1),
    of=Payment,
)
"""The payment with its newest proof."""

Render = Callable[[Payment], bytes]
"""Makes the body of the answer from the payment as it will be."""


async def decide_left(  # noqa: PLR0913, PLR0917 - who decides what about which payment, and how it is shown
    database: Database, caller: Caller, payment: Payment, action: str, command: Mapping[str, Any], render: Render
) -> Answer:
    """Confirm or reject a proof that its order left: ``command`` as of the order's own rows, with ``proof_sha256``.

    Raises ProofNotLeftError, StaffPartyError, the refusals of the payment's table and of the key, InvalidError
    and ReferenceUsedError.
    """

    async def make(transaction: HotTransaction) -> Answer:
        order = await find(transaction, loading.LOCK_FOR_PROVIDER, {"order_id": payment.order_id})
        row = await find(transaction, _LOCK, {"payment_id": payment.id, **caller.values()})
        changes = _decided(read_loaded(order), row, caller, action, command)
        values = {name: row[name] for name in _FIELDS} | changes.fields
        return await conclude(transaction, caller, changes, Answer(200, render(Payment(**values)), {}))

    async def require_visible() -> None:
        """Staff see every payment."""

    try:
        return await attempt(database, caller, make, require_visible)
    except asyncpg.UniqueViolationError as error:
        if ONE_REFERENCE not in str(error):
            raise
        raise ReferenceUsedError from None


def _decided(
    loaded: Loaded, payment: Mapping[str, Any], caller: Caller, action: str, command: Mapping[str, Any]
) -> Changes:
    order = loaded.order
    actor = order.actor(caller.account_id, caller.roles)
    if By.BUYER in actor.acts_as:
        raise StaffPartyError(action=action)
    if payment["proof_status"] != "left" or payment["sha256"].hex() != command["proof_sha256"]:
        raise ProofNotLeftError
    change = start_change(order, action, By.FINANCE, loaded.now, actor_id=actor.account_id, command=command)
    (_confirm if action == "confirm" else _reject)(change, payment, actor)
    return _changes(change, payment)


def _confirm(change: OrderChange, payment: Mapping[str, Any], actor: Actor) -> None:
    received, currency = change.command["received"], payment["currency"]
    if received["currency"] != currency:
        raise invalid_field("/received/currency", "currency_mismatch", f"This payment is in {currency}.")
    reference = reference_key(change.command["reference"])
    amount = received["amount"]
    change_payment(
        change,
        payment,
        "confirm",
        actor,
        captured=amount,
        captured_currency=currency,
        provider_id=reference,
        captured_at=change.now,
    )
    unapplied = ledger.unapplied(payment["id"])
    change.post(ledger.provider(MANUAL), unapplied, amount, payment["id"], currency)
    change.post(unapplied, ledger.refund(payment["id"]), amount, payment["id"], currency)
    add_refund(change, new_id(), payment["id"], amount, currency)
    _settle(change, payment, "confirmed", received=amount)


def _reject(change: OrderChange, payment: Mapping[str, Any], actor: Actor) -> None:
    reason = change.required("reason")
    change_payment(change, payment, "reject", actor, failure=reason)
    _settle(change, payment, "rejected", reason=reason)


def _settle(change: OrderChange, payment: Mapping[str, Any], status: str, **fields: Any) -> None:
    decided = {"status": status, "decided_by": change.actor_id, "decided_at": change.now, **fields}
    change.updates["proofs"] = [{"id": payment["proof_id"], **decided}]


def _changes(change: OrderChange, payment: Mapping[str, Any]) -> Changes:
    """The payment is what changes; its order stays as it is."""
    (changed,) = change.updates.pop("payments")
    own = {name: value for name, value in changed.items() if name != "id"}
    return Changes("payments", payment["id"], payment["version"], own, change.rows, change.updates)
