"""Refusals about documents."""

from typing import Final

from orderhub.kit.errors import NotFoundError
from orderhub.kit.text import Label

_HIDDEN: Final = Label(
    "Il n’y a pas un tel document, ou il n’est pas à vous.", "There is no such document, or it is not yours."
)


class DocumentNotFoundError(NotFoundError):
    """No such document of this order or quote, or the caller is neither its buyer nor staff."""

    code = "document_not_found"
    title = Label("Document introuvable", "Document not found")

    def __init__(self, detail: Label = _HIDDEN) -> None:
        super().__init__(detail)
