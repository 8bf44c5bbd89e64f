"""Names and encodings of files in every form that mail programs send them in."""

from base64 import b64encode

import pytest

from orderhub.domain.replies.mime import read
from tests.domain.replies.letters import PDF


def part(*headers: bytes, content: bytes = PDF) -> bytes:
    """A mail that is one file."""
    return b"\r\n".join((b"From: awa@example.fr", *headers, b"", content))


@pytest.mark.parametrize(
    "disposition",
    [
        b"filename*=UTF-8''re%C3%A7u.pdf",
        b"filename*=utf-8'fr're%C3%A7u.pdf",
        b"filename*=iso-8859-1''re%E7u.pdf",
        b"filename*=\"UTF-8''re%C3%A7u.pdf\"",
        b"filename*=re%C3%A7u.pdf",
        b"filename*=klingon''re%C3%A7u.pdf",
        b"FileName*=UTF-8''re%C3%A7u.pdf",
        b"filename=recu.pdf; filename*=UTF-8''re%C3%A7u.pdf",
        b"filename*0*=UTF-8''re%C3;\r\n filename*1*=%A7u;\r\n filename*2=.pdf",
        b"filename*1*=%A7u.pdf; filename*0*=UTF-8''re%C3",
        b'filename*0="=?UTF-8?Q?re=C3"; filename*1="=A7u.pdf?="',
        b'filename="=?UTF-8?Q?re=C3=A7u.pdf?="',
        b"filename==?UTF-8?B?cmXDp3UucGRm?=",
        b'filename="=?iso-8859-1?q?re=E7u?=\r\n =?utf-8?q?=2Epdf?="',
        b'filename="re\xc3\xa7u.pdf"',
        b'filename="re\xe7u.pdf"',
        b"filename=re\xe7u.pdf",
        b"filename=re%C3%A7u.pdf",
        b'filename = "re\xc3\xa7u.pdf" ; size=12',
    ],
)
def test_a_name_is_read_in_whichever_form_it_comes(disposition: bytes) -> None:
    both = (
        (b"Content-Disposition: attachment; " + disposition,),
        (b"Content-Type: application/pdf; " + disposition.replace(b"filename", b"name").replace(b"FileName", b"Name"),),
    )
    for headers in both:
        (file,) = read(part(*headers)).attachments
        assert (file.name, file.content) == ("reçu.pdf", PDF)


def test_signs_within_quotes_belong_to_the_name() -> None:
    (file,) = read(part(b'Content-Disposition: attachment; filename="re\\"; \xc3\xa7u, 2.pdf"')).attachments
    assert file.name == 're"; çu, 2.pdf'


def test_what_is_encoded_is_decoded_once() -> None:
    for written, meant in (
        (b"filename*=UTF-8''100%2525.pdf", "100%25.pdf"),
        (b'filename="100 %.pdf"', "100 %.pdf"),
        (b"filename*=UTF-8''%3D%3Futf-8%3Fq%3Fa%3F%3D", "=?utf-8?q?a?="),
        (b'filename="C:\\Users\\awa\\recu.pdf"', "C:\\Users\\awa\\recu.pdf"),
    ):
        assert read(part(b"Content-Disposition: attachment; " + written)).attachments[0].name == meant


def test_the_name_of_the_disposition_goes_before_that_of_the_type() -> None:
    headers = (b"Content-Type: application/pdf; name=old.pdf", b"Content-Disposition: attachment; filename=new.pdf")
    assert read(part(*headers)).attachments[0].name == "new.pdf"
    emptied = (b"Content-Type: application/pdf; name=old.pdf", b'Content-Disposition: attachment; filename=""')
    assert read(part(*emptied)).attachments[0].name == "old.pdf"


@pytest.mark.parametrize(
    "encoding",
    [
        b"base64",
        b"base64 ",
        b" BASE64\t",
        b"base64 (as always)",
        b"(MIME (1.0)) base64",
        b'"base64"',
        b"'base64'",
        b"base64;",
        b"base64; charset=binary",
        b"\r\n base64",
    ],
)
def test_an_encoding_is_read_with_blanks_comments_and_quotes(encoding: bytes) -> None:
    headers = (b"Content-Disposition: attachment; filename=a.pdf", b"Content-Transfer-Encoding: " + encoding)
    assert read(part(*headers, content=b64encode(PDF))).attachments[0].content == PDF
    quoted = (headers[0], headers[1].lower().replace(b"base64", b"Quoted-Printable"))
    assert read(part(*quoted, content=b"%PDF=2D1.7 =E9")).attachments[0].content == b"%PDF-1.7 \xe9"
