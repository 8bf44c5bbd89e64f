"""What a refund is to the sequence in ``transitions/taking.py``: held alone, since no row of its order looks at it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, Text, Uuid, bindparam, exists, select

from orderhub.domain.cases.models import CaseKind
from orderhub.domain.orders.loading import is_member, visible
from orderhub.domain.orders.models import Order
from orderhub.domain.payments.errors import RefundNotFoundError
from orderhub.domain.payments.keeping import ONE_NOTIFICATION, RepeatedNotificationError
from orderhub.domain.payments.models import Payment, Refund
from orderhub.domain.payments.process import REFUND
from orderhub.domain.process import Actor, By
from orderhub.domain.requests.conditions import session_alive, with_key
from orderhub.domain.transitions.change import Change
from orderhub.domain.transitions.holding import alone
from orderhub.domain.transitions.models import History
from orderhub.domain.transitions.rows import own_changes, take_row
from orderhub.domain.transitions.taking import Subject
from orderhub.infra.business_clock import ahead
from orderhub.infra.changes import Changes
from orderhub.infra.database import HotTransaction, Statement
from orderhub.infra.locking import LockingStatement
from orderhub.kit.clock import real_now
from orderhub.kit.ids import new_id, show_id

_TABLE: Final = Refund.__tablename__
_COLUMNS: Final = tuple(column.name for column in Refund.__table__.c)
NOBODY: Final = Actor(frozenset())


@dataclass(slots=True)
class RefundChange(Change):
    """What is about to change of a refund."""

    refund: dict[str, Any]
    """Its columns: as they are locked, and as they will be once a row is taken."""
    payer_id: UUID

    def take(self, action: str, actor: Actor, *, data: Mapping[str, Any] | None = None, **fields: Any) -> None:
        """Take a row of the refund's table. Raises as `decide` does."""
        self.refund |= fields | take_row(self, REFUND, _TABLE, self.refund, action, actor, data=data, **fields)

    def post(self, source: str, target: str) -> None:
        """Move the refund's whole amount in the ledger."""
        self.add(
            "postings",
            id=new_id(),
            source=source,
            target=target,
            amount=self.refund["amount"],
            currency=self.refund["currency"],
            order_id=self.refund["order_id"],
            payment_id=self.refund["payment_id"],
            reason=self.action,
            at=self.now,
        )

    def open_case(self, kind: CaseKind, reason: str) -> None:
        """Append a case for staff."""
        self.add(
            "cases",
            id=new_id(),
            kind=kind.value,
            order_id=self.refund["order_id"],
            payment_id=self.refund["payment_id"],
            reason=reason,
            opened_at=self.now,
        )

    def tell(self, topic: str) -> None:
        """Write the event of the refund as it will be, for whoever paid."""
        refund = self.refund
        subject = show_id("rfd", refund["id"])
        shown = {
            "id": subject,
            "order_id": show_id("ord", refund["order_id"]),
            "payment_id": show_id("pay", refund["payment_id"]),
            "amount": {"amount": refund["amount"], "currency": refund["currency"]},
            "status": refund["status"],
            "reason": refund["failure"],
        }
        data = {"refund": shown, "refund_id": subject, "tells": ["buyer"]}
        self.write_event(topic, subject, refund["version"], (self.payer_id, None), data)


@dataclass(frozen=True, slots=True)
class HeldRefund:
    """A locked refund, and what never changes of its payment and its order."""

    refund: Mapping[str, Any]
    """Its columns."""
    provider: str
    payer_id: UUID
    buyer_id: UUID
    seller_id: UUID
    shop_id: UUID | None
    member: bool
    """Whether the caller is a member of the shop that buys."""
    is_older_attempt: bool
    """Whether the attempt that a notification names is one of before."""
    now: datetime

    @property
    def is_settled(self) -> bool:
        """Whether the money is back with the payer."""
        return self.refund["settled_at"] is not None

    def change(
        self, action: str, by: By, actor: Actor = NOBODY, command: Mapping[str, Any] | None = None
    ) -> RefundChange:
        """A change that has taken no row yet."""
        return RefundChange(
            dict(self.refund),
            self.payer_id,
            action=action,
            by=by,
            actor_id=actor.account_id,
            now=self.now,
            command=command or {},
        )


def _by_id(*more: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(
            *Refund.__table__.c,
            Payment.provider.label("payment_provider"),
            Payment.payer_id,
            Order.buyer_id,
            Order.seller_id,
            Order.shop_id,
            is_member(),
            ahead().label("ahead"),
            *more,
        )
        .select_from(Refund)
        .join(Payment, Payment.id == Refund.payment_id)
        .join(Order, Order.id == Refund.order_id)
        .where(Refund.id == bindparam("refund_id", type_=Uuid()))
    )


def _tried_before() -> Any:
    """Each attempt has an id of its own at the provider; the history keeps those of earlier ones."""
    attempt = History.data["provider_id"].astext == bindparam("attempt_id", value=None, type_=Text())
    return exists().where(History.subject_id == Refund.id, attempt).label("is_older_attempt")


def _read(row: Any) -> HeldRefund:
    return HeldRefund(
        {name: row[name] for name in _COLUMNS},
        row["payment_provider"],
        row["payer_id"],
        row["buyer_id"],
        row["seller_id"],
        row["shop_id"],
        row["member"],
        row.get("is_older_attempt", False),
        real_now() + row["ahead"],
    )


async def _changes(_transaction: HotTransaction, held: HeldRefund, change: RefundChange) -> Changes:
    return own_changes(change, _TABLE, held.refund)


LOCK: Final = LockingStatement(_by_id().where(visible(), session_alive()), of=Refund)
LOCK_KEYED: Final = LockingStatement(with_key(_by_id()).where(visible(), session_alive()), of=Refund)
LOCK_INSIDE: Final = LockingStatement(_by_id(_tried_before()), of=Refund)

REFUNDS: Final[Subject[HeldRefund, RefundChange]] = Subject(
    noun="refund",
    lock=alone(LOCK, _read),
    lock_keyed=alone(LOCK_KEYED, _read),
    lock_inside=alone(LOCK_INSIDE, _read),
    visible=Statement(_by_id().where(visible(), session_alive())),
    missing=RefundNotFoundError,
    version=lambda held: held.refund["version"],
    changes=_changes,
    taken={ONE_NOTIFICATION: RepeatedNotificationError},
)
