"""JPEG: markers, each with a length, and after each start of a scan data without any."""

import re
from typing import Final

from orderhub.domain.files.pictures.outline import Outline, UnreadableError

# Within a scan 0xFF is followed by 0 (a byte of data) or by a restart, which are no pieces.
_MARKER: Final = re.compile(rb"\xff([\x01-\xcf\xd8-\xfe])", re.DOTALL)
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE: Final = frozenset({0x01, 0xD8})
_SCAN, _END = 0xDA, 0xD9
_MOST_MARKERS: Final = 2000
"""The largest metadata that fits into an upload are 300, the scans of a camera's picture ten."""


def outline(content: bytes) -> Outline:
    """Its size and its scans, as far as the end of the first picture. Raises UnreadableError."""
    place = markers = scans = width = height = 0
    while (found := _MARKER.search(content, place)) is not None:
        marker, place = found[1][0], found.end()
        markers += 1
        if markers > _MOST_MARKERS:
            raise UnreadableError
        if marker == _END:
            break
        if marker in _ALONE:
            continue
        if marker in _FRAMES:
            height = max(height, int.from_bytes(content[place + 3 : place + 5]))
            width = max(width, int.from_bytes(content[place + 5 : place + 7]))
        scans += marker == _SCAN
        place += int.from_bytes(content[place : place + 2])
    if not width * height * scans:
        raise UnreadableError
    return Outline(width, height, scans)
