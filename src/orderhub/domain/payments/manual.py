"""Manual payments: the provider ``manual``, and the proofs that buyers send of them."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from orderhub.kit.errors import invalid_field
from orderhub.kit.text import Label

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


def reference_key(reference: str) -> str:
    """How references are compared: one confirms one payment only, however it is typed and by whichever method.

    ``reference_key("vir-é 1")`` is ``"VIRE1"``. Raises InvalidError for a reference in another alphabet, whose letters
    may look like ours, and for one with neither letter nor digit.
    """
    plain = unicodedata.normalize("NFKD", reference)
    key = re.sub(r"[\W_]", "", "".join(letter for letter in plain if not unicodedata.combining(letter))).upper()
    if not key:
        raise invalid_field(
            "/reference",
            "too_short",
            Label(
                "Donnez la référence avec laquelle le paiement est venu.",
                "Give the reference that the payment came with.",
            ),
        )
    if not key.isascii():
        raise invalid_field(
            "/reference",
            "not_ascii",
            Label(
                "Écrivez la référence avec les lettres de A à Z et les chiffres de 0 à 9, comme les banques.",
                "Write the reference in letters from A to Z and digits from 0 to 9, as banks do.",
            ),
        )
    return key
