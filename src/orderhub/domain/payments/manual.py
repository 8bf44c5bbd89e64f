"""Manual payments: the provider ``manual``, and the proofs that buyers send of them."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

MANUAL: Final = "manual"
"""The provider of transfers and mobile money: staff look at proofs, nothing is sent anywhere."""

ONE_REFERENCE: Final = "uq_payments_provider_id"
"""A payment has a provider's own id once; of a manual one it is the reference that staff confirmed."""


@dataclass(frozen=True, slots=True)
class MailedProof:
    """The attachment of a reply: a stored file of the buyer's, and where it came from."""

    file_id: UUID
    sha256: bytes
    sender: str
    received_at: datetime


def reference_key(method: str, reference: str) -> str:
    """How references are compared: one confirms one payment only, however it is typed.

    Empty after the colon where the reference has neither letter nor digit.
    """
    letters_and_digits = re.sub(r"[\W_]", "", reference.upper())
    return f"{method}:{letters_and_digits}"
