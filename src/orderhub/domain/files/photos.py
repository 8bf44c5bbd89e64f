"""Photos: pictures with their addresses, in the one form that they have in every answer.

What is on show is at an address that never changes, which browsers and whatever stands between keep: files do not
change, and who wants another photo uploads another one. `queries.get_photo` says what is on show.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Label, and_

from orderhub.domain.accounts.models import Account
from orderhub.domain.files.errors import PhotoUnusableError
from orderhub.domain.files.models import File, FilePurpose
from orderhub.kit.errors import FieldError
from orderhub.kit.ids import show_id
from orderhub.kit.text import Label as Words


class Photo(NamedTuple):
    """A picture and its size in pixels."""

    id: UUID
    width: int
    height: int

    def document(self, url: str, thumbnail_url: str) -> dict[str, Any]:
        """The public form."""
        return {
            "id": show_id("fil", self.id),
            "url": url,
            "thumbnail_url": thumbnail_url,
            "width": self.width,
            "height": self.height,
        }


def photo_of(photo_id: UUID | None, width: int | None, height: int | None) -> Photo | None:
    """A photo from columns that are null together."""
    return None if photo_id is None or width is None or height is None else Photo(photo_id, width, height)


def picture_columns(file: type[File], name: str) -> Sequence[Label[Any]]:
    """The columns of a joined file that `photo_in` reads."""
    return file.id.label(f"{name}_id"), file.width.label(f"{name}_width"), file.height.label(f"{name}_height")


def of_photo(photo_id: Any) -> ColumnElement[bool]:
    """What joins a photo's file: one of somebody who was erased meanwhile is not shown."""
    return and_(File.id == photo_id, File.forgotten_at.is_(None))


def portrait_columns(account: type[Account], name: str) -> Sequence[Label[Any]]:
    """The same of a joined account, for its own photo."""
    return (
        account.photo_id.label(f"{name}_id"),
        account.photo_width.label(f"{name}_width"),
        account.photo_height.label(f"{name}_height"),
    )


def photo_in(row: Mapping[str, Any], name: str) -> Photo | None:
    """The photo in a row with these columns."""
    photo_id = row[f"{name}_id"]
    return None if photo_id is None else photo_of(photo_id, row[f"{name}_width"], row[f"{name}_height"])


class PhotoLinks:
    """The addresses of photos on show, in one deployment."""

    def __init__(self, public_url: str) -> None:
        self._base = f"{public_url.rstrip('/')}/v1/photos/"

    def show(self, photo: Photo) -> dict[str, Any]:
        """The public form of a photo on show."""
        url = self._base + show_id("fil", photo.id)
        return photo.document(url, url + "/thumbnail")

    def show_any(self, photo: Photo | None) -> dict[str, Any] | None:
        """The same, or null."""
        return None if photo is None else self.show(photo)


def check_photo(file: File, pointer: str) -> Photo:
    """What an upload shows, once it may be a photo; ``pointer`` is where its id stands. Raises PhotoUnusableError."""
    found = photo_of(file.id, file.width, file.height)
    if file.purpose != FilePurpose.PHOTO or found is None:
        detail = Words("Envoyez l’image avec le but « photo ».", "Upload the image with the purpose 'photo'.")
        raise PhotoUnusableError(detail, errors=(FieldError(pointer, PhotoUnusableError.code, detail),))
    return found
