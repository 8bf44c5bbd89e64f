"""HEIC: boxes within boxes (ISO 14496-12). A picture is put together of tiles; what it refers to is counted."""

from collections.abc import Iterator
from typing import Final

from orderhub.domain.files.pictures.outline import Outline, UnreadableError

_PARENTS: Final = {b"meta": 4, b"iprp": 0, b"ipco": 0}
"""Boxes that are looked into, and how many bytes come before what is in them."""
_MOST_BOXES: Final = 5000
_BYTES_OF_TILES: Final = 16_000
"""Up to four bytes each. A picture of 40 million pixels has 160 tiles, its map of brightness 40 more."""
_DEEPEST: Final = 4


def outline(content: bytes) -> Outline:
    """The size of its largest picture. Raises UnreadableError, also for one of too many tiles."""
    largest = Outline(0, 0)
    for boxes, (kind, start, end) in enumerate(_boxes(content, 0, len(content)), 1):
        if boxes > _MOST_BOXES or (kind == b"iref" and end - start > _BYTES_OF_TILES):
            raise UnreadableError
        if kind == b"ispe":
            sides = int.from_bytes(content[start + 4 : start + 8]), int.from_bytes(content[start + 8 : start + 12])
            largest = max(largest, Outline(*sides), key=lambda each: each.pixels)
    if not largest.pixels:
        raise UnreadableError
    return largest


def _boxes(content: bytes, start: int, end: int, depth: int = 1) -> Iterator[tuple[bytes, int, int]]:
    """Each box with where its content begins and ends, those within it after it."""
    while start + 8 <= end:
        length, kind = int.from_bytes(content[start : start + 4]), content[start + 4 : start + 8]
        inner = start + 8
        if length == 1:
            length, inner = int.from_bytes(content[inner : inner + 8]), inner + 8
        stop = min(start + length, end) if length else end
        if stop < inner:
            raise UnreadableError
        yield kind, inner, stop
        if kind in _PARENTS and depth < _DEEPEST:
            yield from _boxes(content, inner + _PARENTS[kind], stop, depth + 1)
        start = stop
