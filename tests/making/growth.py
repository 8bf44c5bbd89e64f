"""How the processor time of something grows with its input."""

import time
from collections.abc import Callable
from typing import Final

_TRIES: Final = 3
_LEAST: Final = 0.002
"""Seconds: what is quicker than this is noise, and harms nobody."""
_ENOUGH: Final = 2.5


def growth(work: Callable[[str], object], piece: str, length: int) -> float:
    """The processor time of ``length`` characters of a repeated piece, over that of half as many."""
    text = (piece * (length // len(piece) + 1))[:length]
    work(text[: length // 4])
    least = float("inf")
    for turn in range(_TRIES):
        # Each text is another, so that no answer is remembered.
        whole, half = f"{text[:-1]}{turn}", f"{text[: length // 2 - 1]}{turn}"
        least = min(least, _time(work, whole) / max(_time(work, half), _LEAST))
        if least < _ENOUGH:
            break
    return least


def _time(work: Callable[[str], object], text: str) -> float:
    started = time.process_time()
    work(text)
    return time.process_time() - started
