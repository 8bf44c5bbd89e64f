"""What the attachments of a mail really are, and which of them is the proof. Pure and blocking.

Each is looked into as an upload is. What an upload would be refused for is kept all the same, within a
ZIP archive for staff: its sender can't be asked to choose another file. Called in a process that can be
stopped: see `reading`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

from orderhub.domain.files.inspection import Inspected, inspect
from orderhub.domain.files.models import FileKind, FilePurpose
from orderhub.domain.replies.mail import Attachment, InboundMessage
from orderhub.kit.errors import InvalidError

_LOGO: Final = 200
"""A picture within the text that is narrower or lower than this belongs to a signature."""
_UNNAMED: Final = re.compile(r"ATT\d{5}", re.IGNORECASE)
"""What mail servers call the pieces of text that they cut off and attach."""
_SIGNATURES: Final = frozenset({
    "application/pgp-signature",
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
})  # fmt: skip
_NO_PROOF: Final = 100
_ADDED: Final = 200
"""What a mail program adds by itself."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of a mail that is kept. Whoever has it closes ``upload``."""

    upload: Inspected
    rank: int
    """How likely it is the proof; the lowest is."""

    @property
    def may_be_proof(self) -> bool:
        """Whether staff could look at it as a receipt."""
        return self.rank < _NO_PROOF

    @property
    def was_meant(self) -> bool:
        """Whether the sender chose to send it."""
        return self.rank < _ADDED


def added(kept: Kept) -> Kept:
    """The same as what a mail program added by itself."""
    return replace(kept, rank=_ADDED)


def look_into(mail: InboundMessage) -> list[Kept]:
    """Every file of a mail, the likeliest proof first."""
    if mail.unread is not None:
        return [whole(mail.unread)]
    found: list[Kept] = []
    refused: list[Attachment] = []
    for attachment in mail.attachments:
        if not attachment.content:
            continue
        try:
            upload = inspect(BytesIO(attachment.content), name=attachment.name, purpose=FilePurpose.ATTACHMENT)
        except InvalidError:
            refused.append(attachment)
        else:
            found.append(Kept(upload, _rank(attachment, upload)))
    if refused:
        were_meant = any(attachment.claimed_type not in _SIGNATURES for attachment in refused)
        found.append(_archive(_numbered(refused), "unread-attachments.zip", _NO_PROOF if were_meant else _ADDED))
    return in_order(found)


def in_order(found: Iterable[Kept]) -> list[Kept]:
    """The likeliest proof first."""
    return sorted(found, key=lambda kept: kept.rank)


def whole(raw: bytes) -> Kept:
    """A message that nothing more is known of, as it came."""
    return _archive([("message.eml", raw)], "message.zip", _NO_PROOF)


def _rank(attachment: Attachment, upload: Inspected) -> int:
    if upload.kind is FileKind.DOCUMENT:
        return 0
    if upload.kind is FileKind.IMAGE:
        return _ADDED if _is_logo(attachment, upload) else 2 - attachment.is_attached
    if not attachment.is_attached or _UNNAMED.match(attachment.name):
        return _ADDED
    if upload.kind is FileKind.ARCHIVE:
        return 3
    # Cards, keys and appointments are plain text, too: what mail programs add is no receipt.
    return 4 if attachment.claimed_type in ("text/plain", "application/octet-stream") else _ADDED


def _is_logo(attachment: Attachment, upload: Inspected) -> bool:
    return attachment.is_embedded and min(upload.width or 0, upload.height or 0) < _LOGO


def _numbered(refused: Sequence[Attachment]) -> Iterator[tuple[str, bytes]]:
    for place, attachment in enumerate(refused, 1):
        name = re.sub(r"[^\w.-]+", "_", attachment.name)[-100:] or "file"
        yield f"{place:02}-{name}", attachment.content


def _archive(files: Iterable[tuple[str, bytes]], name: str, rank: int) -> Kept:
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for inner, data in files:
            archive.writestr(inner, data)
    return Kept(inspect(content, name=name, purpose=FilePurpose.ATTACHMENT), rank)
