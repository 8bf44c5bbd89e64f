"""Files that people upload: what each one is, and under which key its bytes lie in the storage."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from orderhub.infra.database import Base


class FilePurpose(StrEnum):
    """What a person uploads a file for; it decides which kinds are accepted."""

    PHOTO = "photo"
    """A picture of a listing or the logo of a shop, seen by everybody once that is active."""
    ATTACHMENT = "attachment"
    """For a message, an instruction, a delivery or a dispute: seen by the parties only."""


class FileKind(StrEnum):
    """What a file turned out to be, by its content."""

    IMAGE = "image"
    DOCUMENT = "document"
    TEXT = "text"
    ARCHIVE = "archive"


class File(Base):
    """One uploaded file. Its content never changes: who wants another one uploads another one."""

    __tablename__ = "files"
    __table_args__ = (
        UniqueConstraint("object_key"),
        CheckConstraint("size > 0", name="size"),
        CheckConstraint("octet_length(sha256) = 32", name="sha256"),
        Index("ix_files_owner_id_id", "owner_id", "id"),
        Index("ix_files_forgotten", "id", postgresql_where=text("forgotten_at IS NOT NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    purpose: Mapped[str]
    kind: Mapped[str]
    media_type: Mapped[str]
    """The MIME type found in the content, never the one that the client claimed."""
    name: Mapped[str]
    """The name to save it under, made harmless; its ending fits the media type."""
    size: Mapped[int]
    """Bytes, as stored."""
    sha256: Mapped[bytes] = mapped_column(LargeBinary)
    """Of the bytes as stored; an approval that binds to a proof names it."""
    width: Mapped[int | None]
    height: Mapped[int | None]
    """Pixels, for images."""
    object_key: Mapped[str]
    """Where the bytes are: the day of the upload and a random name. Never shown."""
    created_at: Mapped[datetime]
    """Business time."""
    forgotten_at: Mapped[datetime | None]
    """Its owner was erased: nobody sees it any more, and the next sweep deletes it (real time)."""
