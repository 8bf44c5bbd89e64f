"""Download links that expire: our own HMAC over the file and the instant, since a local store signs none.

A link opens what whoever it was given to may see when it is opened: somebody's, through one session, for some
minutes; or everybody's, for as long as the file is on show.
"""

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from orderhub.domain.files.content import FORMS
from orderhub.domain.files.errors import LinkExpiredError
from orderhub.domain.files.models import FileKind
from orderhub.domain.files.photos import Photo, PhotoLinks
from orderhub.kit.ids import show_id
from orderhub.kit.text import Label

PUBLIC_STEP: Final = timedelta(hours=1)
"""Links of what is on show change only this often, so that a browser finds a picture in its cache."""
STEP: Final = timedelta(minutes=1)
STEPS: Final = 5
"""How many steps a session's link works, the one under way among them."""


@dataclass(frozen=True, slots=True)
class Link:
    """A URL that works without a token until it expires."""

    url: str
    expires_at: datetime


class Place(StrEnum):
    """What of a file a link leads to."""

    CONTENT = "content"
    """What is shown of it."""
    ORIGINAL = "original"
    """A picture as it came."""
    THUMBNAIL = "thumbnail"
    """A picture, small."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a link leads to, and for whom."""

    file_id: UUID
    session_id: UUID | None = None
    """None stands for everybody."""
    place: Place = Place.CONTENT


class FileLinks:
    """Makes and checks the links of one deployment."""

    def __init__(self, secret: str, public_url: str) -> None:
        self._secret = secret.encode()
        self._base = f"{public_url.rstrip('/')}/v1/files"
        self.photos = PhotoLinks(public_url)

    def sign(self, target: Target, now: datetime) -> Link:
        """A link that works for four to five minutes of real time, one for everybody for one to two hours."""
        step, steps = (PUBLIC_STEP, 2) if target.session_id is None else (STEP, STEPS)
        seconds = int(step.total_seconds())
        expires = (int(now.timestamp()) // seconds + steps) * seconds
        session = "" if target.session_id is None else f"session={show_id('ses', target.session_id)}&"
        query = f"expires={expires}&{session}signature={self._signature(target, expires)}"
        url = f"{self._base}/{show_id('fil', target.file_id)}/{target.place}?{query}"
        return Link(url, datetime.fromtimestamp(expires, UTC))

    def check(self, target: Target, *, expires: int, signature: str, now: datetime) -> None:
        """Raises LinkExpiredError for a link that is past its time or that we did not sign."""
        genuine = hmac.compare_digest(self._signature(target, expires).encode(), signature.encode())
        if not genuine or now.timestamp() >= expires:
            raise expired()

    def _signature(self, target: Target, expires: int) -> str:
        session = "everybody" if target.session_id is None else target.session_id.hex
        signed = f"file {target.file_id.hex} {target.place} {session} {expires}"
        return hmac.new(self._secret, signed.encode(), sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class GivenLinks:
    """The links that one caller is given at one instant of real time."""

    links: FileLinks
    session_id: UUID | None
    """Of the caller; None when nobody is signed in."""
    now: datetime

    @property
    def photos(self) -> PhotoLinks:
        """The addresses of photos on show."""
        return self.links.photos

    def to(self, file_id: UUID, place: Place = Place.CONTENT) -> Link:
        """A link for the caller alone, or for everybody when nobody is signed in."""
        return self.links.sign(Target(file_id, self.session_id, place), self.now)

    def attached(self, file_id: UUID, media_type: str) -> dict[str, Any]:
        """The addresses of a file, which expire together; a thumbnail of a picture alone."""
        link, form = self.to(file_id), FORMS.get(media_type)
        is_picture = form is not None and form.kind is FileKind.IMAGE
        small = self.to(file_id, Place.THUMBNAIL).url if is_picture else None
        return {"url": link.url, "thumbnail_url": small, "url_expires_at": link.expires_at}

    def photo(self, photo: Photo, *, is_on_show: bool) -> dict[str, Any]:
        """A photo with its addresses, which are the caller's alone and expire as long as it isn't on show."""
        if is_on_show:
            return self.photos.show(photo)
        return photo.document(self.to(photo.id).url, self.to(photo.id, Place.THUMBNAIL).url)


def expired() -> LinkExpiredError:
    """The refusal of a link, whatever is wrong with it."""
    return LinkExpiredError(
        Label("Demandez un nouveau lien à GET /v1/files/{id}.", "Ask GET /v1/files/{id} for a new link.")
    )
