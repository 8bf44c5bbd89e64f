"""The likeliest proof of a mail comes first, and nothing that was sent is lost."""

from collections.abc import Callable, Iterator
from email.message import EmailMessage
from io import BytesIO
from zipfile import ZipFile

import pytest

from orderhub.domain.replies.attachments import Kept, look_into
from orderhub.domain.replies.mime import read
from tests.domain.replies.letters import PDF, letter, picture, raw, with_pdf, with_picture
from tests.making.pictures import heic, with_scans

FilesOf = Callable[[EmailMessage], list[Kept]]


@pytest.fixture
def files_of() -> Iterator[FilesOf]:
    """Looks into a mail; its files are closed in the end."""
    found: list[Kept] = []

    def look(message: EmailMessage) -> list[Kept]:
        kept = look_into(read(raw(message)))
        found.extend(kept)
        return kept

    yield look
    for kept in found:
        kept.upload.content.close()


def names_in(kept: Kept) -> list[str]:
    with ZipFile(BytesIO(kept.upload.content.read())) as archive:
        return archive.namelist()


def test_a_pdf_goes_before_a_photo_and_a_photo_before_a_text(files_of: FilesOf) -> None:
    message = letter()
    message.add_attachment("Virement fait", filename="note.txt")
    with_picture(message, picture())
    with_pdf(message, "reçu.pdf")
    kept = files_of(message)
    assert [(each.upload.name, each.may_be_proof) for each in kept] == [
        ("reçu.pdf", True),
        ("photo.jpg", True),
        ("note.txt", True),
    ]


def test_the_logo_of_a_signature_is_no_proof_but_a_photo_within_the_text_is(files_of: FilesOf) -> None:
    for size, expected in (((120, 60), False), ((1200, 900), True)):
        message = letter()
        message.add_related(picture(*size), "image", "jpeg", cid="<one>", filename="image001.jpg")
        (kept,) = files_of(message)
        assert kept.may_be_proof is expected


def test_what_mail_programs_add_is_no_proof(files_of: FilesOf) -> None:
    message = letter()
    message.add_attachment("BEGIN:VCARD\nEND:VCARD\n", subtype="vcard", filename="awa.vcf")
    message.add_attachment("Footer of a list", filename="ATT00001.txt")
    kept = files_of(message)
    assert len(kept) == 2
    assert not any(each.may_be_proof for each in kept)


def test_a_signature_is_kept_and_no_proof(files_of: FilesOf) -> None:
    message = with_pdf(letter())
    message.add_attachment(
        b"0\x82" + bytes(99), maintype="application", subtype="pkcs7-signature", filename="smime.p7s"
    )
    message.add_attachment(b"-----BEGIN PGP", maintype="application", subtype="pgp-signature", filename="a.asc")
    kept = files_of(message)
    assert [(each.upload.name, each.was_meant) for each in kept] == [
        ("reçu.pdf", True),
        ("a.txt", False),
        ("unread-attachments.zip", False),
    ]
    assert names_in(kept[2]) == ["01-smime.p7s"]


def test_a_receipt_that_calls_itself_a_signature_is_a_receipt(files_of: FilesOf) -> None:
    message = letter()
    message.add_attachment(PDF, maintype="application", subtype="pkcs7-signature", filename="reçu.pdf")
    (kept,) = files_of(message)
    assert kept.may_be_proof


def test_a_receipt_may_be_called_like_one_of_our_documents(files_of: FilesOf) -> None:
    (kept,) = files_of(with_pdf(letter(), "PF-2026-000123.pdf"))
    assert kept.may_be_proof


def test_what_no_upload_may_be_is_kept_in_an_archive(files_of: FilesOf) -> None:
    message = with_pdf(letter(), "réçu.pdf")
    for name in ("facture.exe", "../../facture.exe"):
        message.add_attachment(
            b"MZ\x90\x00" + bytes(200), maintype="application", subtype="octet-stream", filename=name
        )
    with_picture(message, picture()[:300], "broken.jpg")
    with_pdf(message, "empty.pdf", b"")
    proof, others = files_of(message)
    assert proof.upload.name == "réçu.pdf"
    assert not others.may_be_proof
    assert names_in(others) == ["01-facture.exe", "02-.._.._facture.exe", "03-broken.jpg"]


def test_a_pdf_that_is_none_is_no_proof(files_of: FilesOf) -> None:
    (kept,) = files_of(with_pdf(letter(), content=b"\x7fELF" + PDF))
    assert not kept.may_be_proof


def test_a_picture_that_would_take_minutes_is_kept_unread(files_of: FilesOf) -> None:
    (kept,) = files_of(with_picture(letter(), with_scans(1000, 1000, 1100), "photo.jpg"))
    assert names_in(kept) == ["01-photo.jpg"]


def test_a_photo_of_a_telephone_is_a_receipt_and_kept_as_it_came(files_of: FilesOf) -> None:
    (kept,) = files_of(with_picture(letter(), heic("scene"), "IMG_0042.HEIC"))
    assert (kept.upload.media_type, kept.upload.name, kept.may_be_proof) == ("image/jpeg", "IMG_0042.jpg", True)
    assert kept.upload.original is not None
    assert kept.upload.original.content.read() == heic("scene")


def test_an_unread_mail_is_kept_whole(files_of: FilesOf) -> None:
    message = letter()
    for number in range(30):
        with_pdf(message, f"{number}.pdf")
    (kept,) = files_of(message)
    assert not kept.may_be_proof
    with ZipFile(BytesIO(kept.upload.content.read())) as archive:
        assert archive.read("message.eml") == raw(message)


def test_a_mail_without_files_has_none(files_of: FilesOf) -> None:
    assert files_of(letter()) == []
