"""The worker: fan-out of events, the queue's jobs, timers and recurring jobs, each in its loop.

Any number of workers may run side by side. `run` goes on until it is told to stop and then lets
running jobs finish; `drain` does everything that is ready now, for tests and the sandbox clock.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import Final

import structlog

from orderhub.domain.events import reader
from orderhub.domain.events.rebase import rebase
from orderhub.infra.queue_consumer import Consumer, Handled
from orderhub.jobs.context import WorkerContext
from orderhub.jobs.fan_out import fan_out
from orderhub.jobs.registry import REGISTRY, Registered
from orderhub.jobs.schedule import enqueue_due
from orderhub.jobs.timers import any_due, sweep

LOG_EVERY: Final = timedelta(milliseconds=150)
QUEUE_EVERY: Final = timedelta(milliseconds=300)
TIMERS_EVERY: Final = timedelta(seconds=1)
SCHEDULE_EVERY: Final = timedelta(seconds=2)
FINISH_WITHIN: Final = timedelta(seconds=20)
_AFTER_ERROR: Final = timedelta(seconds=1)
_NAP: Final = 0.02
_log = structlog.get_logger()


class NotDrainedError(Exception):
    """Something kept the queue from becoming empty: an open transaction, or a stuck worker."""


class Worker:
    """Does what runs later, with the parts of one context."""

    def __init__(
        self,
        context: WorkerContext,
        *,
        registry: Mapping[str, Registered] = REGISTRY,
        dead_after: timedelta = timedelta(seconds=30),
    ) -> None:
        self._context = context
        self._database = context.database
        jobs = {name: Handled(partial(job.run, context), job.trying, job.lane) for name, job in registry.items()}
        self._consumer = Consumer(context.database, jobs, dead_after=dead_after)

    async def run(self, stop: asyncio.Event) -> None:
        """Work until ``stop`` is set; then finish what is running. Outages of the database are waited out."""
        loops = (
            (self._fan_out, LOG_EVERY),
            (self._take_jobs, QUEUE_EVERY),
            (self._fire_timers, TIMERS_EVERY),
            (self._enqueue_due, SCHEDULE_EVERY),
        )
        beating = asyncio.create_task(self._beat())
        try:
            async with asyncio.TaskGroup() as group:
                for step, pause in loops:
                    group.create_task(self._repeat(step, pause, stop))
        finally:
            await self._consumer.finish(FINISH_WITHIN)
            beating.cancel()
            await asyncio.gather(beating, return_exceptions=True)

    async def drain(self, *, patience: timedelta = timedelta(seconds=15)) -> None:
        """Fan out every event and do all jobs and timers that are due, until nothing is left.

        Jobs that wait for a later try are left. Raises NotDrainedError when it takes too long.
        """
        try:
            async with asyncio.timeout(patience.total_seconds()):
                while await self._do_all() or await self._anything_left():
                    pass
        except TimeoutError:
            message = f"not everything was done within {patience}"
            raise NotDrainedError(message) from None

    async def _do_all(self) -> int:
        done = await self._enqueue_due() + await sweep(self._database) + await fan_out(self._database, wait=True)
        done += await self._consumer.take()
        while self._consumer.running:
            await self._consumer.settle()
            done += await self._consumer.take()
        return done

    async def _anything_left(self) -> bool:
        if (
            (await reader.waiting(self._database)).any
            or await any_due(self._database)
            or await self._consumer.others_running()
        ):
            await asyncio.sleep(_NAP)
            return True
        return False

    async def _fan_out(self) -> int:
        waiting = await reader.waiting(self._database)
        if waiting.ahead:
            _log.warning("log_of_another_cluster", consequence="its events are numbered anew")
            await rebase(self._database)
            return 1
        done = await fan_out(self._database) if waiting.ready else 0
        if done:
            self._consumer.wake.set()
        return done

    async def _take_jobs(self) -> int:
        return await self._consumer.take()

    async def _fire_timers(self) -> int:
        return await sweep(self._database)

    async def _enqueue_due(self) -> int:
        return await enqueue_due(self._database, self._context.settings.house)

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(self._consumer.beat_every.total_seconds())
            try:
                await self._consumer.beat()
            except Exception as error:  # noqa: BLE001 - the next beat may succeed
                _log.warning("heartbeat_failed", error=type(error).__name__)

    async def _repeat(self, step: Callable[[], Awaitable[int]], pause: timedelta, stop: asyncio.Event) -> None:
        wake = self._consumer.wake if step == self._take_jobs else asyncio.Event()
        while not stop.is_set():
            try:
                wake.clear()
                done, rest = await step(), pause
            except Exception as error:  # noqa: BLE001 - an outage must not end the worker
                _log.warning("worker_loop_failed", loop=step.__name__, error=type(error).__name__)
                done, rest = 0, _AFTER_ERROR
            if not done:
                await _first(stop, wake, rest)


async def _first(stop: asyncio.Event, wake: asyncio.Event, rest: timedelta) -> None:
    """Wait for either event, at most so long."""
    waiting = {asyncio.create_task(stop.wait()), asyncio.create_task(wake.wait())}
    await asyncio.wait(waiting, timeout=rest.total_seconds(), return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
