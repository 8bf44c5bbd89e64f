"""Where the sample stories are played: a clock that goes forward, and people who act through the real engine."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Account
from orderhub.domain.operator import Operator
from orderhub.domain.orders import engine
from orderhub.domain.process import Actor
from orderhub.domain.quotes import engine as quotes
from orderhub.domain.requests.caller import Caller
from orderhub.domain.transitions.models import Timer
from orderhub.infra.business_clock import BusinessClock
from orderhub.infra.database import Database, Statement
from orderhub.jobs.timers import ENGINES, due_timers
from orderhub.kit.clock import real_now

_REACHED: Final = func.least(
    select(func.min(Timer.due)).where(Timer.due > bindparam("after", type_=Timer.due.type)).scalar_subquery(),
    bindparam("instant", type_=Timer.due.type),
    type_=Timer.due.type,
)
_STEP: Final = Statement(
    update(BusinessClock)
    .values(ahead=func.greatest(BusinessClock.ahead, _REACHED - bindparam("now", type_=Timer.due.type)))
    .returning(_REACHED.label("reached"))
)
"""Steps the clock to the next timer, or to ``instant``; one statement, since the stories step hundreds of times."""


@dataclass(slots=True)
class Stage:
    """One database, its clock, and who is signed in through which session."""

    database: Database
    sessions: Mapping[UUID, UUID]
    reached: datetime
    """Where the stories are."""
    operator: Operator
    roles: dict[UUID, frozenset[str]] = field(default_factory=dict[UUID, frozenset[str]])

    async def caller(self, account_id: UUID) -> Caller:
        """Somebody who asks the engine for something."""
        if account_id not in self.roles:
            async with self.database.session() as session:
                account = await session.get_one(Account, account_id)
                self.roles[account_id] = frozenset(account.roles)
        return Caller(account_id, self.sessions[account_id], self.roles[account_id])

    async def act(self, account_id: UUID, order_id: UUID, action: str, command: Mapping[str, Any]) -> None:
        """Take a row of an order's table."""
        caller = await self.caller(account_id)
        await engine.perform(self.database, caller, order_id, action, command, unshown, operator=self.operator)

    async def act_on_quote(self, account_id: UUID, quote_id: UUID, action: str, command: Mapping[str, Any]) -> None:
        """Take a row of a quote's table."""
        caller = await self.caller(account_id)
        await quotes.perform(self.database, caller, quote_id, action, command, unshown, unshown, operator=self.operator)

    async def go(self, instant: datetime) -> None:
        """Let time pass until then; every timer that falls due meanwhile fires at its own instant."""
        while self.reached != instant and (due := await self._step(instant)) != instant:
            await self._fire(due)

    async def _step(self, instant: datetime) -> datetime:
        """Go to the next instant at which a timer is due, but no further than asked."""
        values = {"instant": instant, "after": self.reached, "now": real_now()}
        row = await self.database.row(_STEP, values)
        assert row is not None  # noqa: S101 - the clock's one row is there from the beginning
        self.reached = row["reached"]
        return self.reached

    async def _fire(self, now: datetime) -> None:
        async with self.database.session() as session:
            due = await due_timers(session, now)
        for timer in due:
            await ENGINES[timer.subject](self.database, timer, now)


async def turn_back(session: AsyncSession, by: timedelta) -> timedelta:
    """Let the clock stand in the past, where the stories begin; how far it was ahead before."""
    ahead = (await session.scalars(select(BusinessClock.ahead))).one()
    await session.execute(update(BusinessClock).values(ahead=ahead - by))
    return ahead


async def set_right(session: AsyncSession, ahead: timedelta) -> None:
    """The clock is as it was; nobody else has seen it otherwise."""
    await session.execute(update(BusinessClock).values(ahead=ahead))


def unshown(_loaded: object, _actor: Actor | UUID | None) -> bytes:
    """No form of what was done: nobody reads the answer."""
    return b""
