"""Refusals about documents."""

from orderhub.kit.errors import NotFoundError
from orderhub.kit.text import Label


class DocumentNotFoundError(NotFoundError):
    """No such document of this order or quote, or the caller is neither its buyer nor staff."""

    code = "document_not_found"
    title = Label("Document introuvable", "Document not found")

    def __init__(self, detail: str = "There is no such document, or it is not yours.") -> None:
        super().__init__(detail)
