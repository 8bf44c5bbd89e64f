"""The one way out for what one person wrote and another reads: whatever leads away from the hub is masked in it. Pure.

Answers, events, mails and notifications pass every such text through a `Disclosure`: its author and staff read
it as it was written, the other party of an order as far as that is paid, everybody else never whole.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, cast

from orderhub.domain.contact_details.masking import FOR_EVER, ContactKind, find, masked


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What a reader doesn't see of a text, and the countries of those between whom it passes (ISO 3166)."""

    hidden: frozenset[ContactKind]
    countries: frozenset[str] = frozenset()

    def text(self, written: str) -> str:
        """A text as its reader sees it."""
        if not self.hidden or not written:
            return written
        return (_read_short if len(written) <= _SHORT else _read_long)(written, self.hidden, self.countries)

    def document(self, written: Any) -> Any:
        """A JSON document with every text in it as its reader sees it; names of fields stay."""
        if not self.hidden or not written:
            return written
        if isinstance(written, dict):
            fields = cast("dict[str, Any]", written)
            return {name: value and self.document(value) for name, value in fields.items()}
        if isinstance(written, list):
            return [self.document(value) for value in cast("list[Any]", written)]
        return self.text(written) if isinstance(written, str) else written


def _read(written: str, hidden: frozenset[ContactKind], countries: frozenset[str]) -> str:
    spans = [span for span in find(written, countries) if span.kind in hidden]
    return masked(written, spans) if spans else written


_SHORT: Final = 300
_read_short: Final = lru_cache(maxsize=16_384)(_read)
_read_long: Final = lru_cache(maxsize=256)(_read)
"""The same titles, names and descriptions are shown again and again."""

AS_WRITTEN: Final = Disclosure(frozenset())
"""For the author and for staff, and between a customer and the house, whom nobody pays outside."""
_EVERYTHING: Final = frozenset(ContactKind)
ANYWHERE: Final[frozenset[str]] = frozenset()
"""The countries of what is read without knowing whose it is, such as the name of a file."""


def to_public(countries: Iterable[str]) -> Disclosure:
    """For everybody who reads what is public, such as a listing; ``countries`` are the author's."""
    return Disclosure(_EVERYTHING, frozenset(countries))


def between(countries: Iterable[str], *, paid: bool) -> Disclosure:
    """For the other party, now that an order between the two is paid or not."""
    return _between(frozenset(countries), paid=paid)


@lru_cache(maxsize=1024)
def _between(countries: frozenset[str], *, paid: bool) -> Disclosure:
    return Disclosure(FOR_EVER if paid else _EVERYTHING, countries)
