"""Pictures of every mode become what a screen shows: 8 bits of sRGB, grey or coloured, with alpha or without.

Pillow's own ``convert`` cuts more than 8 bits off at 255 and leaves profiles aside; that is done here.
"""

from collections.abc import Callable
from io import BytesIO
from typing import Any, Final

from PIL import Image, ImageCms, ImageMath

_cms: Any = ImageCms  # its types are only half there
_SRGB: Final = _cms.createProfile("sRGB")
_LAB: Final = _cms.createProfile("LAB")
_WHITE: Final = 255
_SPACES: Final = {"L": "GRAY", "RGB": "RGB", "RGBA": "RGB", "CMYK": "CMYK"}


def on_screen(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture as ``L``, ``RGB`` or ``RGBA`` in sRGB; it may be the one that was given, changed.

    A profile that can't be read, or is for other colours than the picture's, counts for nothing.
    """
    meant = _read(profile)
    plain = image if image.mode == "CMYK" else _plain(image)
    if meant is not None:
        if plain.mode == "L" and _space(meant) == "RGB":
            plain = plain.convert("RGB")
        if _space(meant) == _SPACES[plain.mode]:
            plain = _transformed(plain, meant)
    return plain.convert("RGB") if plain.mode == "CMYK" else plain


def _read(profile: bytes | None) -> Any:
    """The profile, ready for use; None where there is none."""
    try:
        return _cms.ImageCmsProfile(BytesIO(profile)) if profile else None
    except OSError:
        return None


def _space(profile: Any) -> str:
    """Of the colours that a profile is for."""
    return profile.profile.xcolor_space.strip()


def _transformed(image: Image.Image, meant: Any) -> Image.Image:
    """The picture in sRGB; as it is where its profile says nothing usable."""
    wanted = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        transform = _cms.buildTransform(meant, _SRGB, image.mode, wanted)
    except ImageCms.PyCMSError:
        return image
    if image.mode == wanted:
        return transform.apply_in_place(image)  # alpha stays
    found = transform.apply(image)
    return found.convert("L") if image.mode == "L" else found


def _plain(image: Image.Image) -> Image.Image:
    """The same numbers as ``L``, ``RGB`` or ``RGBA``."""
    mode = image.mode
    if mode.startswith("I") or mode == "F":
        return _eight_bits(image)
    if mode == "LAB":
        return _cms.buildTransform(_LAB, _SRGB, "LAB", "RGB").apply(image)
    if mode == "La":
        return image.convert("LA").convert("RGBA")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image.convert("L" if mode in {"1", "L"} else "RGB")


def _eight_bits(image: Image.Image) -> Image.Image:
    """Grey of more than 8 bits, scaled down: whole numbers from 65,535, others from 1, or from the brightest beyond."""
    deep: Any = image if image.mode in {"I", "F"} else image.convert("I")
    low, high = _bounds(deep, 1 if image.mode == "F" else 65_535)
    scale = _WHITE / (high - low)
    grey = deep.point(_line(scale, 0.5 - low * scale)).convert("L")
    clear = image.info.get("transparency")
    if not isinstance(clear, int):
        return grey
    alpha: Any = ImageMath.lambda_eval(lambda given: (given["deep"] != clear) * _WHITE, deep=deep)
    return Image.merge("RGBA", (grey, grey, grey, alpha.convert("L")))


def _line(scale: float, offset: float) -> Callable[[Any], Any]:
    """A function that Pillow recognises as one that it may apply to numbers of any size."""
    return lambda value: value * scale + offset


def _bounds(deep: Any, usual: float) -> tuple[float, float]:
    """Which number is black and which is white."""
    low, high = deep.getextrema()
    return min(0, low), max(usual, high)  # in this order: what is no number counts for nothing
