"""The book of inbound mails: each once, with what became of it."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from orderhub.infra.database import Base


class MailOutcome(StrEnum):
    """What became of a mail."""

    ACCEPTED = "accepted"
    """It accepted a proforma, placed the order and submitted the proof."""
    SUBMITTED = "submitted"
    """It submitted the proof of a deposit or of a balance."""
    CASE = "case"
    """Staff look at it; ``reason`` says why."""
    AUTOMATIC = "automatic"
    """A machine wrote it, and no file came with it that its sender chose: nothing follows."""


class CaseReason(StrEnum):
    """Why a mail became a case."""

    AUTOMATIC = "automatic"
    """A machine wrote it. Its files are staff's to look at; it orders nothing, and isn't answered."""
    UNKNOWN_ADDRESS = "unknown_address"
    """Sent to no reply address of ours, or to one that was changed."""
    SEVERAL_ADDRESSES = "several_addresses"
    """Sent to several, which can't all be meant."""
    UNREADABLE = "unreadable"
    """It could not be taken apart within the bounds; it is kept whole."""
    NO_PROOF = "no_proof"
    """No attachment that may be a receipt."""
    NOT_AWAITED = "not_awaited"
    """The proforma isn't the current one or is over, or no payment of its order is awaited."""
    MORE_FILES = "more_files"
    """One attachment was submitted as the proof; there were more."""


class InboundMail(Base):
    """A mail that somebody sent to a reply address, or to what looks like one."""

    __tablename__ = "inbound_mails"
    __table_args__ = (
        UniqueConstraint("message_key"),
        Index("ix_inbound_mails_account_id", "account_id"),
        Index("ix_inbound_mails_account_id_received_at", "account_id", "received_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    message_key: Mapped[bytes] = mapped_column(LargeBinary)
    """The same whenever the same mail comes again: see `InboundMessage.key`."""
    message_id: Mapped[str | None]
    received_at: Mapped[datetime]
    """Business time."""
    sender: Mapped[str]
    """As it claims; whoever has the reply address may answer to it."""
    subject: Mapped[str]
    text: Mapped[str]
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    """The buyer whose proforma or invoice was answered."""
    quote_id: Mapped[UUID | None]
    quote_version: Mapped[int | None]
    document_id: Mapped[UUID | None]
    file_ids: Mapped[list[UUID]]
    """Every file that was kept of it, the likeliest proof first."""
    meant: Mapped[int]
    """How many of them, from the first, its sender chose to send; mail programs add the rest, such as logos."""
    proof_file_id: Mapped[UUID | None] = mapped_column(ForeignKey("files.id"))
    """The one that may be a proof."""
    outcome: Mapped[str | None]
    """One of `MailOutcome`; None until it is applied."""
    reason: Mapped[str | None]
    """One of `CaseReason`, where staff look at it."""
    order_id: Mapped[UUID | None] = mapped_column(ForeignKey("orders.id"))
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("cases.id"))
