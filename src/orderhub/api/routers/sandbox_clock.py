"""The sandbox clock: lets time pass, for trying out deadlines. Production has no such route."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from orderhub.api.dependencies import AppParts, DatabaseSession, Public
from orderhub.api.problems import problems
from orderhub.api.routing import Router
from orderhub.api.schemas.sandbox_clock import AdvanceClock, ClockOut
from orderhub.infra.business_clock import business_now, going_to
from orderhub.kit.errors import NotFoundError

router = Router(prefix="/sandbox/clock")


class Progress(Protocol):
    """How far the clock has come."""

    @property
    def now(self) -> datetime:
        """Where it stands."""
        ...

    @property
    def goal(self) -> datetime | None:
        """Where it is going; None once it is there."""
        ...


@dataclass(frozen=True, slots=True)
class SandboxClock:
    """What moves the clock, among `Parts.others`; ``bootstrap.py`` gives it in development only."""

    advance: Callable[[timedelta], Awaitable[Progress]]


@router.get("", summary="Read the business time", dependencies=[Public], responses=problems(404))
async def get_clock(parts: AppParts, session: DatabaseSession) -> ClockOut:
    """The business time that deadlines, history and events are in."""
    _clock(parts)
    return ClockOut(now=await business_now(session), going_to=await going_to(session))


@router.post("/advance", summary="Let time pass", dependencies=[Public], responses=problems(404, 422, 503))
async def advance_clock(parts: AppParts, body: AdvanceClock) -> ClockOut:
    """Steps to each due instant in order, does what falls due there, and answers when all is done.

    When that takes long, the answer comes before: `going_to` says that it goes on, whoever is listening. Time
    that is added meanwhile, or after the server was stopped, comes on top of it.
    """
    found = await _clock(parts).advance(body.by)
    return ClockOut(now=found.now, going_to=found.goal)


def _clock(parts: AppParts) -> SandboxClock:
    clock = parts.others.get(SandboxClock)
    if clock is None:
        raise NotFoundError
    return clock
