"""Files as they are uploaded and shown."""

from dataclasses import dataclass
from typing import Annotated, Any, Final, Self

from pydantic import Field

from orderhub.api.schemas.base import FileId, Instant, Ordinal, Output
from orderhub.domain.contact_details.disclosure import ANYWHERE, to_public
from orderhub.domain.files.links import GivenLinks, Place
from orderhub.domain.files.models import File, FileKind, FilePurpose
from orderhub.domain.files.visibility import Viewer, may_see_original

Url = Annotated[str, Field(max_length=2000, json_schema_extra={"format": "uri"})]
ExpiringUrl = Annotated[
    Url,
    Field(description="Opens without a token until it expires; one that you got signed in, while your session lives."),
]
SmallUrl = Annotated[
    Url | None, Field(description="Of an image: the same, at most 400 pixels along a side; like `url`. Null of others.")
]

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
                        "file": {
                            "type": "string",
                            "format": "binary",
                            "contentMediaType": "application/octet-stream",
                            "description": "The bytes: their content tells the type.",
                        },
                        "purpose": {
                            "$ref": "#/components/schemas/FilePurpose",
                            "description": "`photo` for what all see, `attachment` for what is private.",
                        },
                    },
                },
                "example": {"file": "Bonjour", "purpose": "attachment"},
            }
        },
    }
}
"""The form of an upload: read piece by piece, so FastAPI is told of it instead of finding it."""


MOST_DELIVERED: Final = 20
"""Files of one delivery."""
Size = Annotated[Ordinal, Field(description="Bytes, as kept.")]
MediaType = Annotated[str, Field(max_length=100, examples=["image/jpeg"], description="By its content.")]
Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$", max_length=64, description="Of the bytes as kept.")]


class AttachmentOut(Output):
    """A file of a message or of a delivery, with a link to its content; `GET /v1/files/{id}` gives a new one."""

    id: FileId
    name: Annotated[
        str, Field(max_length=255, description="The name that it was uploaded with, as its reader may see it.")
    ]
    media_type: Annotated[str, Field(max_length=100)]
    size: Annotated[Ordinal, Field(description="How many bytes.")]
    url: ExpiringUrl
    thumbnail_url: SmallUrl
    url_expires_at: Instant


@dataclass(frozen=True, slots=True)
class FileReader:
    """Who reads about files, and the links that they are given."""

    viewer: Viewer | None
    links: GivenLinks


class OriginalOut(Output):
    """A picture as it came, with everything that a camera wrote into it."""

    media_type: MediaType
    size: Size
    sha256: Sha256
    url: Annotated[Url, Field(description="Like that of the file.")]

    @classmethod
    def of(cls, file: File, reader: FileReader) -> Self | None:
        """None where nothing but what is shown was kept, or the reader is neither its owner nor of the staff."""
        original = file.original
        if original is None or not may_see_original(file, reader.viewer):
            return None
        return cls(
            media_type=original.media_type,
            size=original.size,
            sha256=original.sha256.hex(),
            url=reader.links.to(file.id, Place.ORIGINAL).url,
        )


def shown_name(file: File, viewer: Viewer | None) -> str:
    """What a file is called for this reader: its owner and staff read the whole name."""
    whole = viewer is not None and (viewer.account_id == file.owner_id or bool(viewer.roles))
    return file.name if whole else to_public(ANYWHERE).text(file.name)


class FileOut(Output):
    """A file that the caller may see, with a link to its content."""

    id: FileId
    purpose: FilePurpose
    kind: FileKind
    media_type: MediaType
    name: Annotated[
        str,
        Field(
            max_length=255,
            examples=["logo.jpg"],
            description="What it is called for this reader: its owner and staff read the whole name.",
        ),
    ]
    size: Size
    sha256: Sha256
    width: Annotated[int, Field(ge=1, le=100_000)] | None
    height: Annotated[int, Field(ge=1, le=100_000)] | None
    original: Annotated[
        OriginalOut | None,
        Field(description="Of an attached picture, for its owner and for staff: what was sent, byte for byte."),
    ]
    created_at: Instant
    url: ExpiringUrl
    thumbnail_url: SmallUrl
    url_expires_at: Instant

    @classmethod
    def of(cls, file: File, reader: FileReader) -> Self:
        """The public form of a file."""
        return cls(
            id=file.id,
            purpose=FilePurpose(file.purpose),
            kind=FileKind(file.kind),
            media_type=file.media_type,
            name=shown_name(file, reader.viewer),
            size=file.size,
            sha256=file.sha256.hex(),
            width=file.width,
            height=file.height,
            original=OriginalOut.of(file, reader),
            created_at=file.created_at,
            **reader.links.attached(file.id, file.media_type),
        )
