"""Reply addresses that belong to one quote version or one document, without a table of them.

``reply+<kind><id>[.<n>].<mac>@<domain>``: what is meant stands in the address itself, and a keyed hash
shows that we wrote it. All lower case and at most 64 characters before the ``@`` (RFC 5321), since mail
servers on the way may change the case. Whoever writes a mail makes its Reply-To here::

    addresses = ReplyAddresses(settings.mail.reply_domain, settings.mail.inbound_secret.get_secret_value())
    addresses.make(QuoteVersionReply(quote_id, 2))
    addresses.make(DocumentReply(document_id))
"""

import hmac
from base64 import b32encode
from dataclasses import dataclass
from re import compile as pattern
from typing import Final, TypeAlias
from uuid import UUID

from orderhub.kit.ids import parse_id, show_id

_LOCAL: Final = pattern(
    r"reply\+(?P<meant>(?P<kind>[qd])(?P<id>[0-9a-z]{26})(?:\.(?P<n>[1-9][0-9]{0,8}))?)\.(?P<mac>[a-z2-7]{20})"
)
_WRITTEN: Final = pattern(r"reply\+[0-9a-z.]{1,60}@[0-9a-z.-]{1,200}")
_MAC_LENGTH: Final = 20
"""100 bits: nobody guesses one by sending mails."""
_CONTEXT: Final = b"orderhub reply address\0"
"""The same secret signs the mail hook: neither signature may stand for the other."""


@dataclass(frozen=True, slots=True)
class QuoteVersionReply:
    """A reply to version ``n`` of a proforma."""

    quote_id: UUID
    n: int


@dataclass(frozen=True, slots=True)
class DocumentReply:
    """A reply to a document: the final invoice of an order."""

    document_id: UUID


ReplyTarget: TypeAlias = QuoteVersionReply | DocumentReply


@dataclass(frozen=True, slots=True)
class ReplyAddresses:
    """Makes and reads the addresses of one domain under one secret."""

    domain: str
    secret: str

    def make(self, target: ReplyTarget) -> str:
        """The address whose mails are about this target."""
        match target:
            case QuoteVersionReply(quote_id, n):
                meant = f"{_bare('q', quote_id)}.{n}"
            case DocumentReply(document_id):
                meant = _bare("d", document_id)
        return f"reply+{meant}.{self._mac(meant)}@{self.domain}"

    def read(self, address: str) -> ReplyTarget | None:
        """What an address is about, or None when it isn't one that we made for our domain."""
        local, _, domain = address.strip().lower().rpartition("@")
        found = _LOCAL.fullmatch(local)
        if found is None or domain != self.domain.lower():
            return None
        if not hmac.compare_digest(found["mac"], self._mac(found["meant"])):
            return None
        return _target(found["kind"], found["id"], found["n"])

    def within(self, text: str) -> list[ReplyTarget]:
        """What the addresses within a header's value are about, each once, in their order."""
        found = (self.read(written) for written in _WRITTEN.findall(text.lower()))
        return list(dict.fromkeys(target for target in found if target is not None))

    def _mac(self, meant: str) -> str:
        digest = hmac.digest(self.secret.encode(), _CONTEXT + meant.encode(), "sha256")
        return b32encode(digest).decode().lower()[:_MAC_LENGTH]


def _bare(kind: str, value: UUID) -> str:
    return show_id(kind, value).replace("_", "")


def _target(kind: str, body: str, n: str | None) -> ReplyTarget | None:
    found = parse_id(kind, f"{kind}_{body}")
    if found is None:
        return None
    if kind == "q":
        return QuoteVersionReply(found, int(n)) if n else None
    return DocumentReply(found) if n is None else None
