"""Whatever a mail program writes is found again, and whatever is made of the words of mails can be read."""

from base64 import encodebytes
from collections.abc import Callable
from email.header import Header
from quopri import encodestring
from urllib.parse import quote

from hypothesis import example, given
from hypothesis import strategies as st

from orderhub.domain.replies.attachments import look_into
from orderhub.domain.replies.mime import read
from orderhub.domain.replies.plain_text import one_line

NAMES = st.text("abc éçœ€Ж名.-_()',;=&/", max_size=60).map(one_line)
ENCODINGS = ("base64", "BASE64 ", "base64 (as ever)", '"quoted-printable"', "Quoted-Printable;", "8bit", "binary")
WORDS = (
    b"\r\n", b"\n", b"\r", b"\r\n\r\n", b"--", b"--b\r\n", b"--b--", b"; ", b'"', b"\\", b"(", b")", b"<", b">",
    b"@", b":", b"=", b"=\r\n", b"\x00", b"\xff", b"\xe2\x80\xae", b"\x1b$B",
    b"=?utf-8?b?", b"=?u\xfftf-8?q?a?=", b"=?idna?q?a?=", b"?=", b"From: awa@example.fr", b"Subject: ",
    b"Content-Type: ", b"multipart/mixed; boundary=b", b"multipart/digest", b"multipart/report", b"message/rfc822",
    b"message/delivery-status", b"text/plain; charset=", b"text/html\r\n\r\n", b"utf-16", b"utf-7", b"punycode",
    b"undefined", b"zlib", b"charset*=", b"Content-Transfer-Encoding: ", b"base64", b"x-uuencode", b"begin 644 a\n",
    b"Content-Disposition: attachment; ", b"filename=", b"filename*=", b"filename*0*=", b"UTF-8''%", b"name=",
    b"<a x='", b"<o:p>", b"<x@y>", b"<table><tr><td>", b"</div></html>", b"<!--", b"<![CDATA[", b"&#1;", b"&#xd800;",
    b"&#xffff;", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04",
)  # fmt: skip


def as_extended(name: str) -> bytes:
    return f"filename*=UTF-8''{quote(name, safe='')}".encode()


def in_pieces(name: str) -> bytes:
    """Each character in a parameter of its own (RFC 2231)."""
    begun = (("UTF-8''" if place == 0 else "") + quote(letter, safe="") for place, letter in enumerate(name))
    return ";\r\n ".join(f"filename*{place}*={piece}" for place, piece in enumerate(begun)).encode()


def as_words(name: str) -> bytes:
    return f'filename="{Header(name, "utf-8").encode()}"'.encode()


def as_bytes(name: str) -> bytes:
    return f'filename="{name}"'.encode()


def encoded(content: bytes, encoding: str) -> bytes:
    if "base64" in encoding.lower():
        return encodebytes(content)
    return encodestring(content) if "quoted" in encoding.lower() else content


@given(
    name=NAMES,
    write=st.sampled_from([as_extended, in_pieces, as_words, as_bytes]),
    content=st.binary(max_size=300),
    encoding=st.sampled_from(ENCODINGS),
    place=st.sampled_from(["alone", "within"]),
)
def test_a_file_is_found_again(
    name: str, write: Callable[[str], bytes], content: bytes, encoding: str, place: str
) -> None:
    content = content.replace(b"\r", b"").replace(b"\n", b"").replace(b"--", b"")
    head = b"Content-Disposition: attachment; " + write(name) + b"\r\nContent-Transfer-Encoding: " + encoding.encode()
    file = head + b"\r\n\r\n" + encoded(content, encoding)
    mixed = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHi\r\n--b\r\n" + file + b"\r\n--b--\r\n"
    mail = read(b"From: awa@example.fr\r\n" + (file if place == "alone" else mixed))
    assert mail.unread is None
    (found,) = mail.attachments
    assert (found.name, found.content.rstrip(b"\n")) == (name, content)


@given(st.lists(st.sampled_from(WORDS), max_size=60).map(b"".join))
@example(b"Subject: =?u\xfftf-8?q?a?=\r\n\r\n")
@example(b"Content-Type: text/html\r\n\r\n<p>a\x01&#1;<x@y>b</div></html>c")
def test_anything_made_of_the_words_of_mails_can_be_read_and_kept(raw: bytes) -> None:
    mail = read(raw)
    texts = (mail.sender, mail.subject, mail.text, mail.message_id or "", mail.written_at, *mail.addressed_to)
    for text in (*texts, *(file.name for file in mail.attachments)):
        assert "\x00" not in text
        assert text.encode().decode() == text
    kept = look_into(mail)
    assert all(each.upload.size > 0 for each in kept)
    assert mail.unread is None or [each.upload.name for each in kept] == ["message.zip"]
