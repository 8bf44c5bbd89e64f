"""PNG: chunks, each with a length, a type and a checksum."""

from typing import Final

from orderhub.domain.files.pictures.outline import Outline, UnreadableError

_BEGINS: Final = 8
_AROUND: Final = 12
"""Bytes of a chunk besides its content: its length, its type and its checksum."""
_MOST_CHUNKS: Final = 20_000
"""Pixels come in chunks of 8 KB or more: 2,500 in the largest upload."""


def outline(content: bytes) -> Outline:
    """Its size and the pictures of an animation. Raises UnreadableError."""
    place, chunks, pictures = _BEGINS, 0, 0
    while len(kind := content[place + 4 : place + 8]) and kind != b"IEND":
        chunks += 1
        if chunks > _MOST_CHUNKS:
            raise UnreadableError
        pictures += kind == b"fcTL"
        place += _AROUND + int.from_bytes(content[place : place + 4])
    if content[12:16] != b"IHDR":
        raise UnreadableError
    width, height = int.from_bytes(content[16:20]), int.from_bytes(content[20:24])
    if not width * height:
        raise UnreadableError
    return Outline(width, height, max(1, pictures))
