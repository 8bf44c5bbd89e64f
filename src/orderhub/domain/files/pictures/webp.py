"""WebP: chunks of RIFF, each with a type and a length; an animation has one for each picture."""

from typing import Final

from orderhub.domain.files.pictures.outline import Outline, UnreadableError

_BEGINS: Final = 12
_MOST_CHUNKS: Final = 20_000
_HEAD: Final = 10
"""Bytes of a chunk in which its size stands."""


def outline(content: bytes) -> Outline:
    """The size of its canvas or of its largest picture, and how many pictures there are. Raises UnreadableError."""
    place, chunks, pictures, width, height = _BEGINS, 0, 0, 0, 0
    while len(kind := content[place : place + 4]):
        chunks += 1
        if chunks > _MOST_CHUNKS:
            raise UnreadableError
        length = int.from_bytes(content[place + 4 : place + 8], "little")
        size = _size(kind, content[place + 8 : place + 8 + _HEAD])
        width, height = max(width, size[0]), max(height, size[1])
        pictures += kind == b"ANMF"
        place += 8 + length + length % 2
    if not width * height:
        raise UnreadableError
    return Outline(width, height, max(1, pictures))


def _size(kind: bytes, head: bytes) -> tuple[int, int]:
    """What a chunk says of its picture's size; nothing where it says none."""
    if len(head) < _HEAD:
        return 0, 0
    match kind:
        case b"VP8X":
            return int.from_bytes(head[4:7], "little") + 1, int.from_bytes(head[7:10], "little") + 1
        case b"VP8 ":
            return int.from_bytes(head[6:8], "little") & 0x3FFF, int.from_bytes(head[8:10], "little") & 0x3FFF
        case b"VP8L":
            bits = int.from_bytes(head[1:5], "little")
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case _:
            return 0, 0
