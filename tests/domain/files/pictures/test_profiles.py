"""Colours that a picture means are the colours that a screen shows."""

import struct
from collections.abc import Callable
from io import BytesIO
from typing import Any, Final

import pytest
from PIL import Image, ImageCms

from orderhub.domain.files.errors import ImageRefusedError
from orderhub.domain.files.pictures.profiles import BY_NUMBER, Primaries, make_profile
from orderhub.domain.files.pictures.rewriting import rewrite
from tests.making.pictures import chunk, difference, heic, opened, png, rows, saved, scene

SENT: Final = (220, 60, 40)
P3: Final = BY_NUMBER[12]
OF_A_PHOTO: Final = make_profile(P3, 2.2)
SRGB: Final = Primaries((0.64, 0.33), (0.30, 0.60), (0.15, 0.06))
LINEAR: Final = make_profile(SRGB, 1.0)


cms: Any = ImageCms


def own_profile(space: str) -> bytes:
    return cms.ImageCmsProfile(cms.createProfile(space)).tobytes()


def flat(form: str, profile: bytes | None, mode: str = "RGB", **options: Any) -> bytes:
    return saved(Image.new("RGB", (32, 32), SENT).convert(mode), form, icc_profile=profile, **options)


def pixel(content: bytes, media_type: str) -> Any:
    return opened(rewrite(content, media_type).content).getpixel((5, 5))


def near(found: Any, wanted: tuple[int, ...], most: int) -> bool:
    return all(abs(a - b) <= most for a, b in zip(found, wanted, strict=True))


@pytest.mark.parametrize(
    ("content", "media_type", "most"),
    [
        (flat("PNG", OF_A_PHOTO), "image/png", 1),
        (flat("WEBP", OF_A_PHOTO, lossless=True), "image/webp", 2),
        (flat("JPEG", OF_A_PHOTO, quality=100), "image/jpeg", 3),
        (heic("display-p3"), "image/heic", 3),
    ],
)
def test_a_photo_of_a_telephone_keeps_its_colours(content: bytes, media_type: str, most: int) -> None:
    assert near(pixel(content, media_type), (241, 30, 4), most)


def test_alpha_stays_beside_colours() -> None:
    image = Image.new("RGBA", (8, 8), (*SENT, 77))

    assert near(pixel(saved(image, "PNG", icc_profile=OF_A_PHOTO), "image/png"), (241, 30, 4, 77), 1)


def test_a_palette_has_colours_of_a_profile_too() -> None:
    image = Image.new("RGB", (32, 32), SENT).quantize(2)

    assert near(pixel(saved(image, "PNG", icc_profile=OF_A_PHOTO), "image/png"), (241, 30, 4), 1)


def test_what_was_srgb_stays_as_it_was() -> None:
    srgb = own_profile("sRGB")
    for profile in (srgb, make_profile(SRGB), None):
        shown = opened(rewrite(saved(scene(), "PNG", icc_profile=profile), "image/png").content)
        assert difference(shown, scene()) < 0.5


@pytest.mark.parametrize("profile", [b"no profile", OF_A_PHOTO[:200], OF_A_PHOTO[:128] + bytes(320)])
def test_a_profile_that_cannot_be_read_counts_for_nothing(profile: bytes) -> None:
    assert pixel(flat("PNG", profile), "image/png") == SENT


def test_a_profile_for_other_colours_counts_for_nothing() -> None:
    assert pixel(flat("PNG", own_profile("LAB")), "image/png") == SENT


def test_grey_with_a_profile_of_colours_is_shown_by_it() -> None:
    assert near(pixel(flat("PNG", LINEAR, "L"), "image/png"), (173, 173, 173), 2)


def test_a_profile_larger_than_any_is_refused() -> None:
    with pytest.raises(ImageRefusedError) as refusal:
        rewrite(flat("JPEG", OF_A_PHOTO + bytes(4_100_000)), "image/jpeg")
    assert refusal.value.extras["max_bytes"] == 4_000_000


def ink(cyan: int, magenta: int, yellow: int, black: int) -> bytes:
    return saved(Image.new("CMYK", (32, 32), (cyan, magenta, yellow, black)), "JPEG", quality=100)


def test_a_picture_for_print_has_its_colours() -> None:
    assert b"Adobe" in ink(0, 0, 0, 0)
    for content, wanted in (
        (ink(0, 0, 0, 0), (255, 255, 255)),
        (ink(0, 255, 255, 0), (255, 0, 0)),
        (ink(0, 0, 0, 255), (0, 0, 0)),
        (ink(255, 0, 0, 0), (0, 255, 255)),
    ):
        assert near(pixel(content, "image/jpeg"), wanted, 2)


def numbers(primaries: int, transfer: int) -> bytes:
    return chunk(b"cICP", bytes([primaries, transfer, 0, 1]))


def gamma(value: float) -> bytes:
    return chunk(b"gAMA", struct.pack(">I", round(value * 100_000)))


def places(primaries: Primaries) -> bytes:
    points = (primaries.white, primaries.red, primaries.green, primaries.blue)
    return chunk(b"cHRM", struct.pack(">8I", *(round(part * 100_000) for point in points for part in point)))


IN_P3: Final = (239, 35, 17)
"""What is meant by the pixel in Display-P3 with sRGB's curve."""


@pytest.mark.parametrize(
    ("chunks", "shown"),
    [
        ([numbers(12, 13)], IN_P3),
        ([numbers(1, 13)], SENT),
        ([numbers(9, 16)], SENT),
        ([gamma(1 / 2.2), places(P3)], (241, 30, 4)),
        ([gamma(1 / 2.2), places(SRGB)], SENT),
        ([gamma(1 / 2.2)], SENT),
        ([gamma(1.0)], (239, 133, 110)),
        ([gamma(1.0), chunk(b"sRGB", b"\0")], SENT),
        ([gamma(1.0), numbers(12, 13)], IN_P3),
        ([gamma(0.0)], SENT),
        ([gamma(1.0), places(Primaries((0, 0), (0, 0), (0, 0), (0, 0)))], SENT),
        ([gamma(1.0), places(Primaries((0.6, 0.3), (0.6, 0.3), (0.6, 0.3)))], SENT),
    ],
)
def test_a_png_may_say_its_colours_in_numbers(chunks: list[bytes], shown: tuple[int, ...]) -> None:
    assert near(pixel(png(6, 6, *chunks, rows(*[bytes(SENT) * 6] * 6), colour=2), "image/png"), shown, 1)


def test_a_heic_may_say_its_colours_in_numbers() -> None:
    assert near(pixel(heic("nclx-p3"), "image/heic"), IN_P3, 3)


MAKERS: Final[list[Callable[[], bytes]]] = [
    lambda: make_profile(P3),
    lambda: make_profile(BY_NUMBER[9], 1.8),
    lambda: LINEAR,
]


@pytest.mark.parametrize("make", MAKERS)
def test_a_profile_that_we_make_is_one(make: Callable[[], bytes]) -> None:
    profile = cms.ImageCmsProfile(BytesIO(make()))

    assert profile.profile.xcolor_space == "RGB "
    assert profile.profile.is_matrix_shaper
