"""Documents at the edge; what they say is in the PDF."""

from typing import Annotated, Self

from pydantic import Field

from orderhub.api.schemas.base import DocumentId, Instant, MoneyOut, Ordinal, Output
from orderhub.domain.documents.kinds import DocumentKind
from orderhub.domain.documents.wording import TITLES
from orderhub.domain.overviews.documents import Listed
from orderhub.kit.text import Language

_MOST = 1000


class DocumentOut(Output):
    """One document, as it was issued."""

    id: DocumentId
    kind: DocumentKind
    label: Annotated[str, Field(max_length=20, examples=["Facture"])]
    number: Annotated[str, Field(max_length=20, examples=["FA-2026-000042"])]
    total: Annotated[MoneyOut, Field(description="With taxes; of a credit note, what it takes off.")]
    issued_at: Instant
    version: Annotated[Ordinal | None, Field(description="Of a proforma: the version of the quote.")]
    corrects: Annotated[str | None, Field(max_length=20, description="Of a credit note: the invoice's number.")]
    pdf: Annotated[str, Field(max_length=200, description="Where to read it: `GET` this path.")]

    @classmethod
    def of(cls, document: Listed, path: str, language: Language) -> Self:
        """As it is shown."""
        return cls.model_validate(
            {
                "id": document.id,
                "kind": document.kind,
                "label": TITLES[document.kind].within(language),
                "number": document.number,
                "total": {"amount": document.total, "currency": document.currency},
                "issued_at": document.issued_at,
                "version": document.quote_version,
                "corrects": document.corrects,
                "pdf": path,
            }
        )


class DocumentsOut(Output):
    """Every document of an order."""

    data: Annotated[list[DocumentOut], Field(max_length=_MOST)]
