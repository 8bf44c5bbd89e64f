"""What Bruno uploads is looked into: by content, never by the name or the type that it came with."""

import random
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from orderhub.domain.files.errors import FileEmptyError, FileTypeRefusedError, ImageRefusedError
from orderhub.domain.files.inspection import Inspected, inspect, inspect_apart
from orderhub.domain.files.models import FileKind, FilePurpose
from orderhub.infra.isolation.pool import Isolation
from orderhub.kit.errors import InvalidError
from tests.making.pictures import heic, png, rows, saved, scene, with_scans

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer <<>>\n%%EOF\n"
SECRET = "Atelier de Bruno, 12 rue des Lilas"


def picture(form: str = "PNG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **options: object) -> bytes:
    target = BytesIO()
    Image.new(mode, size, "navy" if mode in ("RGB", "RGBA") else 1).save(target, form, **options)
    return target.getvalue()


def archive() -> bytes:
    target = BytesIO()
    with ZipFile(target, "w") as package:
        package.writestr("logo.svg", "<svg/>")
    return target.getvalue()


Look = Callable[..., Inspected]


@pytest.fixture
def look() -> Iterator[Look]:
    """Inspect an upload; what it was written into is closed after the test."""
    with ExitStack() as opened:

        def inspect_bytes(
            content: bytes, name: str = "fichier", purpose: FilePurpose = FilePurpose.ATTACHMENT
        ) -> Inspected:
            found = inspect(BytesIO(content), name=name, purpose=purpose)
            opened.callback(found.close)
            return found

        yield inspect_bytes


@pytest.mark.parametrize(
    ("content", "kind", "media_type", "name"),
    [
        (picture(), FileKind.IMAGE, "image/png", "fichier.png"),
        (picture("JPEG"), FileKind.IMAGE, "image/jpeg", "fichier.jpg"),
        (picture("WEBP"), FileKind.IMAGE, "image/webp", "fichier.webp"),
        (heic("scene"), FileKind.IMAGE, "image/jpeg", "fichier.jpg"),
        (b'{"dpi": 300}', FileKind.TEXT, "application/json", "fichier.json"),
        (b"<svg/>", FileKind.TEXT, "image/svg+xml", "fichier.svg"),
        (PDF, FileKind.DOCUMENT, "application/pdf", "fichier.pdf"),
        (archive(), FileKind.ARCHIVE, "application/zip", "fichier.zip"),
        ("Voici l’accès :\n\tà bientôt\n".encode(), FileKind.TEXT, "text/plain", "fichier.txt"),
    ],
)
def test_accepted(look: Look, content: bytes, kind: FileKind, media_type: str, name: str) -> None:
    found = look(content)

    assert (found.kind, found.media_type, found.name) == (kind, media_type, name)
    stored = found.content.read()
    assert (found.size, found.sha256) == (len(stored), sha256(stored).digest())
    if kind is not FileKind.IMAGE:
        assert stored == content


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00" + bytes(200),
        b"\x7fELF" + bytes(200),
        b"GIF89a" + bytes(200),
        b"ID3" + bytes(200),
        b"Bonjour\x00",
        b"\xff\xfeB\x00o\x00n\x00",
        "dépôt".encode("latin-1"),
        b"du texte\n" * 2000 + b"\x1b[31m",
        b"x" * 3_000_000 + b"\xc3",
    ],
)
def test_refused_by_content(look: Look, content: bytes) -> None:
    with pytest.raises(FileTypeRefusedError):
        look(content, name="photo.png")


def test_nothing_is_no_file(look: Look) -> None:
    with pytest.raises(FileEmptyError):
        look(b"")


@pytest.mark.parametrize("content", [PDF, archive(), b"Bonjour"])
def test_a_photo_is_an_image(look: Look, content: bytes) -> None:
    with pytest.raises(FileTypeRefusedError):
        look(content, name="photo.jpg", purpose=FilePurpose.PHOTO)


def with_exif() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = SECRET
    return picture("JPEG", exif=exif.tobytes(), comment=SECRET.encode())


def with_text() -> bytes:
    info = PngInfo()
    info.add_text("Comment", SECRET)
    return picture(pnginfo=info)


@pytest.mark.parametrize(
    "make",
    [with_exif, with_text, lambda: picture() + SECRET.encode(), lambda: picture("WEBP", xmp=SECRET.encode())],
)
def test_an_image_leaves_everything_but_its_pixels_behind(look: Look, make: Callable[[], bytes]) -> None:
    original = make()
    assert SECRET.encode() in original

    found = look(original, purpose=FilePurpose.PHOTO)

    stored = found.content.read()
    assert SECRET.encode() not in stored
    with Image.open(BytesIO(stored)) as image:
        assert image.size == (found.width, found.height) == (40, 30)
        assert 116 < image.convert("RGB").split()[2].tobytes()[0] < 140
        assert not image.getexif()


def test_a_picture_taken_sideways_is_stored_upright(look: Look) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6

    found = look(picture("JPEG", exif=exif.tobytes()))

    assert (found.width, found.height) == (30, 40)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_an_image_cut_off_is_refused(look: Look, form: str) -> None:
    whole = picture(form, size=(400, 300))

    for length in (12, 40, len(whole) // 3, len(whole) * 2 // 3):
        with pytest.raises((ImageRefusedError, FileTypeRefusedError)):
            look(whole[:length])


def test_a_heic_cut_off_is_refused(look: Look) -> None:
    whole = heic("scene")
    for length in range(40, len(whole) - 40, 50):
        with pytest.raises(ImageRefusedError):
            look(whole[:length])


@pytest.mark.parametrize("content", [with_exif(), with_text(), heic("turned")])
def test_what_is_attached_is_kept_as_it_came_beside_what_is_shown(look: Look, content: bytes) -> None:
    attached, photo = look(content), look(content, purpose=FilePurpose.PHOTO)

    original = attached.original
    assert original is not None
    assert (original.content.read(), original.size) == (content, len(content))
    assert original.sha256 == sha256(content).digest() != attached.sha256
    assert attached.kept_bytes == attached.size + len(content)
    assert SECRET.encode() in content
    assert SECRET.encode() not in attached.content.read()
    assert photo.original is None
    assert photo.kept_bytes == photo.size


def test_what_is_shown_as_it_came_is_kept_once(look: Look) -> None:
    assert look(PDF).original is None


def a_polyglot(*parts: bytes) -> bytes:
    return b"".join(parts)


PAGE = b"<html><script>alert(document.cookie)</script></html>"


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (a_polyglot(picture("JPEG"), PAGE), "image/jpeg"),
        (a_polyglot(picture("PNG"), archive()), "image/png"),
        (a_polyglot(picture("JPEG"), archive(), PDF), "image/jpeg"),
        (picture("JPEG", comment=PAGE), "image/jpeg"),
        (picture("WEBP", xmp=PAGE), "image/webp"),
    ],
)
def test_of_a_file_that_is_two_only_the_picture_is_shown(look: Look, content: bytes, media_type: str) -> None:
    found = look(content)

    assert found.media_type == media_type
    shown = found.content.read()
    for hidden in (b"script", b"PK\x03\x04", b"%PDF"):
        assert hidden not in shown


@pytest.fixture
async def isolation() -> AsyncIterator[Isolation]:
    """Other processes for pictures."""
    async with Isolation() as found:
        yield found


async def apart(content: bytes, isolation: Isolation, purpose: FilePurpose = FilePurpose.ATTACHMENT) -> Inspected:
    return await inspect_apart(BytesIO(content), name="fichier", purpose=purpose, isolation=isolation)


async def test_another_process_finds_the_same(isolation: Isolation) -> None:
    for content in (with_exif(), heic("turned"), PDF, b"Bonjour"):
        here, there = (
            inspect(BytesIO(content), name="fichier", purpose=FilePurpose.ATTACHMENT),
            await apart(content, isolation),
        )
        assert (here.sha256, here.name, here.width) == (there.sha256, there.name, there.width)
        assert here.content.read() == there.content.read()
        assert (here.original is None) == (there.original is None)
        here.close()
        there.close()


async def test_another_process_refuses_the_same(isolation: Isolation) -> None:
    for content in (with_exif()[:100], with_scans(1000, 1000, 1100), png(10, 10, rows(b"short"))):
        with pytest.raises(ImageRefusedError):
            await apart(content, isolation)
    with pytest.raises(FileTypeRefusedError):
        await apart(b"Bonjour", isolation, FilePurpose.PHOTO)


BROKEN = (
    saved(scene(), "JPEG", progressive=True),
    saved(scene(), "PNG", exif=Image.Exif()),
    saved(scene(), "WEBP"),
    saved(scene().convert("CMYK"), "JPEG"),
    heic("scene"),
    heic("alpha"),
    heic("turned"),
)


@pytest.mark.parametrize("seed", range(len(BROKEN)))
async def test_what_was_damaged_is_shown_or_refused(isolation: Isolation, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same damage each time
    for _ in range(30):
        content = bytearray(BROKEN[seed])
        for _ in range(chance.randrange(1, 8)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        try:
            found = await apart(bytes(content[: chance.randrange(20, 2 * len(content))]), isolation)
        except InvalidError:
            continue
        with Image.open(found.content) as image:
            image.load()
        found.close()


async def test_a_picture_that_takes_too_long_is_refused_and_holds_nobody_up(
    isolation: Isolation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orderhub.domain.files.inspection.SECONDS", 0.05)
    with pytest.raises(ImageRefusedError, match="too long"):
        await apart(saved(scene((5000, 4000)), "PNG", compress_level=1), isolation)
    monkeypatch.undo()

    (await apart(with_exif(), isolation)).close()


async def test_a_picture_that_takes_too_much_memory_is_refused(
    isolation: Isolation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orderhub.domain.files.inspection.MEMORY", 40_000_000)

    with pytest.raises(ImageRefusedError, match="too long"):
        await apart(saved(scene((5000, 4000)), "PNG", compress_level=1), isolation)


def test_a_page_in_disguise_is_plain_text(look: Look) -> None:
    found = look(b"<script>alert(1)</script>", name="logo.svg")

    assert (found.media_type, found.name) == ("text/plain", "logo.txt")


def test_refusals_point_at_the_file(look: Look) -> None:
    with pytest.raises(InvalidError) as refusal:
        look(b"")

    assert [(place.pointer, place.code) for place in refusal.value.errors] == [("/file", "file_empty")]
