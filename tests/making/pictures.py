"""Pictures as people and attackers send them."""

import struct
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from zlib import compress, crc32

from PIL import Image, ImageChops, ImageStat

SIZE: Final = (64, 48)
SECRET: Final = "Atelier de Bruno, 12 rue des Lilas"
_HEIC: Final = Path(__file__).parent / "heic"


def downwards(size: tuple[int, int] = SIZE) -> Image.Image:
    """Black above, white below."""
    square: Any = Image.linear_gradient("L")
    return square.resize(size)


def scene(size: tuple[int, int] = SIZE) -> Image.Image:
    """Red grows to the right, green downwards, blue to the left: every turn and shift of colours shows."""
    square: Any = Image.linear_gradient("L").rotate(90)
    across: Image.Image = square.resize(size)
    return Image.merge("RGB", (across, downwards(size), ImageChops.invert(across)))


def saved(image: Image.Image, form: str, **options: Any) -> bytes:
    """The bytes of a picture in a format of Pillow's."""
    target = BytesIO()
    image.save(target, form, **options)
    return target.getvalue()


def opened(content: bytes) -> Image.Image:
    """A picture from its bytes, decoded."""
    image = Image.open(BytesIO(content))
    image.load()
    return image


def heic(name: str) -> bytes:
    """One made with pillow-heif, whose encoder isn't installed here.

    ``scene`` · ``alpha``: the scene, fading in downwards · ``turned``: the scene, by a camera held upright ·
    ``display-p3``: (220, 60, 40) with a profile of gamma 2.2 · ``nclx-p3``: likewise in numbers, with sRGB's curve.
    """
    return (_HEIC / f"{name}.heic").read_bytes()


def difference(one: Image.Image, other: Image.Image) -> float:
    """The mean distance of two pictures' channels, in 255ths."""
    means = ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean
    return sum(means) / len(means)


def chunk(kind: bytes, content: bytes) -> bytes:
    """One chunk of a PNG."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", crc32(kind + content))


def png(width: int, height: int, *chunks: bytes, depth: int = 8, colour: int = 0, interlaced: bool = False) -> bytes:
    """A PNG of these chunks between its head and its end."""
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + b"".join(chunks) + chunk(b"IEND", b"")


def rows(*lines: bytes) -> bytes:
    """The pixels of a PNG, packed, a line each."""
    return chunk(b"IDAT", compress(b"".join(b"\0" + line for line in lines)))


def with_scans(width: int, height: int, times: int) -> bytes:
    """A progressive JPEG whose last scan stands there so many times more."""
    content = saved(Image.new("L", (width, height), 128), "JPEG", progressive=True, quality=1)
    last = content.rindex(b"\xff\xda")
    return content[:-2] + content[last:-2] * times + content[-2:]


def webp_of(*chunks: tuple[bytes, bytes]) -> bytes:
    """A WebP of these chunks."""
    body = b"".join(
        kind + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2) for kind, content in chunks
    )
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + body


def canvas(width: int, height: int, flags: int = 0) -> tuple[bytes, bytes]:
    """What an extended WebP says of itself."""
    sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"VP8X", bytes([flags, 0, 0, 0]) + sides


def box(kind: bytes, content: bytes = b"") -> bytes:
    """One box of a HEIC."""
    return struct.pack(">I", 8 + len(content)) + kind + content


def heic_of(width: int, height: int, *boxes: bytes) -> bytes:
    """A HEIC that says how large its picture is, and brings none."""
    size = box(b"ispe", bytes(4) + struct.pack(">II", width, height))
    properties = box(b"iprp", box(b"ipco", size))
    return box(b"ftyp", b"heic\0\0\0\0mif1heic") + box(b"meta", bytes(4) + properties + b"".join(boxes))
