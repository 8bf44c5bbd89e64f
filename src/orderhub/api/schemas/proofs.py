"""Proofs of a payment by hand: what is sent with one, and how it is shown while it is under review."""

from typing import Annotated

from pydantic import Field

from orderhub.api.schemas.base import FileId, Input, Instant, MoneyIn, MoneyOut, Output, PaymentId, ProofId, Text
from orderhub.api.schemas.codes import Codes
from orderhub.api.schemas.forms import HASH
from orderhub.api.schemas.process_codes import ManualMethod

Reference = Annotated[str, Text(100, examples=["VIR 2026-11-21 DIOP"])]
ProofHash = Annotated[
    str,
    Field(
        min_length=64,
        max_length=64,
        examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
        description="`sha256` of the proof that was looked at: 409 when another has taken its place.",
    ),
    HASH,
]
ProofRoute = Annotated[
    str, Codes("ProofRoute", "How a proof came: uploaded, or by reply to a mail.", lambda: ("upload", "mail"))
]


class ProofIn(Input):
    """The receipt of a payment by hand: an uploaded file, and what it says."""

    file_id: FileId
    amount: MoneyIn
    method: ManualMethod
    reference: Reference


class PendingProofOut(Output):
    """The proof under review; an approval names its ``sha256``."""

    id: ProofId
    payment_id: PaymentId
    file_id: FileId
    sha256: Annotated[ProofHash, Field(description="Of the bytes of its file: whoever decides names it.")]
    amount: MoneyOut | None
    method: ManualMethod | None
    reference: Annotated[str, Field(max_length=100)] | None
    via: ProofRoute
    submitted_at: Instant
