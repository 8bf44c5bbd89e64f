"""A photo, in the one form that it has in every answer."""

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import Field

from orderhub.api.schemas.base import FileId, Output
from orderhub.api.schemas.files import Url
from orderhub.domain.files.pictures.bounds import MAX_SIDE

Side = Annotated[int, Field(ge=1, le=MAX_SIDE, json_schema_extra={"format": "int32"})]


class PhotoOut(Output):
    """A picture of a listing, a person or a shop."""

    id: Annotated[FileId, Field(description="Of the uploaded file.")]
    url: Annotated[
        Url,
        Field(
            description="The picture, for anybody, at an address that stays. Of what isn't on show yet it is yours "
            "alone and expires: read what shows it again for a new one.",
            examples=["https://api.orderhub.example/v1/photos/fil_01kafkrqm0fk1skh5w1gc0e6cf"],
        ),
    ]
    thumbnail_url: Annotated[
        Url,
        Field(
            description="The same, at most 400 pixels along a side.",
            examples=["https://api.orderhub.example/v1/photos/fil_01kafkrqm0fk1skh5w1gc0e6cf/thumbnail"],
        ),
    ]
    width: Annotated[Side, Field(description="Pixels, of the picture at `url`.", examples=[1200])]
    height: Annotated[Side, Field(description="Pixels, likewise.", examples=[800])]

    @classmethod
    def of(cls, shown: Mapping[str, Any] | None) -> Self | None:
        """The same from what the domain shows."""
        return None if shown is None else cls.model_validate(shown)
