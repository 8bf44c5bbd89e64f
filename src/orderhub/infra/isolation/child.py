"""The other process: does one call after another until nobody sends any more. Imports little, to start fast.

It has no secret in its environment and no descriptor but its two pipes. The kernel ends it at the deadline
even when whoever started it is gone.
"""

import os
import pickle
import resource
import signal
import traceback
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final

from orderhub.infra.isolation.frames import ANSWER, BEGUN, FAILED, HEADER, MEMORY, REFUSED, Call, dump_answer
from orderhub.kit.errors import DomainError

LATER: Final = 2.0
"""Seconds after the deadline at which the kernel ends a child that nobody has ended."""
_USED: Final = Path("/proc/self/statm")
_WORTH: Final = Path("/proc/self/oom_score_adj")
_LEAST: Final = "1000"
"""When the machine's memory is used up the kernel ends this process first: never the database for a mail."""


def main() -> None:
    """Serve the pipes that the process was started with."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    _point_elsewhere(0, 1)  # what a library prints is no answer
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # nothing of what people sent is left on the disk
    with suppress(OSError):
        _WORTH.write_text(_LEAST)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # whoever started us is told the same, and ends us in time
    with suppress(BrokenPipeError):
        while header := requests.read(HEADER.size):
            _, length = HEADER.unpack(header)
            _serve(requests.read(length), answers)


def _point_elsewhere(*descriptors: int) -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in descriptors:
        os.dup2(nowhere, descriptor)
    os.close(nowhere)


def _serve(request: bytes, answers: BinaryIO) -> None:
    try:
        call: Call = pickle.loads(request)  # noqa: S301 - from whoever started us
    except Exception:  # noqa: BLE001 - told to whoever asked for it
        _write(answers, FAILED, traceback.format_exc().encode())
        return
    del request
    _write(answers, BEGUN, b"")
    kind, content = _bounded(call)
    _write(answers, kind, content)


def _bounded(call: Call) -> tuple[bytes, bytes]:
    """The pickled outcome of a call, made within its bounds."""
    signal.setitimer(signal.ITIMER_REAL, call.seconds + LATER)
    unbounded = resource.getrlimit(resource.RLIMIT_AS)
    try:
        _limit_memory(call.memory_bytes, unbounded[1])
        return _outcome(call)
    except MemoryError:
        return MEMORY, b""
    finally:
        resource.setrlimit(resource.RLIMIT_AS, unbounded)
        signal.setitimer(signal.ITIMER_REAL, 0)


def _limit_memory(more: int, hard: int) -> None:
    """Allow so many bytes more than are used now. Without Linux's ``/proc`` there is the deadline alone."""
    if _USED.exists():
        used = int(_USED.read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + more, hard))


def _outcome(call: Call) -> tuple[bytes, bytes]:
    try:
        return ANSWER, dump_answer(call.function(*call.args))
    except MemoryError:
        raise
    except DomainError as refusal:
        return REFUSED, dump_answer(refusal)
    except Exception:  # noqa: BLE001 - whatever it is, it is told to whoever asked
        return FAILED, traceback.format_exc().encode()


def _write(answers: BinaryIO, kind: bytes, content: bytes) -> None:
    answers.write(HEADER.pack(kind, len(content)))
    answers.write(content)
    answers.flush()


if __name__ == "__main__":
    main()
