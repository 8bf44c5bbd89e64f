"""Calls in other processes: their answers, their bounds, and what is left of them."""

import asyncio
import os
import pickle
import pickletools
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from orderhub.domain.files.models import FileKind
from orderhub.infra.isolation.errors import CrashedError, DeadlineError, MemoryLimitError
from orderhub.infra.isolation.frames import dump_answer, load_answer
from orderhub.infra.isolation.pool import MOST_WAITING, Isolation
from orderhub.kit.errors import FieldError, InvalidError, OverloadedError, TooLargeError
from orderhub.kit.text import Label, Language
from tests.infra.isolation import work

MEGABYTE = 1_000_000
PATIENCE = 20

ORPHAN = """
import asyncio
from orderhub.infra.isolation.pool import Isolation
from tests.infra.isolation import work

async def main():
    async with Isolation() as isolation:
        print(await isolation.run(work.process_id, seconds=5, memory_bytes=10**8), flush=True)
        await isolation.run(work.work_for_ever, seconds=1, memory_bytes=10**8)

asyncio.run(main())
"""


@pytest.fixture
async def isolation() -> AsyncIterator[Isolation]:
    async with Isolation() as found:
        yield found


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110 - another process's end has no event
            await asyncio.sleep(0.02)


def lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


async def process_of(isolation: Isolation) -> int:
    return await isolation.run(work.process_id, seconds=5, memory_bytes=MEGABYTE * 100)


async def test_a_function_is_called_in_another_process_which_is_used_again(isolation: Isolation) -> None:
    assert isolation.processes == 0
    content = os.urandom(5 * MEGABYTE)
    assert await isolation.run(work.double, content, seconds=5, memory_bytes=100 * MEGABYTE) == content * 2
    first, second = await process_of(isolation), await process_of(isolation)
    assert first == second != os.getpid()
    assert isolation.processes == 1


async def test_what_a_library_prints_is_no_answer(isolation: Isolation) -> None:
    assert await isolation.run(work.print_much, seconds=5, memory_bytes=10 * MEGABYTE) == "said"


async def test_a_refusal_is_raised_as_it_was_and_its_process_goes_on(isolation: Isolation) -> None:
    first = await process_of(isolation)
    with pytest.raises(TooLargeError, match=r"Send less\.") as caught:
        await isolation.run(work.refuse, 12, seconds=5, memory_bytes=MEGABYTE)
    assert caught.value.extras == {"max_bytes": 12}
    assert await process_of(isolation) == first


@pytest.mark.parametrize(
    ("function", "told"),
    [
        (work.die, "SIGSEGV"),
        (work.leave, "status 3"),
        (work.fail, "ValueError: no such colour"),
        (work.answer_with_a_function, "getcwd is no class"),
    ],
)
async def test_a_call_that_breaks_says_how_and_another_process_takes_its_place(
    isolation: Isolation, function: Callable[[], None], told: str
) -> None:
    first = await process_of(isolation)
    with pytest.raises(CrashedError, match=told):
        await isolation.run(function, seconds=5, memory_bytes=MEGABYTE)
    assert await process_of(isolation) != first
    assert not lives(first)


async def test_a_call_that_takes_too_long_is_stopped_and_others_go_on(isolation: Isolation) -> None:
    first = await process_of(isolation)
    slow = asyncio.create_task(isolation.run(work.work_for_ever, seconds=1, memory_bytes=MEGABYTE))
    await asyncio.sleep(0)
    assert await process_of(isolation) != first
    with pytest.raises(DeadlineError, match="work_for_ever took longer than 1 s"):
        await slow
    assert not lives(first)


async def test_a_call_that_is_given_up_leaves_no_process_behind(isolation: Isolation) -> None:
    first = await process_of(isolation)
    slow = asyncio.create_task(isolation.run(work.work_for_ever, seconds=60, memory_bytes=MEGABYTE))
    await asyncio.sleep(0.1)
    slow.cancel()
    await asyncio.gather(slow, return_exceptions=True)
    assert (lives(first), isolation.processes) == (False, 0)


async def test_a_call_has_so_much_memory_and_no_more(isolation: Isolation) -> None:
    first = await process_of(isolation)
    wanted = 200 * MEGABYTE
    assert await isolation.run(work.take_memory, wanted, seconds=5, memory_bytes=wanted + 20 * MEGABYTE) == wanted
    assert await process_of(isolation) == first
    with pytest.raises(MemoryLimitError):
        await isolation.run(work.take_memory, wanted, seconds=5, memory_bytes=wanted - 20 * MEGABYTE)
    assert not lives(first)


async def test_a_child_is_the_first_to_go_when_the_machine_has_no_memory_left(isolation: Isolation) -> None:
    assert await isolation.run(work.worth, seconds=5, memory_bytes=MEGABYTE) == "1000"


async def test_a_child_has_neither_our_secrets_nor_our_sockets(
    isolation: Isolation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORDERHUB_AUTH_SECRET", "x" * 40)
    with socket.socket() as ours:
        ours.set_inheritable(True)
        environment, descriptors = await isolation.run(work.surroundings, seconds=5, memory_bytes=10 * MEGABYTE)
    assert "ORDERHUB_AUTH_SECRET" not in environment
    assert set(environment) <= {"PYTHONPATH", "MALLOC_ARENA_MAX", "LC_CTYPE"}
    assert [found for found in descriptors if found.startswith("socket:")] == []


async def test_no_function_takes_every_place(isolation: Isolation) -> None:
    mails = [asyncio.create_task(isolation.run(work.sleep, 60, seconds=60, memory_bytes=MEGABYTE)) for _ in range(5)]
    await until(lambda: isolation.processes == 2)
    assert await process_of(isolation) == await process_of(isolation)
    assert (isolation.processes, [task.done() for task in mails]) == (3, [False] * 5)
    for task in mails:
        task.cancel()
    await asyncio.gather(*mails, return_exceptions=True)


async def test_who_would_wait_too_long_is_told_to_come_again() -> None:
    async with Isolation(1, wait=0.2) as isolation:
        slow = asyncio.create_task(isolation.run(work.sleep, 60, seconds=60, memory_bytes=MEGABYTE))
        await until(lambda: isolation.processes == 1)
        for function in (work.process_id, work.again):
            with pytest.raises(OverloadedError) as caught:
                await isolation.run(function, seconds=5, memory_bytes=MEGABYTE)
            assert caught.value.extras == {"retry_after": 2}
        slow.cancel()
        await asyncio.gather(slow, return_exceptions=True)
        assert await isolation.run(work.again, seconds=5, memory_bytes=MEGABYTE)


async def test_only_so_many_wait_at_once() -> None:
    async with Isolation(1, wait=60) as isolation:
        calls = [
            asyncio.create_task(isolation.run(work.sleep, 60, seconds=60, memory_bytes=MEGABYTE))
            for _ in range(MOST_WAITING + 1)
        ]
        await until(lambda: isolation.processes == 1)
        with pytest.raises(OverloadedError):
            await isolation.run(work.sleep, 60, seconds=60, memory_bytes=MEGABYTE)
        for task in calls:
            task.cancel()
        await asyncio.gather(*calls, return_exceptions=True)


async def test_a_process_without_work_ends() -> None:
    async with Isolation(idle=0.1) as isolation:
        child = await process_of(isolation)
        await until(lambda: isolation.processes == 0)
        assert not lives(child)
        assert await process_of(isolation) != child


async def test_closing_ends_every_process_at_work_or_not() -> None:
    isolation = Isolation()
    child = await process_of(isolation)
    slow = asyncio.create_task(isolation.run(work.sleep, 60, seconds=60, memory_bytes=MEGABYTE))
    await asyncio.sleep(0.1)
    await process_of(isolation)
    await isolation.aclose()
    with pytest.raises(CrashedError, match="SIGKILL"):
        await slow
    assert (lives(child), isolation.processes) == (False, 0)
    with pytest.raises(OverloadedError):
        await process_of(isolation)


async def test_a_child_whose_starter_was_killed_ends_at_its_deadline() -> None:
    starter = subprocess.Popen(  # noqa: ASYNC220, S603 - our own
        [sys.executable, "-c", ORPHAN],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert starter.stdout is not None
    child = int(starter.stdout.readline())
    await asyncio.sleep(0.3)
    starter.send_signal(signal.SIGKILL)
    starter.communicate()
    assert lives(child)
    await until(lambda: not lives(child))


def test_an_answer_is_made_of_plain_values_and_classes_of_ours() -> None:
    places = (FieldError("/file", "bad", Label("Non.", "No.")),)
    ours = InvalidError(Label("Pas ainsi.", "So not."), errors=places, most=3)
    found = load_answer(pickle.dumps(ours))
    assert (found.detail, found.errors, found.extras) == (ours.detail, ours.errors, ours.extras)
    for hostile in (os.execv, subprocess.Popen, Isolation.run, load_answer, eval):
        with pytest.raises(pickle.UnpicklingError):
            load_answer(pickle.dumps(hostile))


def test_an_answer_names_nothing_but_classes() -> None:
    answer = (FileKind.IMAGE, {"kinds": [Language.FRENCH]})
    assert load_answer(dump_answer(answer)) == answer
    named = {each for code, each, _ in pickletools.genops(dump_answer(answer)) if code.name == "SHORT_BINUNICODE"}
    assert named >= {"FileKind", "Language"}
    assert "getattr" not in named
