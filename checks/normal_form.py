"""The form in which an answer is recorded: the same on every day and every machine.

An answer names things that are new each time. Each gets a value of its own form that follows from where it is seen
first: an id is the same wherever it comes back. Instants of the business clock stand still (``START`` and what lies
before and after it, to the ten minutes); those of the machine's clock lie as far behind ``START`` as they lay behind
their answer, to the minute. Long lists are cut.
"""

import hashlib
import json
import re
import string
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final, cast

from orderhub.kit.clock import real_now, show_instant
from orderhub.kit.ids import parse_id, show_id

START: Final = datetime(2026, 3, 2, 9, tzinfo=UTC)
"""When the recorded hub is seeded, by its business clock: a Monday, far enough from any day of a recording."""

HOUSE: Final = "http://127.0.0.1:8000"
PROVIDER: Final = "http://127.0.0.1:8001"

_STEP: Final = timedelta(minutes=10)
_REAL: Final = timedelta(days=100)
"""How far ahead the machine's clock is spoken of; requests name days that lie further away."""
_LINKS_END: Final = START + timedelta(hours=1)
_SHOWN: Final = 2
_LONG: Final = 2500
"""Characters of JSON from which on a list is cut."""
_BEFORE: Final = timedelta(minutes=1)
_SHORT: Final = 5
"""Seconds of a wait that is always the same."""
_WAITS: Final = (60, 900)
"""Seconds that a limit lasts at most."""
_REST_OF_DAY: Final = 54_000
"""Seconds from `START` to midnight."""

_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)")
_ID: Final = re.compile(r"\b([a-z]{3})_[0-7][0-9a-hjkmnp-tv-z]{25}\b")
_WRITTEN: Final = re.compile(r"\d{1,2} \w+ 20\d\d à \d\d:\d\d")
"""An instant as letters write it."""
_EXPIRES: Final = re.compile(r"(?<=expires=)\d+")
_KEY: Final = re.compile(r"(?<=\bohk_)[\w-]{6,}")
_SECRETS: Final = (
    re.compile(r'\b[0-9a-f]{16}(?="$)'),
    re.compile(r"(?<=signature=)[0-9a-f]{64}"),
    re.compile(r"(?<=\beyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9\.)[\w-]+\.[\w-]+"),
    re.compile(r"(?<=token=)[\w.~-]+"),
    re.compile(r"(?<=\bpsp_)[0-9a-f]{32}\b"),
    re.compile(r"(?<=^id: )[\w-]+"),
    re.compile(r"\b[0-9a-f]{12}7[0-9a-f]{19}\b"),
)
"""What is drawn by lot within a text: signatures, tokens, ids of others, a stream's place, ids of mails, tags."""
_SECRET_MEMBERS: Final = frozenset({"refresh_token", "device_token", "ticket", "client_secret", "next_cursor"})
_HEX: Final = re.compile(r"(?:[0-9a-f]{2}){16,}")
_LETTERS: Final = string.digits + string.ascii_letters
_HINT: Final = 6
"""Characters that are shown of a key."""


@dataclass(slots=True)
class NormalForm:
    """One recording: what was new in it, and what each new thing is called."""

    hub: str
    provider: str
    began: datetime = field(default_factory=real_now)
    _names: dict[str, str] = field(default_factory=dict[str, str])
    _place: str = ""
    _count: int = 0

    def body(self, place: str, value: Any) -> Any:
        """An answer's JSON in normal form; ``place`` names whose answer it is."""
        self._place, self._count = place, 0
        return self._of(value, "")

    def problem(self, place: str, value: Mapping[str, Any]) -> Any:
        """The same of a problem document, whose wait is said as it is at most: it runs with the machine's clock."""
        wait = value.get("retry_after", 0)
        if wait <= _SHORT:
            return self.body(place, value)
        most = str(next((most for most in _WAITS if wait <= most), _REST_OF_DAY))
        detail = re.sub(rf"\b{wait}\b", most, value["detail"])
        return self.body(place, {**value, "detail": detail, "retry_after": int(most)})

    def text(self, place: str, value: str) -> str:
        """A text of an answer, such as a header."""
        self._place, self._count = place, 0
        return self._text(value, "")

    def _of(self, value: Any, member: str) -> Any:
        match value:
            case dict():
                members = cast("Mapping[str, Any]", value)
                return {name: self._of(inner, name) for name, inner in members.items()}
            case list():
                return [self._of(inner, member) for inner in _cut(cast("list[Any]", value), member)]
            case str():
                return self._text(value, member)
            case _:
                return value

    def _text(self, text: str, member: str) -> str:
        for there, here in ((self.hub, HOUSE), (self.provider, PROVIDER)):
            text = text.replace(there, here) if there else text
        if member in _SECRET_MEMBERS:
            return self._named(text, _alike)
        if member == "url_expires_at":
            return show_instant(_LINKS_END)
        if member == "age":
            return _whole_minutes(text)
        text = _INSTANT.sub(lambda found: self._instant(found[0]), text)
        text = _WRITTEN.sub("2 mars 2026 à 10:00", text)
        text = _KEY.sub(lambda found: self._key(found[0]), text)
        text = _EXPIRES.sub(str(int(_LINKS_END.timestamp())), text)
        text = _ID.sub(lambda found: self._id(found[1], found[0]), text)
        for pattern in _SECRETS:
            text = pattern.sub(lambda found: self._named(found[0], _alike), text)
        return text

    def _instant(self, text: str) -> str:
        instant = datetime.fromisoformat(text)
        now = real_now()
        if self.began - timedelta(days=1) <= instant <= now + _REAL:
            return show_instant(START + max(_rounded(instant - now), timedelta()))
        return show_instant(_floor(instant) if "." in text else instant)

    def _id(self, prefix: str, text: str) -> str:
        value = parse_id(prefix, text)
        if value is None or value.version != 7 or _made_at(value) < self.began - _BEFORE:  # noqa: PLR2004 - ours are UUIDv7
            return text
        return self._named(text, lambda _, seed: show_id(prefix, _some_uuid(seed)))

    def _key(self, value: str) -> str:
        """What stands for a shop's key, or for its hint, which stays its beginning."""
        return self._named(value[:_HINT], _alike) + (self._named(value[_HINT:], _alike) if value[_HINT:] else "")

    def _named(self, value: str, make: Callable[[str, str], str]) -> str:
        """What stands for a new value: made from where it is seen first."""
        if value not in self._names:
            self._count += 1
            self._names[value] = make(value, f"{self._place} {self._count}")
        return self._names[value]


def _cut(values: list[Any], member: str) -> list[Any]:
    """The first entries of a page, or of a list that would fill one."""
    is_long = len(json.dumps(values, ensure_ascii=False)) > _LONG
    return values[:_SHOWN] if member == "data" or is_long else values


def _rounded(span: timedelta) -> timedelta:
    return timedelta(minutes=round(span / timedelta(minutes=1)))


def _floor(instant: datetime) -> datetime:
    return instant - (instant - START) % _STEP


def _made_at(value: uuid.UUID) -> datetime:
    return datetime.fromtimestamp((value.int >> 80) / 1000, UTC)


def _some_uuid(seed: str) -> uuid.UUID:
    """A UUIDv7 of `START`, the rest from the seed."""
    tail = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:10], "big")
    number = int(START.timestamp() * 1000) << 80 | tail
    number = number & ~(0xF << 76) | 7 << 76
    return uuid.UUID(int=number & ~(0x3 << 62) | 2 << 62)


def _whole_minutes(text: str) -> str:
    """A duration without its seconds: how long the recording took."""
    found = re.sub(r"\d+(?:\.\d+)?S$", "", text)
    return f"{found}0S" if found.endswith("T") else found


def _alike(value: str, seed: str) -> str:
    """A text of the same length and alphabet; what parts it stays."""
    stream = b"".join(hashlib.sha256(f"{seed} {n}".encode()).digest() for n in range(len(value) // 32 + 1))
    alphabet = _LETTERS[:16] if _HEX.fullmatch(value) else _LETTERS
    return "".join(
        letter if letter == "." else alphabet[number % len(alphabet)]
        for letter, number in zip(value, stream, strict=False)
    )
