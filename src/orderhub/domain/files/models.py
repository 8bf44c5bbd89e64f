"""Files that people upload: what each one is, and under which key its bytes lie in the storage."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from orderhub.infra.database import Base


class FilePurpose(StrEnum):
    """What a person uploads a file for; it decides which kinds are accepted."""

    PHOTO = "photo"
    """A picture of a listing, of a person or of a shop, seen by everybody once that is on show."""
    ATTACHMENT = "attachment"
    """For a message, an instruction, a delivery or a dispute: seen by the parties only."""


class FileKind(StrEnum):
    """What a file turned out to be, by its content."""

    IMAGE = "image"
    DOCUMENT = "document"
    TEXT = "text"
    ARCHIVE = "archive"


@dataclass(frozen=True, slots=True)
class Original:
    """A picture as it came: under which key it lies, and what it is."""

    key: str
    media_type: str
    size: int
    sha256: bytes


class File(Base):
    """One uploaded file. Its content never changes: who wants another one uploads another one."""

    __tablename__ = "files"
    __table_args__ = (
        UniqueConstraint("object_key"),
        CheckConstraint("size > 0", name="size"),
        CheckConstraint("octet_length(sha256) = 32", name="sha256"),
        Index("uq_files_original_key", "original_key", unique=True),
        CheckConstraint(
            "num_nulls(original_key, original_media_type, original_size, original_sha256) IN (0, 4)", name="original"
        ),
        Index("uq_files_thumbnail_key", "thumbnail_key", unique=True),
        CheckConstraint("num_nulls(thumbnail_key, thumbnail_size) IN (0, 2)", name="thumbnail"),
        Index(
            "ix_files_no_thumbnail",
            "id",
            postgresql_where=text("kind = 'image' AND thumbnail_key IS NULL AND forgotten_at IS NULL"),
        ),
        Index("ix_files_owner_id_id", "owner_id", "id"),
        Index("ix_files_came", text("coalesce(original_sha256, sha256)")),
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
    original_key: Mapped[str | None]
    """Likewise, where the upload is kept as it came, beside what is shown of it."""
    original_media_type: Mapped[str | None]
    original_size: Mapped[int | None]
    original_sha256: Mapped[bytes | None] = mapped_column(LargeBinary)
    thumbnail_key: Mapped[str | None]
    """Likewise, of a small picture for lists: of an image, once one was made. The picture's own where none can be."""
    thumbnail_size: Mapped[int | None]
    created_at: Mapped[datetime]
    """Business time."""
    forgotten_at: Mapped[datetime | None]
    """Its owner was erased: nobody sees it any more, and the next sweep deletes it (real time)."""

    @property
    def keys(self) -> list[str]:
        """Of all its objects; one that stands for its own thumbnail has that once."""
        found = (self.object_key, self.original_key, self.thumbnail_key)
        return list(dict.fromkeys(key for key in found if key is not None))

    @property
    def original(self) -> "Original | None":
        """The file as it came, where that was kept beside what is shown."""
        key, media_type, size, digest = (
            self.original_key,
            self.original_media_type,
            self.original_size,
            self.original_sha256,
        )
        if key is None or media_type is None or size is None or digest is None:
            return None
        return Original(key, media_type, size, digest)


class UploadCount(Base):
    """What one account has uploaded: on its latest day, and altogether. Mails that came for it do not count."""

    __tablename__ = "upload_counts"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    day: Mapped[date]
    """In UTC, real time."""
    day_files: Mapped[int]
    """Tries, since one that is refused has been looked into as well."""
    day_bytes: Mapped[int]
    kept_bytes: Mapped[int]
    """Of files that were kept, with their originals."""
