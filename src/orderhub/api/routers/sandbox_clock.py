"""The sandbox clock: lets time pass, for trying out deadlines. Production has no such route."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from fastapi import APIRouter

from orderhub.api.dependencies import AppParts, DatabaseSession, Public
from orderhub.api.problems import problems
from orderhub.api.schemas.sandbox_clock import AdvanceClock, ClockOut
from orderhub.infra.business_clock import business_now
from orderhub.kit.errors import NotFoundError

router = APIRouter(prefix="/sandbox/clock", tags=["sandbox"])


@dataclass(frozen=True, slots=True)
class SandboxClock:
    """What moves the clock, among `Parts.others`; ``bootstrap.py`` gives it in development only."""

    advance: Callable[[timedelta], Awaitable[datetime]]


@router.get("", summary="Read the business time", dependencies=[Public], responses=problems(404))
async def read_clock(parts: AppParts, session: DatabaseSession) -> ClockOut:
    """The business time that deadlines, history and events are in."""
    _clock(parts)
    return ClockOut(now=await business_now(session))


@router.post("/advance", summary="Let time pass", dependencies=[Public], responses=problems(404, 422, 503))
async def advance_clock(parts: AppParts, body: AdvanceClock) -> ClockOut:
    """Steps to each due instant in order, does what falls due there, and answers when all is done."""
    return ClockOut(now=await _clock(parts).advance(body.by))


def _clock(parts: AppParts) -> SandboxClock:
    clock = parts.others.get(SandboxClock)
    if clock is None:
        raise NotFoundError
    return clock
