"""A mail that is larger in any respect than mails are is kept whole, and one that just isn't is read."""

from collections.abc import Callable

import pytest

from orderhub.domain.replies import bounded
from orderhub.domain.replies.html_text import MAX_HTML, MAX_NESTED, of_html
from orderhub.domain.replies.mail import MAX_ATTACHMENTS
from orderhub.domain.replies.mime import HEAD, read

HEAD_LINE = b"Subject: hostile\r\n"
MIXED = HEAD_LINE + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"


def lines(n: int) -> bytes:
    return HEAD_LINE + b"\r\n" * (n - 1)


def bare_returns(n: int) -> bytes:
    return (HEAD_LINE + b"\r\n").replace(b"\n", b"") + b"a\r" * (n - 2)


def parts(n: int) -> bytes:
    return MIXED + b"--b\r\n\r\nx\r\n" * (n - 1)


def reports(n: int) -> bytes:
    """Blocks of a delivery report, each of which the library makes a part."""
    return HEAD_LINE + b"Content-Type: message/delivery-status\r\n\r\n" + b"A: b\r\n\r\n" * (n - 1)


def levels(n: int) -> bytes:
    nested = (b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (k, k) for k in range(n - 1))
    return HEAD_LINE + b"".join(nested) + b"\r\nx"


def forwarded(n: int) -> bytes:
    return HEAD_LINE + b"Content-Type: message/rfc822\r\n\r\n" * (n - 1) + b"\r\nx"


def headers(n: int) -> bytes:
    return HEAD_LINE + b"A: b\r\n" * (n - 1) + b"\r\nx"


def headers_of_a_part(n: int) -> bytes:
    return MIXED + b"--b\r\n" + b"A: b\r\n" * n + b"\r\nx"


def long_header(n: int) -> bytes:
    return HEAD_LINE + b"A: " + b"x" * n + b"\r\n\r\nx"


def folded_header(n: int) -> bytes:
    return HEAD_LINE + b"A: b" + b"\r\n x" * ((n - 1) // 4) + b"y" * ((n - 1) % 4) + b"\r\n\r\nx"


def long_header_of_a_part(n: int) -> bytes:
    return MIXED + b'--b\r\nContent-Type: image/png; name="' + b"x" * (n - 17) + b"\r\n\r\nx"


def parameters(n: int) -> bytes:
    return MIXED + b'--b\r\nContent-Type: image/png; name="' + b";" * (n - 1) + b"\r\n\r\nx"


def parameters_of_a_disposition(n: int) -> bytes:
    pieces = b"".join(b"; filename*%d=a" % k for k in range(n))
    return MIXED + b"--b\r\nContent-Disposition: attachment" + pieces + b"\r\n\r\nx"


def encoded_words(n: int) -> bytes:
    return b"Subject: hostile" + b" =?utf-8?q?a?=" * n + b"\r\n\r\nx"


def encoded_words_without_end(n: int) -> bytes:
    return HEAD_LINE + b"From: " + b"=?a?q?" * n + b"\r\n\r\nx"


def attachments(n: int) -> bytes:
    return MIXED + b"--b\r\nContent-Type: image/png\r\n\r\nx\r\n" * n


@pytest.mark.parametrize(
    ("make", "most"),
    [
        (lines, bounded.MAX_LINES),
        (bare_returns, bounded.MAX_LINES),
        (parts, bounded.MAX_PARTS),
        (reports, bounded.MAX_PARTS),
        (levels, bounded.MAX_LEVELS),
        (forwarded, bounded.MAX_LEVELS),
        (headers, bounded.MAX_HEADERS),
        (headers_of_a_part, bounded.MAX_HEADERS),
        (long_header, bounded.MAX_HEADER),
        (folded_header, bounded.MAX_HEADER),
        (long_header_of_a_part, bounded.MAX_HEADER),
        (parameters, bounded.MAX_PARAMETERS),
        (parameters_of_a_disposition, bounded.MAX_PARAMETERS),
        (encoded_words, bounded.MAX_ENCODED_WORDS),
        (encoded_words_without_end, bounded.MAX_ENCODED_WORDS),
        (attachments, MAX_ATTACHMENTS),
    ],
)
def test_a_bound_is_kept_and_one_more_is_kept_whole(make: Callable[[int], bytes], most: int) -> None:
    within, beyond = read(make(most)), read(make(most + 1))
    assert within.unread is None
    assert beyond.unread == make(most + 1)
    assert beyond.subject.startswith("hostile")


def test_the_head_of_an_unread_mail_is_looked_for_in_its_beginning() -> None:
    raw = HEAD_LINE + b"A: b\r\n" * HEAD + b"To: late@x.example\r\n\r\n"
    assert (read(raw).subject, read(raw).addressed_to) == ("hostile", ())


def test_html_is_read_to_its_bound() -> None:
    assert of_html("<p>first" + " " * (MAX_HTML - 12) + "last" + "never").split() == ["first", "last"]


def test_tags_within_tags_are_read_as_if_they_stood_outside() -> None:
    assert of_html("<i>" * MAX_NESTED * 50 + "deep" + "</i>" * MAX_NESTED * 50 + " out").split() == ["deep", "out"]
