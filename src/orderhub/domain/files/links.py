"""Download links that expire: our own HMAC over the file and the instant, since a local store signs none."""

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID

from orderhub.domain.files.errors import LinkExpiredError
from orderhub.kit.ids import show_id

STEP: Final = timedelta(hours=1)
"""Links change only this often, so that a browser finds a picture in its cache."""


@dataclass(frozen=True, slots=True)
class Link:
    """A URL that anybody may open until it expires."""

    url: str
    expires_at: datetime


class FileLinks:
    """Makes and checks the links of one deployment."""

    def __init__(self, secret: str, public_url: str) -> None:
        self._secret = secret.encode()
        self._base = f"{public_url.rstrip('/')}/v1/files"

    def sign(self, file_id: UUID, now: datetime) -> Link:
        """A link that works for one to two hours of real time."""
        step = int(STEP.total_seconds())
        expires = (int(now.timestamp()) // step + 2) * step
        signature = self._signature(file_id, expires)
        url = f"{self._base}/{show_id('fil', file_id)}/content?expires={expires}&signature={signature}"
        return Link(url, datetime.fromtimestamp(expires, UTC))

    def check(self, file_id: UUID, *, expires: int, signature: str, now: datetime) -> None:
        """Raises LinkExpiredError for a link that is past its time or that we did not sign."""
        genuine = hmac.compare_digest(self._signature(file_id, expires).encode(), signature.encode())
        if not genuine or now.timestamp() >= expires:
            raise LinkExpiredError("Ask GET /v1/files/{id} for a new link.")

    def _signature(self, file_id: UUID, expires: int) -> str:
        return hmac.new(self._secret, f"file {file_id.hex} {expires}".encode(), sha256).hexdigest()
