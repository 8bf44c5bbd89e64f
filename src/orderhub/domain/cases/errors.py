"""Named refusals of cases."""

from orderhub.kit.errors import ConflictError, NotFoundError
from orderhub.kit.text import Label


class CaseNotFoundError(NotFoundError):
    """There is no such case."""

    code = "case_not_found"
    title = Label("Dossier introuvable", "Case not found")


class CaseClosedError(ConflictError):
    """Somebody closed it before."""

    code = "case_closed"
    title = Label("Dossier déjà clos", "Case already closed")
