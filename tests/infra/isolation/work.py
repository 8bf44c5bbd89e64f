"""Functions that a child process is asked to call: well-behaved ones and others."""

import os
import signal
import time
from pathlib import Path
from typing import Any

from orderhub.kit.errors import TooLargeError
from orderhub.kit.text import Label


def double(content: bytes) -> bytes:
    return content * 2


def process_id() -> int:
    return os.getpid()


def again() -> int:
    """The same for another name: turns are counted by function."""
    return os.getpid()


def print_much() -> str:
    print("x" * 100_000)  # noqa: T201 - as a library might
    return "said"


def refuse(most: int) -> None:
    raise TooLargeError(Label("Envoyez moins.", "Send less."), max_bytes=most)


def fail() -> None:
    raise ValueError("no such colour")


def die() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def leave() -> None:
    os._exit(3)


def work_for_ever() -> None:
    while True:
        pass


def sleep(seconds: float) -> int:
    time.sleep(seconds)
    return os.getpid()


def take_memory(size: int) -> int:
    return len(bytearray(size))


def answer_with_a_function() -> Any:
    return os.getcwd


def worth() -> str:
    """What the kernel makes of this process when memory is used up: 1000 is ended first."""
    return Path("/proc/self/oom_score_adj").read_text().strip()


def surroundings() -> tuple[dict[str, str], list[str]]:
    """The environment, and where each open descriptor leads."""
    descriptors = [entry for entry in Path("/proc/self/fd").iterdir() if entry.exists() or entry.is_symlink()]
    return dict(os.environ), [str(entry.readlink()) for entry in descriptors if entry.is_symlink()]
