"""What would take minutes is refused before a pixel is decoded, in time linear in the file's length."""

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from orderhub.domain.catalog.rules import MAX_PHOTOS
from orderhub.domain.files.errors import ImageRefusedError
from orderhub.domain.files.pictures.bounds import (
    FORMATS,
    MAX_PIXELS,
    MAX_SIDE,
    MAX_WORK,
    THUMBNAIL_SIDE,
    check_bounds,
)
from orderhub.domain.files.pictures.outline import Outline
from orderhub.domain.files.pictures.rewriting import rewrite
from tests.making.pictures import canvas, chunk, heic, heic_of, opened, png, rows, saved, scene, webp_of, with_scans

DOCS = Path(__file__).parents[4] / "docs"
FRAME = chunk(b"fcTL", bytes(26))


@pytest.mark.parametrize(
    ("content", "media_type", "outline"),
    [
        (saved(scene(), "JPEG"), "image/jpeg", Outline(64, 48, 1)),
        (saved(scene(), "JPEG", progressive=True), "image/jpeg", Outline(64, 48, 10)),
        (saved(scene(), "JPEG", exif=Image.Exif(), comment=b"\xff\xda" * 20), "image/jpeg", Outline(64, 48, 1)),
        (saved(scene(), "PNG"), "image/png", Outline(64, 48)),
        (saved(scene(), "PNG", save_all=True, append_images=[scene().rotate(180)]), "image/png", Outline(64, 48, 2)),
        (saved(scene(), "WEBP"), "image/webp", Outline(64, 48)),
        (saved(scene(), "WEBP", lossless=True), "image/webp", Outline(64, 48)),
        (saved(scene(), "WEBP", save_all=True, append_images=[scene().rotate(180)]), "image/webp", Outline(64, 48, 2)),
        # Its blocks are of 16 pixels; what is too much is cut off when it is shown.
        (heic("scene"), "image/heic", Outline(64, 64)),
    ],
)
def test_what_a_picture_says_of_itself(content: bytes, media_type: str, outline: Outline) -> None:
    assert FORMATS[media_type](content) == outline
    check_bounds(content, media_type)


HUGE = MAX_PIXELS["image/jpeg"] // 5000 + 1


@pytest.mark.parametrize(
    ("make", "media_type"),
    [
        pytest.param(lambda: with_scans(6300, 6300, 500), "image/jpeg", id="scans"),
        pytest.param(lambda: saved(Image.new("L", (HUGE, 5000)), "JPEG"), "image/jpeg", id="large JPEG"),
        pytest.param(lambda: png(HUGE, 5000), "image/png", id="large PNG"),
        pytest.param(lambda: png(MAX_SIDE + 1, 1), "image/png", id="long PNG"),
        pytest.param(lambda: png(2**31 - 1, 2**31 - 1, interlaced=True), "image/png", id="endless PNG"),
        pytest.param(lambda: png(6000, 6000, *[FRAME] * 100, rows(b"")), "image/png", id="film in PNG"),
        pytest.param(lambda: png(1, 1, *[chunk(b"tEXt", b"")] * 30_000, rows(b"\0")), "image/png", id="chunks"),
        pytest.param(lambda: webp_of(canvas(5000, 5000)), "image/webp", id="large WebP"),
        pytest.param(lambda: webp_of(canvas(2**24, 2**24)), "image/webp", id="endless WebP"),
        pytest.param(
            lambda: webp_of(canvas(4000, 4000, 2), *[(b"ANMF", bytes(16))] * 100), "image/webp", id="film in WebP"
        ),
        pytest.param(lambda: webp_of(canvas(1, 1), *[(b"xxxx", b"")] * 30_000), "image/webp", id="chunks of WebP"),
        pytest.param(lambda: heic_of(HUGE, 5000), "image/heic", id="large HEIC"),
        pytest.param(lambda: heic_of(2**32 - 1, 2**32 - 1), "image/heic", id="endless HEIC"),
        pytest.param(lambda: heic_of(64, 64, b"\0\0\xff\xffiref" + bytes(65_527)), "image/heic", id="tiles"),
        pytest.param(lambda: heic_of(64, 64, *[b"\0\0\0\x08free"] * 6000), "image/heic", id="boxes"),
    ],
)
def test_too_much_is_refused_before_decoding(make: Callable[[], bytes], media_type: str) -> None:
    content = make()
    started = time.process_time()

    with pytest.raises(ImageRefusedError):
        check_bounds(content, media_type)

    assert time.process_time() - started < 1


def test_a_refusal_says_the_bound() -> None:
    with pytest.raises(ImageRefusedError) as large:
        check_bounds(png(HUGE, 5000), "image/png")
    with pytest.raises(ImageRefusedError) as slow:
        check_bounds(with_scans(2000, 2000, 300), "image/jpeg")

    assert large.value.extras == {"max_pixels": 40_000_000, "max_side": 16_000}
    assert slow.value.extras == {"max_passes": 250}
    assert slow.value.errors[0].pointer == "/file"


@pytest.mark.parametrize("media_type", FORMATS)
@pytest.mark.parametrize("content", [b"", b"\xff", b"\xff\xd8\xff\xda", b"\0" * 100, b"\x89PNG\r\n\x1a\n", b"RIFF"])
def test_what_says_nothing_is_refused(content: bytes, media_type: str) -> None:
    with pytest.raises(ImageRefusedError):
        check_bounds(content, media_type)


def test_boxes_within_boxes_are_not_followed_for_ever() -> None:
    nested = b""
    for _ in range(3000):
        nested = (len(nested) + 12).to_bytes(4) + b"meta" + bytes(4) + nested

    check_bounds(heic_of(64, 64, nested), "image/heic")


def test_the_scans_of_a_camera_are_decoded() -> None:
    content = saved(scene((3000, 2000)), "JPEG", progressive=True)

    check_bounds(content, "image/jpeg")

    assert opened(rewrite(content, "image/jpeg").content).size == (3000, 2000)


def test_the_documentation_says_the_bounds() -> None:
    pictures = (DOCS / "limits.md").read_text().partition("## Pictures\n")[2].partition("\n## ")[0]
    rows = dict(re.findall(r"^\| ([^|]+) \| ([\d,]+) \|$", pictures, re.MULTILINE))
    assert {name: int(most.replace(",", "")) for name, most in rows.items()} == {
        "pixels of a JPEG, PNG or HEIC": MAX_PIXELS["image/jpeg"],
        "pixels of a WebP": MAX_PIXELS["image/webp"],
        "pixels along a side": MAX_SIDE,
        "pixels times scans, or times the pictures of an animation": MAX_WORK,
        "photos of a listing": MAX_PHOTOS,
        "pixels along a side of its thumbnail, which is made with it": THUMBNAIL_SIDE,
    }
