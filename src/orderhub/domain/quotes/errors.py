"""Refusals about quotes, besides those of their table."""

from collections.abc import Sequence

from orderhub.kit.errors import ConflictError, InvalidError, NotFoundError
from orderhub.kit.text import Label


class QuoteNotFoundError(NotFoundError):
    """No such quote, or the caller is neither its buyer nor staff."""

    code = "quote_not_found"
    title = Label("Devis introuvable", "Quote not found")

    def __init__(self) -> None:
        super().__init__(
            Label("Il n’y a pas un tel devis, ou il n’est pas à vous.", "There is no such quote, or it is not yours.")
        )


class TermsOutdatedError(ConflictError):
    """Terms were accepted that are no longer, or not yet, in force; the extras name those that are."""

    code = "terms_outdated"
    title = Label("Conditions générales remplacées", "The terms have changed")

    def __init__(self, current: int) -> None:
        detail = Label(
            f"Montrez de nouveau les conditions de GET /v1/terms et acceptez la version {current}.",
            f"Show the terms of GET /v1/terms again and accept version {current}.",
        )
        super().__init__(detail, terms_version=current)


class NotInPreparationError(ConflictError):
    """Drafts are saved while a quote is in preparation, and then only."""

    code = "quote_not_in_preparation"
    title = Label("Devis pas en préparation", "The quote is not in preparation")

    def __init__(self, status: str, available_actions: Sequence[str]) -> None:
        detail = Label(
            "Prenez d’abord le devis ; une fois émis, il ne change que si son acheteur demande une modification.",
            "Take the quote first; once issued, it changes only when its buyer asks for changes.",
        )
        super().__init__(detail, current_status=status, available_actions=list(available_actions))


class LineUnknownError(InvalidError):
    """A draft prices a line that the quote does not have, or the same one twice."""

    code = "line_unknown"
    title = Label("Article inconnu", "Unknown line")
