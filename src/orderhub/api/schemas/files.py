"""Files as they are uploaded and shown."""

from datetime import datetime
from typing import Annotated, Any, Final, Self

from pydantic import Field

from orderhub.api.schemas.base import FileId, Instant, Output
from orderhub.domain.files.links import FileLinks
from orderhub.domain.files.models import File, FileKind, FilePurpose

Url = Annotated[str, Field(max_length=2000, json_schema_extra={"format": "uri"})]

UPLOAD: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file", "purpose"],
                    "additionalProperties": False,
                    "properties": {
                        "file": {"type": "string", "contentMediaType": "application/octet-stream"},
                        "purpose": {
                            "type": "string",
                            "enum": [purpose.value for purpose in FilePurpose],
                            "description": "`photo` for listings and logos, `attachment` for everything private.",
                        },
                    },
                },
                "example": {"file": "Bonjour", "purpose": "attachment"},
            }
        },
    }
}
"""The form of an upload: read piece by piece, so FastAPI is told of it instead of finding it."""


class FileOut(Output):
    """A file that the caller may see, with a link to its content."""

    id: FileId
    purpose: FilePurpose
    kind: FileKind
    media_type: Annotated[str, Field(max_length=100, examples=["image/jpeg"], description="By its content.")]
    name: Annotated[str, Field(max_length=255, examples=["logo.jpg"])]
    size: Annotated[int, Field(ge=1, le=2**63 - 1, description="Bytes, as kept.")]
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$", description="Of the bytes as kept.")]
    width: Annotated[int, Field(ge=1, le=100_000)] | None
    height: Annotated[int, Field(ge=1, le=100_000)] | None
    created_at: Instant
    url: Annotated[Url, Field(description="Opens without a token until it expires.")]
    url_expires_at: Instant

    @classmethod
    def of(cls, file: File, links: FileLinks, now: datetime) -> Self:
        """The public form of a file; ``now`` is real time."""
        link = links.sign(file.id, now)
        return cls(
            id=file.id,
            purpose=FilePurpose(file.purpose),
            kind=FileKind(file.kind),
            media_type=file.media_type,
            name=file.name,
            size=file.size,
            sha256=file.sha256.hex(),
            width=file.width,
            height=file.height,
            created_at=file.created_at,
            url=link.url,
            url_expires_at=link.expires_at,
        )
