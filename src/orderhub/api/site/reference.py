"""The page of the API's reference: Swagger UI from this server alone, with what ``assets/reference.js`` adds to it."""

from fastapi.responses import HTMLResponse

from orderhub.api.site.page import show
from orderhub.kit.text import Language

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
"""Swagger UI writes ``style`` attributes; scripts come from files of this server alone."""


def page(language: Language, root: str) -> HTMLResponse:
    """The page that starts Swagger UI."""
    answer = show("reference", "API", language, root)
    answer.headers["Content-Security-Policy"] = _POLICY
    return answer
