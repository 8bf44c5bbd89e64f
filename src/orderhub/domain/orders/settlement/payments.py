"""What a payment is to the sequence in ``transitions/taking.py``: held after its order, changed alone or with it.

Its statements have the parameters ``order_id``, which never changes, and ``payment_id``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, Uuid, and_, bindparam, select
from sqlalchemy.orm import aliased

from orderhub.domain.orders import engine
from orderhub.domain.orders.change import OrderChange
from orderhub.domain.orders.errors import ReferenceUsedError
from orderhub.domain.orders.loading import Loaded
from orderhub.domain.payments.errors import PaymentNotFoundError
from orderhub.domain.payments.keeping import ONE_NOTIFICATION, RepeatedNotificationError
from orderhub.domain.payments.manual import ONE_REFERENCE
from orderhub.domain.payments.models import Payment, Proof
from orderhub.domain.requests.conditions import session_alive, with_key
from orderhub.domain.transitions.holding import within
from orderhub.domain.transitions.rows import own_changes
from orderhub.domain.transitions.taking import Subject
from orderhub.infra.changes import Changes
from orderhub.infra.database import HotTransaction, Statement
from orderhub.infra.locking import LockingStatement


@dataclass(frozen=True, slots=True)
class Held:
    """A locked payment, with the locked order that it belongs to."""

    order: Loaded
    payment: Mapping[str, Any]
    """Its columns; for a signed-in caller also those of its newest proof, as ``proof_…``."""
    chargebacks: Sequence[Mapping[str, Any]] = ()
    """Of its order, and the one that is told of: where a chargeback is."""


def _by_id(*more: Any) -> Select[*tuple[Any, ...]]:
    return select(*Payment.__table__.c, *more).where(Payment.id == bindparam("payment_id", type_=Uuid()))


def _with_proof() -> Select[*tuple[Any, ...]]:
    newer = aliased(Proof, name="newer")
    of_payment = select(newer.id).where(newer.payment_id == Payment.id)
    newest = of_payment.order_by(newer.id.desc()).limit(1).scalar_subquery()
    found = (Proof.id, Proof.version, Proof.status, Proof.sha256)
    columns = (column.label(f"proof_{column.key}") for column in found)
    return _by_id(*columns).outerjoin(Proof, and_(Proof.payment_id == Payment.id, Proof.id == newest))


def columns_of(held: Held) -> dict[str, Any]:
    """The payment's own columns, for `Payment`."""
    return {column.name: held.payment[column.name] for column in Payment.__table__.c}


LOCK: Final = LockingStatement(_by_id(), of=Payment)
LOCK_WITH_PROOF: Final = LockingStatement(_with_proof().where(session_alive()), of=Payment)
LOCK_WITH_PROOF_KEYED: Final = LockingStatement(with_key(_with_proof()).where(session_alive()), of=Payment)
_READ: Final = Statement(_by_id().where(bindparam("staff")))


async def _changes(transaction: HotTransaction, held: Held, change: OrderChange) -> Changes:
    """Those of the order where a row of it is taken; else it stays as it is, and the payment is what changes."""
    if change.order.version != change.before.version:
        return await engine.ORDERS.changes(transaction, held.order, change)
    return own_changes(change, Payment.__tablename__, held.payment)


HOLD: Final = within(engine.ORDERS.lock_inside, LOCK, Held)
PAYMENTS: Final[Subject[Held, OrderChange]] = Subject(
    noun="payment",
    lock=within(engine.ORDERS.lock_inside, LOCK_WITH_PROOF, Held),
    lock_keyed=within(engine.ORDERS.lock_inside, LOCK_WITH_PROOF_KEYED, Held),
    lock_inside=HOLD,
    visible=_READ,
    missing=PaymentNotFoundError,
    version=lambda held: held.payment["version"],
    changes=_changes,
    taken={ONE_REFERENCE: ReferenceUsedError, ONE_NOTIFICATION: RepeatedNotificationError},
)
