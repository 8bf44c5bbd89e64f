"""Which colours a picture's numbers mean: the profile that it brings, or one of what it says in numbers."""

from struct import error as StructError  # noqa: N812 - it is an exception
from typing import Any, Final

from PIL import Image

from orderhub.domain.files.errors import ImageRefusedError, refuse
from orderhub.domain.files.pictures.profiles import Primaries, make_profile, profile_by_number
from orderhub.kit.text import Label

_MOST: Final = 4_000_000
"""Bytes of a profile. Those for print have up to 3 MB."""
_GAMMA: Final = 1 / 2.2
_PRIMARIES: Final = (0.3127, 0.3290, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06)
"""What sRGB has for white, red, green and blue."""
_NEAR: Final = 0.005
_CICP: Final = b"\0\0\0\x04cICP"


def profile_of(image: Image.Image, content: bytes) -> bytes | None:
    """The profile of an opened picture; None stands for sRGB. Raises ImageRefusedError for one that is too large."""
    profile: bytes | None = image.info.get("icc_profile")
    if profile:
        if len(profile) > _MOST:
            detail = Label(
                f"Envoyez une image dont le profil de couleur a au plus {_MOST} octets.",
                f"Send an image whose colour profile has at most {_MOST} bytes.",
            )
            raise refuse(ImageRefusedError, detail, max_bytes=_MOST)
        return profile
    if "nclx_profile" in image.info:
        numbers: dict[str, int] = image.info["nclx_profile"]
        return profile_by_number(numbers["color_primaries"], numbers["transfer_characteristics"])
    return _of_png(image.info, content) if image.format == "PNG" else None


def _of_png(info: dict[Any, Any], content: bytes) -> bytes | None:
    """What the chunks cICP, sRGB, gAMA and cHRM say, in this order."""
    place = content.find(_CICP, 0, content.find(b"IDAT"))
    if place > 0:
        return profile_by_number(content[place + 8], content[place + 9])
    gamma, points = info.get("gamma", _GAMMA), info.get("chromaticity", _PRIMARIES)
    is_usual = abs(gamma - _GAMMA) < _NEAR and all(abs(a - b) < _NEAR for a, b in zip(points, _PRIMARIES, strict=True))
    if is_usual or "srgb" in info:
        return None
    white, red, green, blue = zip(points[::2], points[1::2], strict=True)
    try:
        return make_profile(Primaries(red, green, blue, white), 1 / gamma)
    except (ZeroDivisionError, StructError):
        return None
