"""What a documented example is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from orderhub.domain.samples import SamplePerson
from orderhub.kit.ids import show_id


class Setup(StrEnum):
    """What must be fetched or made just before an example is sent, because it is new each time."""

    CONFIRMATION_TOKEN = "confirmation_token"  # noqa: S105 - names a step
    """``token`` of the body: from the newest mail to who registered."""
    PASSWORD_TOKEN = "password_token"  # noqa: S105 - likewise
    """``token`` of the body: from the newest mail about a forgotten password."""
    REFRESH_TOKEN = "refresh_token"  # noqa: S105 - likewise
    """``refresh_token`` of the body: from a sign-in of the caller."""
    SIGN_IN = "sign_in"
    """A sign-in of its own: the example ends it."""
    DOWNLOAD_LINK = "download_link"
    """``expires`` and ``signature``: from the ``url`` of the file."""
    THUMBNAIL_LINK = "thumbnail_link"
    """Likewise, from its ``thumbnail_url``."""
    ORIGINAL_LINK = "original_link"
    """Likewise, and ``session``: from the ``url`` of its ``original``, as the caller reads about it."""
    DOCUMENTS = "documents"
    """``document_id``: the newest of the order."""
    SIGNATURE = "signature"
    """The headers that the sandbox provider signs the body with."""
    OUTSIDE_SIGNATURE = "outside_signature"
    """The headers that a mail server or a carrier signs the body with; it is sent as it stands, or as JSON."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One example: its caller (None is nobody), the values of path and query, and the body."""

    caller: SamplePerson | None = None
    path: Mapping[str, str] = field(default_factory=dict[str, str])
    query: Mapping[str, Any] = field(default_factory=dict[str, Any])
    body: Any = None
    summary: str = ""
    setup: Setup | None = None


Samples = Mapping[str, Sample | Mapping[str, Sample]]
"""Examples by ``operationId``: one, or several with names. The order is the one in which they succeed."""


def listing(value: UUID) -> Mapping[str, str]:
    """The path of something about a listing."""
    return {"listing_id": show_id("lst", value)}


def shop(value: UUID) -> Mapping[str, str]:
    """The path of something about a partner shop."""
    return {"shop_id": show_id("shp", value)}


def order(value: UUID) -> Mapping[str, str]:
    """The path of something about an order."""
    return {"order_id": show_id("ord", value)}


def conversation(value: UUID) -> Mapping[str, str]:
    """The path of something about a conversation."""
    return {"conversation_id": show_id("cnv", value)}


def euros(amount: int) -> Mapping[str, Any]:
    """Money in cents."""
    return {"amount": amount, "currency": "EUR"}
