"""How the commands speak: sentences on a terminal or in a pipe, and progress for what takes a while."""

import atexit
import os
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from typing import Final, Never, TextIO

from rich.console import Console

from orderhub.infra.embedded_postgres import EmbeddedPostgresError
from orderhub.kit.errors import DomainError

_WORTH_SAYING: Final = 1.0
"""Seconds from which on a step's duration is told."""


class RefusedError(Exception):
    """An expected reason why a command can't go on; its text is the sentence that is shown."""


def console(stream: TextIO | None = None) -> Console:
    """Plain in a pipe, coloured on a terminal; never cuts or folds a line of its own accord."""
    return Console(file=stream or sys.stdout, highlight=False, soft_wrap=True, emoji=False)


def say(sentence: str) -> None:
    """Tell something on standard output, at once."""
    console().print(sentence, markup=False)


def complain(sentence: str) -> None:
    """Tell what went wrong, on standard error."""
    console(sys.stderr).print(sentence, markup=False, style="red")


def reported(command: Callable[[], None]) -> int:
    """Run a command: its exit status; what was expected to go wrong is told in one sentence."""
    try:
        command()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0
    except (RefusedError, EmbeddedPostgresError) as reason:
        complain(f"orderhub: {reason}")
    except DomainError as reason:
        complain(f"orderhub: {_sentence(reason)}")
    return 1


def _sentence(reason: DomainError) -> str:
    details = [error.detail.en for error in reason.errors] or ([reason.detail.en] if reason.detail else [])
    return f"{reason.title.en}. {' '.join(details)}".strip()


@contextmanager
def step(name: str) -> Generator[None]:
    """Tell that something begins, keep a terminal company while it lasts, and tell how long it took."""
    began = time.monotonic()
    shown = console()
    if shown.is_terminal and os.environ.get("TERM") != "dumb":
        with shown.status(f"{name} …"):
            yield
    else:
        shown.print(f"{name} …", markup=False)
        yield
    took = time.monotonic() - began
    if shown.is_terminal:
        shown.print(f"[green]✓[/green] {name} [dim]{took:.1f} s[/dim]")
    elif took > _WORTH_SAYING:
        shown.print(f"{name}: done in {took:.1f} s")


def leave(status: int) -> Never:
    """End the process, everything told and flushed.

    The interpreter is not torn down: obstore's threads may still let go of objects, and abort when it is.
    """
    atexit._run_exitfuncs()  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - nothing public runs them
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # whoever read it may be gone
            stream.flush()
    os._exit(status)
