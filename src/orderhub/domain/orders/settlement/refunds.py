"""Refunds along their table: sent by a job, settled by the provider's word, retried or paid by hand by finance.

Each function takes one row through the sequence in ``transitions/taking.py``, in a transaction of its own.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Uuid, bindparam, select

from orderhub.domain.cases.models import CaseKind
from orderhub.domain.escrow import ledger
from orderhub.domain.orders.settlement.held_refunds import REFUNDS, HeldRefund, RefundChange
from orderhub.domain.orders.state import actor_on
from orderhub.domain.payments.keeping import RepeatedNotificationError, is_repeated, keep, kept_reason, outcome_of
from orderhub.domain.payments.models import Refund
from orderhub.domain.payments.ports import Notification, NotificationType
from orderhub.domain.payments.process import REFUND
from orderhub.domain.process import Actor, By
from orderhub.domain.refusals import TransitionError
from orderhub.domain.requests.caller import Answer, Caller
from orderhub.domain.transitions.taking import take_asked, take_inside, try_inside
from orderhub.infra.database import Database, Statement
from orderhub.kit.errors import InvalidError
from orderhub.kit.ids import parse_id
from orderhub.kit.text import Label

JOB: Final = Actor(frozenset({By.JOB}))
PROVIDER: Final = Actor(frozenset({By.PROVIDER}))
_BY_HAND: Final = ledger.provider("by_hand")
_UNSETTLED: Final = {row.start.code for row in REFUND.rows if row.start and row.action in ("send", "succeed")}
_WHICH: Final = Statement(
    select(Refund.status, is_repeated().label("repeated")).where(Refund.id == bindparam("refund_id", type_=Uuid()))
)
Render = Callable[[Refund], bytes]
"""Makes the body of the answer from the refund as it will be."""


async def refund_sent(database: Database, refund_id: UUID, provider_id: str) -> None:
    """The provider took the refund; nothing when it is no longer to be sent."""

    def decide(held: HeldRefund) -> RefundChange:
        return _send(held, provider_id)

    await try_inside(database, REFUNDS, refund_id, decide)


async def refund_failed(database: Database, refund_id: UUID, reason: str) -> None:
    """The provider refused: the money stays in ``refund:<payment>``, and staff have a case."""

    def decide(held: HeldRefund) -> RefundChange:
        if held.is_settled:
            raise TransitionError
        change = held.change("fail", By.PROVIDER)
        _fail(change, held, kept_reason(reason) or "refused")
        return change

    await try_inside(database, REFUNDS, refund_id, decide)


async def act(  # noqa: PLR0913, PLR0917 - who asks what of which refund, and how it is shown
    database: Database, caller: Caller, refund_id: UUID, action: str, command: Mapping[str, Any], render: Render
) -> Answer:
    """Finance send a failed refund once more, as a new attempt, or say how they paid it another way.

    Raises RefundNotFoundError, the refusals of the refund's table and of the key, and InvalidError.
    """

    def decide(held: HeldRefund) -> RefundChange:
        actor = actor_on(held, caller.account_id, caller.roles, member=held.member)
        change = held.change(action, By.FINANCE, actor, command)
        (_retry if action == "retry" else _pay_by_hand)(change, held, actor)
        return change

    def show(_held: HeldRefund, change: RefundChange) -> Answer:
        return Answer(200, render(Refund(**change.refund)), {})

    return await take_asked(database, caller, REFUNDS, refund_id, decide, show)


async def apply(database: Database, provider: str, note: Notification) -> str:
    """Apply a verified notification about a refund once; the answer says what came of it.

    Raises InvalidError when it names no refund of ours, and RepeatedNotificationError. A notified amount that isn't the
    refund's settles nothing and becomes a case.
    """
    refund_id = parse_id("rfd", note.reference)
    wanted = {"refund_id": refund_id, "provider": provider, "note_id": note.id}
    row = await database.row(_WHICH, wanted)
    if refund_id is None or row is None:
        raise InvalidError(
            Label(
                f"Il n’y a pas ici de remboursement {note.reference!r}.", f"There is no refund {note.reference!r} here."
            )
        )
    if row["repeated"]:
        raise RepeatedNotificationError
    given = {"attempt_id": note.provider_id}
    if row["status"] == REFUND.start.code:
        await try_inside(database, REFUNDS, refund_id, partial(_sent_before, note), given=given)
    change = await take_inside(database, REFUNDS, refund_id, partial(_applied, provider, note), given=given)
    return outcome_of(change)


def _sent_before(note: Notification, held: HeldRefund) -> RefundChange:
    """What succeeded was sent, though the provider's answer has not come yet."""
    if note.type is not NotificationType.REFUND_SUCCEEDED or _overtaken(note, held) or not _is_whole(note, held):
        raise TransitionError
    return _send(held, note.provider_id)


def _applied(provider: str, note: Notification, held: HeldRefund) -> RefundChange:
    change = held.change(ledger.TELL, By.PROVIDER)
    keep(change, provider, note, _apply(change, note, held))
    return change


def _apply(change: RefundChange, note: Notification, held: HeldRefund) -> str:
    if _overtaken(note, held):
        return "too_late"
    if note.type is NotificationType.REFUND_FAILED:
        _fail(change, held, note.reason or "refused", provider_id=note.provider_id)
        return "failed"
    if not _is_whole(note, held):
        asked = f"{held.refund['amount']} {held.refund['currency']}"
        change.open_case(
            CaseKind.FAILED_REFUND, f"The provider says it refunded {note.amount} {note.currency}, not {asked}."
        )
        return "wrong_amount"
    change.take("succeed", PROVIDER, provider_id=note.provider_id, settled_at=change.now)
    _settle(change, ledger.provider(held.provider))
    return "succeeded"


def _overtaken(note: Notification, held: HeldRefund) -> bool:
    """Whether it speaks of what is over: another attempt, or a refund that no such news changes any more.

    What succeeded may still come back, unless it was paid by hand.
    """
    refund = held.refund
    comes_back = note.type is NotificationType.REFUND_FAILED and held.is_settled and refund["reference"] is None
    if refund["status"] not in _UNSETTLED and not comes_back:
        return True
    if refund["provider_id"] is not None:
        return refund["provider_id"] != note.provider_id
    return held.is_older_attempt


def _is_whole(note: Notification, held: HeldRefund) -> bool:
    return (note.amount, note.currency) == (held.refund["amount"], held.refund["currency"])


def _send(held: HeldRefund, provider_id: str) -> RefundChange:
    change = held.change("send", By.JOB)
    change.take("send", JOB, data={"provider_id": provider_id}, provider_id=provider_id)
    return change


def _retry(change: RefundChange, held: HeldRefund, actor: Actor) -> None:
    attempts = held.refund["attempts"] + 1
    change.take("retry", actor, attempts=attempts, provider_id=None, failure=None)
    change.tell("refund.pending")


def _pay_by_hand(change: RefundChange, _held: HeldRefund, actor: Actor) -> None:
    reference = change.command["reference"]
    change.take("paid_by_hand", actor, data={"reference": reference}, reference=reference, settled_at=change.now)
    _settle(change, _BY_HAND)


def _settle(change: RefundChange, target: str) -> None:
    change.post(ledger.refund(change.refund["payment_id"]), target)
    change.tell("refund.succeeded")


def _fail(change: RefundChange, held: HeldRefund, reason: str, *, provider_id: str | None = None) -> None:
    said = {"reason": reason, "provider_id": provider_id or held.refund["provider_id"]}
    change.take("fail", PROVIDER, data=said, failure=reason, settled_at=None)
    if held.is_settled:  # it came back
        change.post(ledger.provider(held.provider), ledger.refund(held.refund["payment_id"]))
    change.open_case(CaseKind.FAILED_REFUND, f"The provider refused a refund: {reason}.")
    change.tell("refund.failed")
