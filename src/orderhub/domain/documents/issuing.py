"""The row of a document, to be written by the change that issues it: ``changes.rows["documents"]``."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from orderhub.domain.documents.kinds import DocumentKind
from orderhub.kit.ids import new_id


def document_row(
    kind: DocumentKind,
    content: Mapping[str, Any],
    *,
    issued_at: datetime,
    issued_by: UUID | None,
    order_id: UUID | None = None,
    quote_id: UUID | None = None,
    quote_version: int | None = None,
) -> dict[str, Any]:
    """Every column; the number, currency and total are the content's. A proforma names its quote and version."""
    return {
        "id": new_id(),
        "kind": kind.value,
        "number": content["number"],
        "order_id": order_id,
        "quote_id": quote_id,
        "quote_version": quote_version,
        "currency": content["currency"],
        "total": content["total"],
        "content": dict(content),
        "issued_at": issued_at,
        "issued_by": issued_by,
    }
