"""The parts of a parsed mail: which are files, what those are named, and what its sender wrote.

Names come in every form that mail programs and gateways write: encoded (RFC 2231, in pieces or not), as
encoded words, which RFC 2047 forbids there, in per cent signs, or as bare bytes in UTF-8 or in Windows'
characters.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeAlias

from orderhub.domain.files.names import read_name
from orderhub.domain.replies import headers
from orderhub.domain.replies.bounded import Part, TooMuchError
from orderhub.domain.replies.mail import Attachment
from orderhub.domain.replies.plain_text import cleaned, decoded, one_line

_NAMED_IN: Final = (("Content-Disposition", "filename"), ("Content-Type", "name"))
_NAME_LENGTH: Final = 300
_WRITTEN_LENGTH: Final = 4000
"""Characters that a name may take where it is encoded: reading encoded words costs the square of a length."""
_ENCODING: Final = "Content-Transfer-Encoding"
_Parameter: TypeAlias = "str | tuple[str | None, str | None, str]"


def leaves(whole: Part) -> Sequence[Part]:
    """The parts that have a content of their own, each with its encoding spelt as the library knows it.

    Raises TooMuchError where a part of several parts can't be divided: what is in it would be overlooked.
    """
    found = [part for part in whole.walk() if not part.is_multipart()]
    for part in found:
        if part.get_content_maintype() == "multipart" and str(part.get_payload()).strip():
            raise TooMuchError("a part without its boundary")
        encodings = headers.tokens(part, _ENCODING)
        del part[_ENCODING]
        if encodings:
            part[_ENCODING] = encodings[0]
    return found


def files(found: Sequence[Part]) -> Iterator[Attachment]:
    """The files among the parts."""
    for part in found:
        if _is_file(part):
            yield Attachment(
                name=_name(part),
                claimed_type=part.get_content_type(),
                content=_content(part),
                is_attached=part.get_content_disposition() == "attachment",
                is_embedded="Content-ID" in part,
            )


def text(found: Sequence[Part]) -> str:
    """What the sender wrote: the plain text, which some programs cut around pictures, else the first HTML."""
    bodies = [part for part in found if part.get_content_maintype() == "text" and not _is_file(part)]
    plain = (cleaned(_text(part)) for part in bodies if part.get_content_type() == "text/plain")
    if written := "\n\n".join(filter(None, plain)):
        return cleaned(written)
    pages = (_text(part) for part in bodies if part.get_content_type() == "text/html")
    return _seen(next(pages, ""))


def _seen(page: str) -> str:
    if not page.strip():
        return ""
    # Imported by the first such mail: lxml and inscriptis take 10 MiB that whoever starts us saves.
    from orderhub.domain.replies.html_text import of_html

    return cleaned(of_html(page))


def _is_file(part: Part) -> bool:
    if part.get_content_disposition() == "attachment" or _name(part):
        return True
    return part.get_content_type() not in ("text/plain", "text/html") and part.get_content_maintype() != "multipart"


def _name(part: Part) -> str:
    """The file's name. Where it is told twice, the form that can have accents goes first (RFC 6266)."""
    for header, key in _NAMED_IN:
        parameters: Any = part.get_params([], header)
        values: list[_Parameter] = [value for name, value in parameters if name.lower() == key]
        extended = (_extended(*value) for value in values if isinstance(value, tuple))
        plain = (one_line(read_name(value[:_WRITTEN_LENGTH])) for value in values if isinstance(value, str))
        if name := next(filter(None, (*extended, *plain)), ""):
            return name[:_NAME_LENGTH]
    return ""


def _extended(charset: str | None, _language: str | None, value: str) -> str:
    """A name that was encoded in per cent signs (RFC 2231): the library has each byte as a character."""
    try:
        return one_line(decoded(value.encode("latin-1"), charset))
    except UnicodeEncodeError:
        return one_line(value)


def _content(part: Part) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _text(part: Part) -> str:
    return decoded(_content(part), part.get_content_charset())
