"""Colour profiles (ICC.1:2022) for pictures that say in numbers which colours they mean, and bring no profile."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

Matrix = Sequence[Sequence[float]]
Point = tuple[float, float]

_D50: Final = (0.9642, 1.0, 0.8249)
_BRADFORD: Final = ((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296))
_OF_SRGB: Final = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
"""The curve of sRGB, which everything is taken for that is neither linear nor brighter than white."""


@dataclass(frozen=True, slots=True)
class Primaries:
    """The colours of red, green, blue and white, as x and y of CIE 1931."""

    red: Point
    green: Point
    blue: Point
    white: Point = (0.3127, 0.3290)


BY_NUMBER: Final = {
    9: Primaries((0.708, 0.292), (0.170, 0.797), (0.131, 0.046)),
    12: Primaries((0.680, 0.320), (0.265, 0.690), (0.150, 0.060)),
}
"""Those of ITU-T H.273 that differ visibly from sRGB's: BT.2020 and Display-P3."""
_BRIGHTER: Final = frozenset({16, 18})
"""Its transfer functions that go beyond white: which pixel is white depends on the screen."""


def profile_by_number(primaries: int, transfer: int) -> bytes | None:
    """The profile behind numbers of H.273, as HEIC and PNG have them; None where it is as good as sRGB."""
    found = BY_NUMBER.get(primaries)
    return None if found is None or transfer in _BRIGHTER else make_profile(found)


def make_profile(primaries: Primaries, gamma: float | None = None) -> bytes:
    """The profile of these primaries, with the curve of sRGB or with a power."""
    columns = _transposed(_adapted(primaries))
    curve = _curve(gamma)
    tags = [
        (b"desc", _text("pictures")),
        (b"cprt", _text("CC0")),
        (b"wtpt", _place(_D50)),
        *((name, _place(column)) for name, column in zip((b"rXYZ", b"gXYZ", b"bXYZ"), columns, strict=True)),
        *((name, curve) for name in (b"rTRC", b"gTRC", b"bTRC")),
    ]
    table, body, start = b"", b"", 128 + 4 + 12 * len(tags)
    for name, content in tags:
        table += struct.pack(">4sII", name, start + len(body), len(content))
        body += content
    size = start + len(body)
    head = struct.pack(">I4sI4s4s4s", size, b"\0\0\0\0", 0x04300000, b"mntr", b"RGB ", b"XYZ ")
    head += bytes(12) + b"acsp" + bytes(28) + _numbers(_D50)
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body


def _adapted(primaries: Primaries) -> Matrix:
    """The matrix from linear RGB to XYZ as it looks under D50."""
    columns = [_tristimulus(each) for each in (primaries.red, primaries.green, primaries.blue)]
    white = _tristimulus(primaries.white)
    shares = _solve(_transposed(columns), white)
    to_xyz = [[column[row] * share for column, share in zip(columns, shares, strict=True)] for row in range(3)]
    cones, wanted = _times(_BRADFORD, white), _times(_BRADFORD, _D50)
    scaled = [[value * want / cone for value in row] for row, cone, want in zip(_BRADFORD, cones, wanted, strict=True)]
    adaptation = _transposed([_solve(_BRADFORD, column) for column in _transposed(scaled)])
    return _transposed([_times(adaptation, column) for column in _transposed(to_xyz)])


def _tristimulus(point: Point) -> tuple[float, float, float]:
    x, y = point
    return x / y, 1.0, (1 - x - y) / y


def _times(matrix: Matrix, vector: Sequence[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def _transposed(matrix: Matrix) -> Matrix:
    return list(zip(*matrix, strict=True))


def _solve(matrix: Matrix, vector: Sequence[float]) -> list[float]:
    """What times the matrix is the vector (Cramer's rule). Raises ZeroDivisionError when nothing is."""
    whole = _determinant(matrix)
    columns = _transposed(matrix)
    return [_determinant([*columns[:i], vector, *columns[i + 1 :]]) / whole for i in range(3)]


def _determinant(m: Matrix) -> float:
    return sum(
        m[0][i] * (m[1][(i + 1) % 3] * m[2][(i + 2) % 3] - m[1][(i + 2) % 3] * m[2][(i + 1) % 3]) for i in range(3)
    )


def _numbers(values: Sequence[float]) -> bytes:
    """Signed, with 16 bits before the point and 16 after it. Raises struct.error for what does not fit."""
    return struct.pack(f">{len(values)}i", *(round(value * 65536) for value in values))


def _place(values: Sequence[float]) -> bytes:
    return b"XYZ \0\0\0\0" + _numbers(values)


def _curve(gamma: float | None) -> bytes:
    if gamma is None:
        return b"para\0\0\0\0" + struct.pack(">HH", 3, 0) + _numbers(_OF_SRGB)
    return b"para\0\0\0\0" + struct.pack(">HH", 0, 0) + _numbers((gamma,))


def _text(text: str) -> bytes:
    encoded = text.encode("utf-16-be")
    found = b"mluc\0\0\0\0" + struct.pack(">II2s2sII", 1, 12, b"en", b"US", len(encoded), 28) + encoded
    return found.ljust(-(-len(found) // 4) * 4, b"\0")
