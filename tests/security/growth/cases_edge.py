"""What reads requests before an operation has them, and the texts that operations take from everybody."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from itertools import count
from typing import Any, Final

from fastapi import Request
from pydantic import TypeAdapter
from pydantic_core import PydanticCustomError
from starlette.types import Message

from orderhub.api.bodies import MOST_BODY
from orderhub.api.dependencies import choose_language
from orderhub.api.pairs import MOST_FORM, read_form, read_pairs
from orderhub.api.schemas import forms
from orderhub.api.schemas.ids import ListingId
from orderhub.api.schemas.values import Day, Duration, Instant, Text, WholeNumber
from orderhub.api.uploads.form import read_form as read_upload_form
from orderhub.api.versions import expected_versions
from orderhub.commands.connections import MOST_HEAD
from orderhub.domain.accounts.address_rules import PostalAddress, check_address
from orderhub.domain.accounts.countries import COUNTRY_RULES
from orderhub.domain.accounts.tokens import AccessTokens
from orderhub.domain.events.position import read_position
from orderhub.domain.shops.hosts import host_of
from orderhub.kit.errors import InvalidError
from orderhub.kit.pages import read_cursor
from orderhub.kit.strict_json import fault_in
from orderhub.kit.text import piles_up_marks
from tests.security.growth.growth import Case, again

_numbers: Final = count()
_MOST_UPLOAD: Final = 20_000_000
_ON_DISK: Final = 2_500_000
"""Longer uploads are written to a file, in threads."""
_tokens: Final = AccessTokens("a secret of these tests, long enough", timedelta(minutes=15))


def in_bytes(make: Callable[[int], str]) -> Callable[[int], bytes]:
    """The same in UTF-8."""
    return lambda length: make(length).encode()


def reads(kind: Any) -> Callable[[Any], object]:
    """Reads a value of a schema."""
    adapter: TypeAdapter[Any] = TypeAdapter(kind)
    return adapter.validate_python


def read_host(url: str) -> object:
    """Reads the host of a page that nobody asked for before: some of what reads it remembers."""
    return host_of(f"{url}{next(_numbers)}")


def read_forms(text: str) -> None:
    """Reads a text as every form that our schemas have for one."""
    for form in vars(forms).values():
        if isinstance(form, forms.Form):
            with suppress(PydanticCustomError):
                form.read(text)


def read_addresses(text: str) -> None:
    """Reads addresses of every country that say this for a postcode, a region and a number."""
    for country in COUNTRY_RULES:
        with suppress(InvalidError):
            check_address(PostalAddress("Awa", "1 rue", "Lyon", country, postcode=text, region=text, phone=text))


async def _read_upload(body: bytes) -> None:
    starts = iter(range(0, len(body), 65_536))

    async def receive() -> Message:
        start = next(starts)
        return {"type": "http.request", "body": body[start : start + 65_536], "more_body": start + 65_536 < len(body)}

    headers = [(b"content-type", b"multipart/form-data; boundary=mangue")]
    async with read_upload_form(Request({"type": "http", "headers": headers}, receive), most=_MOST_UPLOAD):
        pass


def read_upload(body: bytes) -> None:
    """Reads a form with a file, as an upload is read."""
    asyncio.run(_read_upload(body))


def _upload(pump: bytes) -> Callable[[int], bytes]:
    head = b'--mangue\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
    return lambda length: head + pump * (length // len(pump)) + b"\r\n--mangue--\r\n"


_JSON: Final[Mapping[str, Callable[[int], str]]] = {
    "an unclosed string": again('\\"', before="[" * 33),
    "empty strings": again('"",', before="["),
    "strings without end": again('"', before="[" * 33),
    "brackets": again("[]", before="["),
    "levels": again("["),
    "objects": again("{},", before="["),
    "one name again": again('"a":1,', before="{", after='"b":1}'),
    "escapes": again("\\u0041", before='["'),
    "surrogates": again("\\ud800", before='["'),
    "digits": again("9", before="[1."),
    "blanks": again(" "),
    "backslashes": again("\\", before="[" * 33 + '"'),
}
_PAIRS: Final[Mapping[str, Callable[[int], str]]] = {
    "names": again("a&"),
    "escapes": again("%41"),
    "half escapes": again("%"),
    "wrong bytes": again("%FF", before="a="),
    "equals": again("="),
    "pluses": again("+", before="a="),
}
_HEADERS: Final[Mapping[str, Callable[[int], str]]] = {
    "blanks": again(" ", before="fr"),
    "commas": again(","),
    "parts": again('"1", '),
    "weak": again("W/"),
    "quotes": again('"'),
    "dots": again("."),
    "brackets": again("W1tb"),
    "letters": again("a"),
    "digits": again("0"),
    "stars": again("*, "),
}
_MARKS: Final = again("\u0315\u0300", before="e")

INSIDE: Final = {
    "orderhub.api.texts._SECTION": "reads our own docs/problems.md",
    "orderhub.api.schemas.sandbox_mailbox._LINK": "reads mails that we wrote, for development alone",
    "orderhub.commands.postgres_tools._MAJOR": "reads what pg_dump says of itself",
    "orderhub.commands.shown_settings._PASSWORD": "reads the settings of whoever runs the command",
    "orderhub.infra.embedded_postgres.sockets._PLAIN_PATH": "reads a path of this machine",
    "orderhub.infra.migrations._REVISION": "reads our own migrations",
}

CASES: Final[Sequence[Case]] = [
    *(Case(f"a body of {name}", fault_in, in_bytes(make), MOST_BODY) for name, make in _JSON.items()),
    *(Case(f"a query of {name}", read_pairs, in_bytes(make), MOST_HEAD) for name, make in _PAIRS.items()),
    *(Case(f"a form of {name}", read_form, in_bytes(make), MOST_FORM) for name, make in _PAIRS.items()),
    *(
        Case(f"{kind} of {name}", call, make, MOST_HEAD)
        for name, make in _HEADERS.items()
        for kind, call in {
            "If-Match": expected_versions,
            "Accept-Language": choose_language,
            "a token": _tokens.read,
            "a cursor": read_cursor,
            "a place in the log": read_position,
            "an id": reads(ListingId),
            "orderhub.api.schemas.values:_read": reads(Instant),
            "orderhub.api.schemas.forms:read": read_forms,
            "a day": reads(Day),
            "a duration": reads(Duration),
            "a number": reads(WholeNumber),
            "a host": read_host,
        }.items()
    ),
    Case("marks on one letter", piles_up_marks, _MARKS, MOST_BODY),
    Case("a text of marks", Text(5000, lines=True).read, _MARKS, MOST_BODY),
    Case("a text of marks, as long as may be", Text(5000, lines=True).read, _MARKS, 20_000),
    Case("a text of blanks", Text(5000).read, again(" ", after="x"), MOST_BODY),
    Case("a host of marks", read_host, _MARKS, 20_000),
    Case("a host of dots", read_host, again("a."), 20_000),
    Case("a host of letters", read_host, again("é"), 20_000),
    *(
        Case(f"{name} of {pump!r}", read_addresses, again(pump), 200)
        for pump in ("7", "7 ", "A1", "+3", " ")
        for name in (
            "orderhub.domain.accounts.address_rules:_postcode_faults",
            "orderhub.domain.accounts.address_rules:_hint",
            "orderhub.domain.accounts.countries:has",
        )
    ),
    *(
        Case(f"an upload of {name}", read_upload, make, _MOST_UPLOAD, _ON_DISK)
        for name, make in {
            "returns": _upload(b"\r"),
            "lines": _upload(b"\r\n"),
            "half boundaries": _upload(b"\r\n--mangu"),
            "boundaries": _upload(b"--mangue"),
            "letters": _upload(b"x"),
            "headers": in_bytes(again("A: b\r\n", before="--mangue\r\n")),
            "one header": in_bytes(again(";a=", before="--mangue\r\nA: ")),
            "lines alone": in_bytes(again("\r\n")),
        }.items()
    ),
]
