"""What is shown is what was sent: every mode that Pillow reads, every format that keeps it, compared pixel by pixel."""

import struct
from collections.abc import Callable
from typing import Any, Final

import pytest
from PIL import Image, ImageCms

from orderhub.domain.files.pictures.colours import on_screen
from orderhub.domain.files.pictures.rewriting import Rewritten, rewrite
from tests.making.pictures import SECRET, SIZE, chunk, difference, downwards, heic, opened, png, rows, saved, scene

GREY: Final = scene().convert("L")
ALPHA: Final = downwards()


def deep(form: str, scale: float) -> bytes:
    """The grey scene with more than 8 bits a pixel."""
    return struct.pack(form, *(type(scale)(value * scale) for value in GREY.tobytes()))


def faded(mode: str) -> Image.Image:
    """The scene, or its grey, fading in downwards."""
    image = scene() if mode.startswith("RGB") else GREY.copy()
    image.putalpha(ALPHA)
    return image.convert(mode)


def in_lab() -> Image.Image:
    cms: Any = ImageCms
    srgb, lab = cms.createProfile("sRGB"), cms.createProfile("LAB")
    return cms.buildTransform(srgb, lab, "RGB", "LAB").apply(scene())


MAKERS: Final[dict[str, Callable[[], Image.Image]]] = {
    "1": lambda: scene().convert("1"),
    "CMYK": lambda: scene().convert("CMYK"),
    "F": lambda: Image.frombytes("F", SIZE, deep("<3072f", 1 / 255), "raw", "F;32F"),
    "HSV": lambda: scene().convert("HSV"),
    "I": lambda: Image.frombytes("I", SIZE, deep("<3072i", 257), "raw", "I;32S"),
    "I;16": lambda: Image.frombytes("I;16", SIZE, deep("<3072H", 257)),
    "I;16B": lambda: Image.frombytes("I;16B", SIZE, deep(">3072H", 257)),
    "I;16L": lambda: Image.frombytes("I;16L", SIZE, deep("<3072H", 257)),
    "I;16N": lambda: Image.frombytes("I;16N", SIZE, deep("=3072H", 257)),
    "L": GREY.copy,
    "LA": lambda: faded("LA"),
    "LAB": in_lab,
    "La": lambda: faded("La"),
    "P": lambda: scene().quantize(256),
    "PA": lambda: faded("RGBA").quantize(256).convert("PA"),
    "RGB": scene,
    "RGBA": lambda: faded("RGBA"),
    "RGBX": lambda: scene().convert("RGBX"),
    "RGBa": lambda: faded("RGBA").convert("RGBa"),
    "YCbCr": lambda: scene().convert("YCbCr"),
}
GREYS: Final = {"F", "I", "I;16", "I;16B", "I;16L", "I;16N", "L", "LA", "La"}
FADING: Final = {"LA", "La", "PA", "RGBA", "RGBa"}
COARSE: Final = {"P": 4, "PA": 8, "HSV": 2, "LAB": 2, "YCbCr": 2}
"""What the mode itself loses, in 255ths; all others lose less than one."""


def on_white(image: Image.Image) -> Image.Image:
    ground = Image.new("RGBA", image.size, "white")
    ground.alpha_composite(image.convert("RGBA"))
    return ground.convert("RGB")


def expected(mode: str) -> Image.Image:
    if mode == "1":
        return MAKERS["1"]().convert("RGB")
    plain = (GREY if mode in GREYS else scene()).convert("RGBA")
    if mode in FADING:
        plain.putalpha(ALPHA)
    return on_white(plain)


def test_every_mode_of_pillow_is_compared() -> None:
    assert set(MAKERS) == set(Image.MODES)


@pytest.mark.parametrize("mode", MAKERS)
def test_a_picture_of_any_mode_looks_the_same(mode: str) -> None:
    shown = on_screen(MAKERS[mode](), None)

    assert shown.mode in {"L", "RGB", "RGBA"}
    assert difference(on_white(shown), expected(mode)) < COARSE.get(mode, 1)


def test_the_mode_of_a_picture_survives_where_a_screen_needs_no_more() -> None:
    modes = {mode: on_screen(make(), None).mode for mode, make in MAKERS.items()}

    assert {mode for mode, shown in modes.items() if shown == "L"} == GREYS - FADING | {"1"}
    assert {mode for mode, shown in modes.items() if shown == "RGBA"} == FADING


KEPT_BY: Final = {
    "PNG": ("1", "L", "LA", "I;16", "P", "RGB", "RGBA"),
    "JPEG": ("1", "L", "RGB", "RGBX", "CMYK", "YCbCr"),
    "WEBP": ("RGB", "RGBA", "RGBX"),
}
LOST_BY: Final = {"PNG": 0, "JPEG": 5, "WEBP": 5}
"""What compressing twice loses, in 255ths."""
TYPES: Final = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}


@pytest.mark.parametrize(("form", "mode"), [(form, mode) for form, modes in KEPT_BY.items() for mode in modes])
def test_a_file_looks_the_same(form: str, mode: str) -> None:
    sent = saved(MAKERS[mode](), form)

    shown = rewrite(sent, TYPES[form])

    assert shown.media_type == TYPES[form]
    assert difference(on_white(opened(shown.content)), expected(mode)) < COARSE.get(mode, 1) + LOST_BY[form]


@pytest.mark.parametrize("name", ["scene", "alpha"])
def test_heic_is_shown_as_jpeg(name: str) -> None:
    shown = rewrite(heic(name), "image/heic")

    assert (shown.media_type, shown.width, shown.height) == ("image/jpeg", *SIZE)
    assert difference(opened(shown.content), expected("RGBA" if name == "alpha" else "RGB")) < 5


def greys(found: Rewritten, count: int) -> list[object]:
    image = opened(found.content)
    return [image.getpixel((place, 0)) for place in range(count)]


def test_sixteen_bits_of_grey_are_scaled() -> None:
    values = (0, 257, 16_448, 32_896, 65_535)
    sent = png(5, 1, rows(struct.pack(">5H", *values)), depth=16)

    assert greys(rewrite(sent, "image/png"), 5) == [0, 1, 64, 128, 255]


@pytest.mark.parametrize(
    ("depth", "colour", "packed", "clear", "shown"),
    [
        (1, 0, b"\x40", b"\0\1", [(0, 0, 0, 255), (255, 255, 255, 0)]),
        (2, 0, b"\x70", b"\0\1", [(85, 85, 85, 0), (255, 255, 255, 255)]),
        (4, 0, b"\x5f", b"\0\5", [(85, 85, 85, 0), (255, 255, 255, 255)]),
        (8, 0, b"\x55\xff", b"\0\x55", [(85, 85, 85, 0), (255, 255, 255, 255)]),
        (16, 0, b"\x55\x55\xff\xff", b"\x55\x55", [(85, 85, 85, 0), (255, 255, 255, 255)]),
        (8, 2, b"\1\2\3\4\5\6", b"\0\1\0\2\0\3", [(1, 2, 3, 0), (4, 5, 6, 255)]),
        (16, 2, b"\1\0\2\0\3\0\4\0\5\0\6\0", b"\1\0\2\0\3\0", [(1, 2, 3, 0), (4, 5, 6, 255)]),
        (8, 4, b"\x55\0\xff\x80", None, [(85, 85, 85, 0), (255, 255, 255, 128)]),
        (16, 4, b"\x55\x55\0\0\xff\xff\x80\x80", None, [(85, 85, 85, 0), (255, 255, 255, 128)]),
        (16, 6, b"\1\1\2\2\3\3\0\0\4\4\5\5\6\6\x80\x80", None, [(1, 2, 3, 0), (4, 5, 6, 128)]),
    ],
)
def test_what_is_transparent_stays_so(
    depth: int, colour: int, packed: bytes, clear: bytes | None, shown: list[object]
) -> None:
    told = () if clear is None else (chunk(b"tRNS", clear),)
    sent = png(2, 1, *told, rows(packed), depth=depth, colour=colour)

    assert greys(rewrite(sent, "image/png"), 2) == shown


def test_a_palette_keeps_its_transparency() -> None:
    palette, clear = chunk(b"PLTE", b"\xff\0\0\0\xff\0\0\0\xff"), chunk(b"tRNS", b"\0\x80")
    sent = png(3, 1, palette, clear, rows(b"\0\1\2"), colour=3)

    assert greys(rewrite(sent, "image/png"), 3) == [(255, 0, 0, 0), (0, 255, 0, 128), (0, 0, 255, 255)]


def turned(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = orientation, SECRET
    return exif


AS_SEEN: Final = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
    9: None,
}


@pytest.mark.parametrize("form", TYPES)
@pytest.mark.parametrize("orientation", AS_SEEN)
def test_a_picture_is_shown_upright(form: str, orientation: int) -> None:
    turn = AS_SEEN[orientation]
    sent = saved(scene(), form, exif=turned(orientation).tobytes())

    shown = rewrite(sent, TYPES[form])

    assert difference(opened(shown.content), scene() if turn is None else scene().transpose(turn)) < 6
    assert SECRET.encode() in sent
    assert SECRET.encode() not in shown.content


def test_heic_is_shown_upright() -> None:
    shown = rewrite(heic("turned"), "image/heic")

    assert difference(opened(shown.content), scene().transpose(Image.Transpose.ROTATE_270)) < 5
    assert SECRET.encode() in heic("turned")
    assert SECRET.encode() not in shown.content


@pytest.mark.parametrize("exif", [b"Exif\0\0", b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0" + b"\xff" * 200])
def test_who_held_the_camera_is_not_worth_a_refusal(exif: bytes) -> None:
    shown = rewrite(saved(scene(), "JPEG", exif=exif), "image/jpeg")

    assert difference(opened(shown.content), scene()) < 5
