"""Proofs that their order went on without: finance record what came, and it goes back to its payer.

No row of the order takes that money (docs/rules.md, Money: it is refunded whole); the case that the proof
became stays open until it is closed.
"""

from collections.abc import Callable, Mapping
from typing import Any

from orderhub.domain.escrow import ledger
from orderhub.domain.orders.change import OrderChange, start_change
from orderhub.domain.orders.errors import ProofNotLeftError
from orderhub.domain.orders.money import add_refund
from orderhub.domain.orders.payment_rows import change_payment, decide_proof
from orderhub.domain.orders.settlement.payments import PAYMENTS, Held, columns_of
from orderhub.domain.payments.manual import MANUAL, reference_key
from orderhub.domain.payments.models import Payment
from orderhub.domain.payments.process import left
from orderhub.domain.process import Actor, By
from orderhub.domain.refusals import StaffPartyError
from orderhub.domain.requests.caller import Answer, Caller
from orderhub.domain.transitions.taking import take_asked
from orderhub.infra.database import Database
from orderhub.kit.errors import invalid_field
from orderhub.kit.ids import new_id
from orderhub.kit.text import Label

Render = Callable[[Payment], bytes]
"""Makes the body of the answer from the payment as it will be."""


async def decide_left(  # noqa: PLR0913, PLR0917 - who decides what about which payment, and how it is shown
    database: Database, caller: Caller, payment: Payment, action: str, command: Mapping[str, Any], render: Render
) -> Answer:
    """Confirm or reject a proof that its order left: ``command`` as of the order's own rows, with ``proof_sha256``.

    Raises ProofNotLeftError, StaffPartyError, the refusals of the payment's table and of the key, InvalidError
    and ReferenceUsedError.
    """

    def show(held: Held, change: OrderChange) -> Answer:
        (changed,) = change.updates[Payment.__tablename__]
        return Answer(200, render(Payment(**columns_of(held) | changed)), {})

    return await take_asked(
        database,
        caller,
        PAYMENTS,
        payment.id,
        lambda held: _decided(held, caller, action, command),
        show,
        given={"order_id": payment.order_id},
    )


def _decided(held: Held, caller: Caller, action: str, command: Mapping[str, Any]) -> OrderChange:
    order, payment = held.order.order, held.payment
    actor = held.order.actor(caller)
    if actor.acts_as & {By.BUYER, By.SHOP}:
        raise StaffPartyError(action=action)
    if payment["proof_status"] != left.code or payment["proof_sha256"].hex() != command["proof_sha256"]:
        raise ProofNotLeftError
    change = start_change(order, action, By.FINANCE, held.order.now, actor_id=actor.account_id, command=command)
    (_confirm if action == "confirm" else _reject)(change, payment, actor)
    return change


def _confirm(change: OrderChange, payment: Mapping[str, Any], actor: Actor) -> None:
    received, currency = change.command["received"], payment["currency"]
    if received["currency"] != currency:
        raise invalid_field(
            "/received/currency",
            "currency_mismatch",
            Label(f"Ce paiement est en {currency}.", f"This payment is in {currency}."),
        )
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
    decide_proof(change, _proof(payment), "confirm", actor, received=amount)


def _reject(change: OrderChange, payment: Mapping[str, Any], actor: Actor) -> None:
    reason = change.required("reason")
    change_payment(change, payment, "reject", actor, failure=reason)
    decide_proof(change, _proof(payment), "reject", actor, reason=reason)


def _proof(payment: Mapping[str, Any]) -> dict[str, Any]:
    return {name: payment[f"proof_{name}"] for name in ("id", "version", "status")}
