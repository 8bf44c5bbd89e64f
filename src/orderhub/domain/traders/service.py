"""Submitting the facts of a trader, and what staff decide about them."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts import events
from orderhub.domain.accounts.errors import OwnAccountError
from orderhub.domain.accounts.locking import held_account, lock_account
from orderhub.domain.audit import log
from orderhub.domain.requests.conditions import SIGNED_OUT
from orderhub.domain.traders.errors import TraderDecidedError
from orderhub.domain.traders.facts import TraderFacts, check_facts
from orderhub.domain.traders.models import Trader, TraderStatus
from orderhub.domain.traders.queries import no_trader
from orderhub.kit.errors import UnauthenticatedError
from orderhub.kit.ids import new_id, show_id
from orderhub.kit.text import Label


class Decision(StrEnum):
    """What staff decide about a trader."""

    VERIFY = "verify"
    REFUSE = "refuse"
    REVOKE = "revoke"
    """End what is in force."""


async def submit(session: AsyncSession, account_id: UUID, said: TraderFacts, *, now: datetime) -> Trader:
    """Keep what an account says of itself for staff to look at; what they verified before holds meanwhile.

    The same facts again change nothing, unless staff had refused them. Raises InvalidError, and
    UnauthenticatedError where the account was erased meanwhile.
    """
    facts = check_facts(said)
    if (await held_account(session, account_id)).erased_at is not None:
        raise UnauthenticatedError(SIGNED_OUT)
    trader = await session.get(Trader, account_id, populate_existing=True)
    if trader is None:
        trader = Trader(account_id=account_id, verified=None, verified_at=None)
        session.add(trader)
    elif facts_of(trader) == facts.document() and trader.status != TraderStatus.REFUSED:
        return trader
    for name, value in facts.document().items():
        setattr(trader, name, value)
    trader.id, trader.status, trader.submitted_at = new_id(), TraderStatus.PENDING.value, now
    trader.decided_at = trader.decided_by = trader.reason = None
    await session.flush()
    return trader


async def decide(  # noqa: PLR0913 - a decision, named
    session: AsyncSession, submission_id: UUID, decision: Decision, *, by: UUID, reason: str | None, now: datetime
) -> Trader:
    """Verify or refuse what was submitted, or revoke what is in force; audited, and the account is told.

    Raises TraderNotFoundError, OwnAccountError, and TraderDecidedError for what does not wait for this decision.
    """
    trader = await _take(session, submission_id, by)
    before = {"status": trader.status, "trader": trader.verified is not None}
    if decision is Decision.REVOKE:
        _require(trader, is_open=trader.verified is not None)
        trader.verified = trader.verified_at = None
    else:
        _require(trader, is_open=trader.status == TraderStatus.PENDING)
    if decision is Decision.VERIFY:
        trader.verified, trader.verified_at = facts_of(trader), now
    trader.status = (TraderStatus.VERIFIED if decision is Decision.VERIFY else TraderStatus.REFUSED).value
    trader.decided_at, trader.decided_by, trader.reason = now, by, reason
    after = {"status": trader.status, "trader": trader.verified is not None, "reason": reason}
    topic = _TOLD[decision]
    subject = show_id("acc", trader.account_id)
    log.record(session, account_id=by, action=topic, subject=subject, before=before, after=after, at=now)
    await session.flush()
    await events.record(session, trader.account_id, topic, at=now)
    return trader


def facts_of(trader: Trader) -> dict[str, object]:
    """What was submitted last, as `TraderFacts.document` writes it."""
    return {
        "name": trader.name,
        "registration_number": trader.registration_number,
        "vat_number": trader.vat_number,
        "address": trader.address,
    }


_TOLD = {
    Decision.VERIFY: events.TRADER_VERIFIED,
    Decision.REFUSE: events.TRADER_REFUSED,
    Decision.REVOKE: events.TRADER_REVOKED,
}


async def _take(session: AsyncSession, submission_id: UUID, by: UUID) -> Trader:
    """The row of this submission, under the lock of its account. It may have been submitted anew meanwhile."""
    account_id = await session.scalar(select(Trader.account_id).where(Trader.id == submission_id))
    if account_id is None:
        raise no_trader()
    await lock_account(session, account_id)
    trader = await session.get(Trader, account_id, populate_existing=True)
    if trader is None or trader.id != submission_id:
        raise no_trader()
    if trader.account_id == by:
        raise OwnAccountError(Label("Demandez à un collègue.", "Ask a colleague."))
    return trader


def _require(trader: Trader, *, is_open: bool) -> None:
    if not is_open:
        raise TraderDecidedError(
            Label(
                "Relisez : `status` dit ce qui a été décidé, et `verified` ce qui est en vigueur.",
                "Read it again: `status` says what was decided, and `verified` what is in force.",
            ),
            trader_status=trader.status,
        )
