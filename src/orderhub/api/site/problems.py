"""The page of each problem code: its titles, its status, and its section of ``docs/problems.md``."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from fastapi.responses import HTMLResponse

from orderhub.api.problems import status_of
from orderhub.api.site.markdown import to_html
from orderhub.api.site.page import WORDS, show
from orderhub.api.texts import explanations
from orderhub.kit.errors import DomainError
from orderhub.kit.text import Language


def refusals() -> Mapping[str, type[DomainError]]:
    """Every refusal that this version knows, by code."""
    return {error.code: error for error in _family(DomainError) if error is not DomainError}


def _family(error: type[DomainError]) -> Iterator[type[DomainError]]:
    # The family itself comes last: it speaks for its own code, and for a member that kept it.
    for member in error.__subclasses__():
        yield from _family(member)
    yield error


@cache
def index(language: Language, root: str) -> HTMLResponse:
    """The list of all codes."""
    found = [_shown(code, error, language) for code, error in sorted(refusals().items())]
    return show("problems", WORDS["problems"].within(language), language, root, problems=found)


@cache
def page(code: str, language: Language, root: str) -> HTMLResponse | None:
    """One code's page; None for an unknown one."""
    error = refusals().get(code)
    if error is None:
        return None
    text = to_html(explanations().get(code, error.__doc__ or ""), root)
    return show("problem", code, language, root, problem=_shown(code, error, language), text=text)


def _shown(code: str, error: type[DomainError], language: Language) -> Mapping[str, Any]:
    return {"code": code, "status": status_of(error), "title": error.title.within(language)}
