"""What Bruno uploads is looked into: by content, never by the name or the type that it came with."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile
from zlib import crc32

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from orderhub.domain.files.errors import FileEmptyError, FileTypeRefusedError, ImageRefusedError
from orderhub.domain.files.images import MAX_PIXELS
from orderhub.domain.files.inspection import Inspected, inspect, safe_name
from orderhub.domain.files.models import FileKind, FilePurpose
from orderhub.kit.errors import InvalidError

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
            opened.callback(found.content.close)
            return found

        yield inspect_bytes


@pytest.mark.parametrize(
    ("content", "kind", "media_type", "name"),
    [
        (picture(), FileKind.IMAGE, "image/png", "fichier.png"),
        (picture("JPEG"), FileKind.IMAGE, "image/jpeg", "fichier.jpg"),
        (picture("WEBP"), FileKind.IMAGE, "image/webp", "fichier.webp"),
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


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_sort_of_png_is_written_anew(look: Look, mode: str) -> None:
    assert look(picture(mode=mode)).media_type == "image/png"


def test_transparency_stays(look: Look) -> None:
    target = BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(target, "PNG")

    with Image.open(look(target.getvalue()).content) as image:
        assert image.getpixel((0, 0)) == (0, 0, 0, 0)


def test_a_picture_for_print_becomes_one_for_screens(look: Look) -> None:
    target = BytesIO()
    Image.new("CMYK", (4, 4)).save(target, "JPEG")

    with Image.open(look(target.getvalue()).content) as image:
        assert image.mode == "RGB"


def claiming(width: int, height: int) -> bytes:
    """A small PNG that says it is this large."""
    plain = bytearray(picture())
    plain[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    plain[29:33] = crc32(bytes(plain[12:29])).to_bytes(4, "big")
    return bytes(plain)


@pytest.mark.parametrize(("width", "height"), [(MAX_PIXELS // 5000 + 1, 5000), (20_000, 1), (60_000, 60_000)])
def test_too_many_pixels_are_refused_before_decoding(look: Look, width: int, height: int) -> None:
    with pytest.raises(ImageRefusedError):
        look(claiming(width, height))


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_an_image_cut_off_is_refused(look: Look, form: str) -> None:
    whole = picture(form, size=(400, 300))

    with pytest.raises(ImageRefusedError):
        look(whole[: len(whole) // 3])


def test_a_page_in_disguise_is_plain_text(look: Look) -> None:
    found = look(b"<script>alert(1)</script>", name="logo.svg")

    assert (found.media_type, found.name) == ("text/plain", "logo.txt")


def test_refusals_point_at_the_file(look: Look) -> None:
    with pytest.raises(InvalidError) as refusal:
        look(b"")

    assert [(place.pointer, place.code) for place in refusal.value.errors] == [("/file", "file_empty")]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Logo final.PDF", "Logo final.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Bureau\\devis.pdf", "devis.pdf"),
        ("contrat.exe", "contrat.pdf"),
        ('a"b\r\nSet-Cookie: x.pdf', "abSet-Cookie x.pdf"),
        ("facture\u202efdp.exe", "facturefdp.pdf"),
        ("", "file.pdf"),
        ("...", "file.pdf"),
        (".pdf", "pdf.pdf"),
        ("é" * 300, "é" * 100 + ".pdf"),
    ],
)
def test_names_are_made_harmless(given: str, kept: str) -> None:
    assert safe_name(given, "application/pdf") == kept
