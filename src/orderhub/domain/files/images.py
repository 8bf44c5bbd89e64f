"""Images: bounded before they are decoded, and written anew without metadata. Blocking."""

from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, Final, cast

from PIL import Image, ImageOps

from orderhub.domain.files.errors import ImageRefusedError, refuse

MEDIA_TYPES: Final = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
"""Pillow's format of each accepted type."""
MAX_PIXELS: Final = 40_000_000
"""What a good camera takes; decoded, four bytes each."""
MAX_SIDE: Final = 16_000
_SPOOLED: Final = 1 << 20
_OPTIONS: Final[dict[str, dict[str, Any]]] = {
    "JPEG": {"quality": 95, "optimize": True},
    "PNG": {},
    "WEBP": {"quality": 95, "method": 4},
}


def rewrite_image(content: BinaryIO, media_type: str) -> tuple[BinaryIO, int, int]:
    """The image written anew, upright, with its width and height; of an animation, the first picture.

    Raises ImageRefusedError when it can't be decoded or is too large.
    """
    content.seek(0)
    form = MEDIA_TYPES[media_type]
    try:
        with Image.open(content, formats=(form,)) as image:
            _check_bounds(image.width, image.height)
            image.load()
            return _write(ImageOps.exif_transpose(image), form)
    except ImageRefusedError:
        raise
    except Exception:  # noqa: BLE001 - of a damaged or malicious image Pillow may raise nearly anything
        raise refuse(ImageRefusedError, "The image can't be read. Save it again and send that.") from None


def _check_bounds(width: int, height: int) -> None:
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise refuse(ImageRefusedError, f"Send an image of at most {MAX_PIXELS // 1_000_000} million pixels.")


def _write(image: Image.Image, form: str) -> tuple[BinaryIO, int, int]:
    has_alpha = form != "JPEG" and ("A" in image.mode or "transparency" in image.info)
    pixels = image if image.mode == "L" and form != "WEBP" else image.convert("RGBA" if has_alpha else "RGB")
    # A new picture of the same pixels: nothing of the old one's texts, profiles and comments comes along.
    bare = Image.new(pixels.mode, pixels.size)
    bare.paste(pixels)
    target = SpooledTemporaryFile(max_size=_SPOOLED)  # noqa: SIM115 - its reader closes it
    try:
        bare.save(target, form, **_OPTIONS[form])
    except BaseException:
        target.close()
        raise
    return cast("BinaryIO", target), bare.width, bare.height
