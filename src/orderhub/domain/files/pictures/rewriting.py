"""A picture written anew for screens, large and small, with nothing of it but its pixels.

Runs in a process that can be stopped.
"""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from struct import error as StructError  # noqa: N812 - it is an exception
from typing import Any, Final
from warnings import catch_warnings

import pi_heif
from PIL import Image

from orderhub.domain.files.errors import ImageRefusedError
from orderhub.domain.files.pictures.bounds import THUMBNAIL_SIDE, unreadable
from orderhub.domain.files.pictures.colours import on_screen
from orderhub.domain.files.pictures.tagging import profile_of

_OPENED_AS: Final = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/heic": "HEIF"}
"""Pillow's format of each accepted type."""
_SHOWN_AS: Final = {"image/heic": "image/jpeg"}
_SAVED: Final[dict[str, dict[str, Any]]] = {
    "JPEG": {"quality": 95, "optimize": True},
    "PNG": {},
    "WEBP": {"quality": 95, "method": 4},
}
_SAVED_SMALL: Final[dict[str, dict[str, Any]]] = {
    "JPEG": {"quality": 85, "optimize": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 85, "method": 4},
}
_REDUCED_FIRST: Final = 3.0
"""A picture more than this many times too large is halved before it is scaled well."""
_MOST_EXIF: Final = 128_000
_ORIENTATION: Final = 0x0112
_TURNED: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What makes a picture upright, by its orientation (TIFF 6.0)."""
_TO_EIGHT_BITS: Final = {"L;2": 85, "L;4": 17}

_heif: Any = pi_heif  # it has no types
_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A picture as it is shown."""

    content: bytes
    media_type: str
    width: int
    height: int
    thumbnail: bytes
    """Of the same type, at most `THUMBNAIL_SIDE` along a side."""


def rewrite(content: bytes, media_type: str) -> Rewritten:
    """The picture upright, in sRGB and without metadata; of an animation the first one. HEIC becomes JPEG.

    Raises ImageRefusedError when it can't be decoded.
    """
    shown = _SHOWN_AS.get(media_type, media_type)
    with _decoding():
        return _written(_bare(_upright(content, _OPENED_AS[media_type]), _OPENED_AS[shown]), shown)


def shrink(content: bytes, media_type: str) -> bytes:
    """The thumbnail of a picture that was written anew already. Raises ImageRefusedError when it can't be decoded."""
    with _decoding():
        return _small(_upright(content, _OPENED_AS[media_type]), _OPENED_AS[media_type])


@contextmanager
def _decoding() -> Generator[None]:
    """Whatever Pillow raises of a damaged or malicious image, which is nearly anything, becomes one refusal."""
    try:
        yield
    except (ImageRefusedError, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - see above
        raise unreadable() from None


def _upright(content: bytes, opened_as: str) -> Image.Image:
    """Its pixels as they are seen on a screen, whatever its metadata are worth a warning for."""
    with catch_warnings(action="ignore"), Image.open(BytesIO(content), formats=(opened_as,)) as image:
        profile = profile_of(image, content)
        _scale_transparency(image)
        turn = _TURNED.get(_orientation(image))
        image.load()
        found = on_screen(image, profile)
    return found if turn is None else found.transpose(turn)


def _bare(image: Image.Image, saved_as: str) -> Image.Image:
    """A new picture of the same pixels: no text, profile or comment of the old one comes along."""
    mode = "RGB" if saved_as == "JPEG" and image.mode == "RGBA" else image.mode
    bare = Image.new(mode, image.size, "white")
    bare.paste(image, mask=image if mode != image.mode else None)
    return bare


def _written(image: Image.Image, media_type: str) -> Rewritten:
    target, saved_as = BytesIO(), _OPENED_AS[media_type]
    image.save(target, saved_as, **_SAVED[saved_as])
    width, height = image.size
    return Rewritten(target.getvalue(), media_type, width, height, _small(image, saved_as))


def _small(image: Image.Image, saved_as: str) -> bytes:
    """The picture scaled down in place, if it is too large for a thumbnail."""
    target = BytesIO()
    image.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS, reducing_gap=_REDUCED_FIRST)
    image.save(target, saved_as, **_SAVED_SMALL[saved_as])
    return target.getvalue()


def _orientation(image: Image.Image) -> int:
    """How a camera was held; as usual where that can't be read."""
    if len(image.info.get("exif") or b"") > _MOST_EXIF:
        return 1
    try:
        return image.getexif().get(_ORIENTATION, 1)
    except (OSError, SyntaxError, ValueError, TypeError, KeyError, StructError):
        return 1


def _scale_transparency(image: Any) -> None:
    """Say in 8 bits which colour of a PNG is transparent, as Pillow does with all others."""
    clear: Any = image.info.get("transparency")
    if image.format != "PNG" or clear is None:
        return
    packed: str = image.tile[0].args
    if packed in _TO_EIGHT_BITS:
        image.info["transparency"] = clear * _TO_EIGHT_BITS[packed]
    elif packed == "RGB;16B":
        image.info["transparency"] = tuple(part >> 8 for part in clear)
