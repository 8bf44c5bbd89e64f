"""Contact details in what one person writes for another: found, masked, counted by kind. Pure.

Until an order between the two is paid, nobody learns how to deal outside of the hub, where there is
no protection. E-mail addresses and telephone numbers show once one is paid; payment links and
messengers never do. The original text is kept with its spans; the reader's is computed from them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from orderhub.domain.contact_details.emails import find_emails
from orderhub.domain.contact_details.messengers import MESSENGER_NAME, find_messengers
from orderhub.domain.contact_details.payment_links import PAYMENT_NAME, find_payments
from orderhub.domain.contact_details.phones import find_phones
from orderhub.domain.contact_details.plain import flatten
from orderhub.kit.text import Label

MASK: Final = "•••••"
"""Always the same length, so that it tells nothing of what it hides."""


class ContactKind(StrEnum):
    """What was found. The order is that of precedence where two overlap."""

    PAYMENT = "payment"
    MESSENGER = "messenger"
    EMAIL = "email"
    PHONE = "phone"


FOR_EVER: Final = frozenset({ContactKind.PAYMENT, ContactKind.MESSENGER})
_PRECEDENCE: Final = tuple(ContactKind)

WHY_READER: Final = Label(
    "Des coordonnées sont masquées : échangez et payez sur la plateforme pour rester protégé.",
    "Contact details are hidden: deal and pay on the platform to stay protected.",
)
WHY_SENDER: Final = Label(
    "Vos coordonnées sont masquées pour l’autre personne. Payer hors de la plateforme fait perdre toute protection.",
    "Your contact details are hidden from the other person. Paying outside the platform loses all protection.",
)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text, in characters, and what it holds."""

    start: int
    end: int
    kind: ContactKind


def find(text: str, countries: frozenset[str] = frozenset()) -> tuple[Span, ...]:
    """Everything in a text that leads away from the hub, from left to right, none overlapping.

    ``countries`` are those of the people between whom it passes, as ISO 3166 codes: their numbers are found as
    they are written there, without a calling code.
    """
    plain = flatten(text)
    spans = _settled(_candidates(plain.text, countries))
    return tuple(Span(*plain.place(span.start, span.end), span.kind) for span in spans)


def hidden(spans: Iterable[Span], *, paid: bool) -> tuple[Span, ...]:
    """The spans that a reader may not see, now that an order between the two is paid or not."""
    return tuple(span for span in spans if not paid or span.kind in FOR_EVER)


def masked(text: str, spans: Iterable[Span]) -> str:
    """The text with `MASK` for each span."""
    parts: list[str] = []
    at = 0
    for span in spans:
        parts += text[at : span.start], MASK
        at = span.end
    return "".join((*parts, text[at:]))


def write_spans(spans: Iterable[Span]) -> list[dict[str, Any]]:
    """Spans as they are stored."""
    return [{"start": span.start, "end": span.end, "kind": span.kind.value} for span in spans]


def read_spans(stored: Iterable[dict[str, Any]]) -> tuple[Span, ...]:
    """Spans as `write_spans` stored them."""
    return tuple(Span(item["start"], item["end"], ContactKind(item["kind"])) for item in stored)


def _candidates(text: str, countries: frozenset[str]) -> Iterator[Span]:
    yield from (Span(start, end, ContactKind.PAYMENT) for start, end in find_payments(text))
    yield from (Span(start, end, ContactKind.MESSENGER) for start, end in find_messengers(text))
    yield from (_promoted(text, Span(start, end, ContactKind.EMAIL)) for start, end in find_emails(text))
    yield from (_promoted(text, Span(start, end, ContactKind.PHONE)) for start, end in find_phones(text, countries))


def _promoted(text: str, span: Span) -> Span:
    """An address or a number beside the name of a messenger or of a way to pay is one of these."""
    around = _sentence_before(text[max(0, span.start - 30) : span.start]) + "\n" + text[span.end : span.end + 15]
    if PAYMENT_NAME.search(around):
        return Span(span.start, span.end, ContactKind.PAYMENT)
    if MESSENGER_NAME.search(around):
        return Span(span.start, span.end, ContactKind.MESSENGER)
    return span


def _sentence_before(text: str) -> str:
    for mark in (". ", "! ", "? ", "\n"):
        text = text.rpartition(mark)[2]
    return text


def _settled(candidates: Iterable[Span]) -> Sequence[Span]:
    """Overlapping spans joined into one, of the kind that is hidden longest."""
    joined: list[Span] = []
    for span in sorted(candidates, key=lambda one: (one.start, one.end)):
        if joined and span.start < joined[-1].end:
            last = joined.pop()
            kind = min(last.kind, span.kind, key=_PRECEDENCE.index)
            span = Span(last.start, max(last.end, span.end), kind)  # noqa: PLW2901 - the joined one takes its place
        joined.append(span)
    return joined
