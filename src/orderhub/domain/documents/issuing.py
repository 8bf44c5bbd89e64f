"""The row of a document, to be written by the change that issues it: ``changes.rows["documents"]``."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from orderhub.domain.documents.kinds import DocumentKind
from orderhub.kit.ids import new_id


@dataclass(frozen=True, slots=True)
class Subject:
    """What a document is about: a version of a quote, or an order."""

    order_id: UUID | None = None
    quote_id: UUID | None = None
    quote_version: int | None = None


def document_row(
    kind: DocumentKind, content: Mapping[str, Any], subject: Subject, *, at: datetime, by: UUID | None
) -> dict[str, Any]:
    """Every column; the number, currency and total are the content's. ``at`` and ``by``: when and by whom."""
    return {
        "id": new_id(),
        "kind": kind.value,
        "number": content["number"],
        "order_id": subject.order_id,
        "quote_id": subject.quote_id,
        "quote_version": subject.quote_version,
        "currency": content["currency"],
        "total": content["total"],
        "content": dict(content),
        "issued_at": at,
        "issued_by": by,
    }
