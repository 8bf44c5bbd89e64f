"""How much work a picture may be, found without decoding it.

A file of a few kilobytes can ask for minutes of decoding: by its size, by scans that stand there hundreds of
times, by a million empty pieces. Each format has a module here that walks over its pieces, in time linear in
the file's length and bounded in their number.
"""

from typing import Final

from orderhub.domain.files.errors import ImageRefusedError, refuse
from orderhub.domain.files.pictures import heic, jpeg, png, webp
from orderhub.domain.files.pictures.outline import Outline, UnreadableError
from orderhub.kit.text import Label

FORMATS: Final = {
    "image/heic": heic.outline,
    "image/jpeg": jpeg.outline,
    "image/png": png.outline,
    "image/webp": webp.outline,
}
MAX_PIXELS: Final = {
    "image/heic": 40_000_000,
    "image/jpeg": 40_000_000,
    "image/png": 40_000_000,
    # Writing one anew takes ten times as long as a JPEG, and no camera makes them.
    "image/webp": 16_000_000,
}
"""What a good camera takes; decoded, four bytes each."""
MAX_SIDE: Final = 16_000
THUMBNAIL_SIDE: Final = 400
"""Pixels along the longer side of a thumbnail: a card of a list, on a screen of twice the usual density."""
MAX_WORK: Final = 1_000_000_000
"""Pixels times passes. A camera's progressive JPEG has ten scans."""


def check_bounds(content: bytes, media_type: str) -> None:
    """Raises ImageRefusedError for a picture whose decoding would take too much time or memory."""
    try:
        found = FORMATS[media_type](content)
    except UnreadableError:
        raise unreadable() from None
    most = MAX_PIXELS[media_type]
    if found.pixels > most or max(found.width, found.height) > MAX_SIDE:
        detail = Label(
            f"Envoyez une image d’au plus {most // 1000000} millions de pixels, et {MAX_SIDE} par côté.",
            f"Send an image of at most {most // 1_000_000} million pixels, and {MAX_SIDE} along a side.",
        )
        raise refuse(ImageRefusedError, detail, max_pixels=most, max_side=MAX_SIDE)
    _check_work(found)


def _check_work(found: Outline) -> None:
    most = MAX_WORK // found.pixels
    if found.passes > most:
        detail = Label(
            f"À cette taille, envoyez une image d’au plus {most} passes, ou autant d’images dans une animation.",
            f"At this size, send an image of at most {most} scans, or as many pictures in an animation.",
        )
        raise refuse(ImageRefusedError, detail, max_passes=most)


def unreadable() -> ImageRefusedError:
    """The refusal of a picture that is damaged."""
    return refuse(
        ImageRefusedError,
        Label(
            "L’image est illisible. Enregistrez-la de nouveau et envoyez celle-là.",
            "The image can't be read. Save it again and send that.",
        ),
    )
