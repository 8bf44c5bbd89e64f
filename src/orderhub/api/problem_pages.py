"""The page of each problem code: its titles, its status, and its section of ``docs/problems.md``."""

import html
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from orderhub.api.problems import status_of
from orderhub.kit.errors import DomainError

_PACKAGE: Final = Path(__file__).parents[1]
_SOURCE: Final = _PACKAGE.parents[1] / "docs" / "problems.md"
_INSTALLED: Final = _PACKAGE / "_docs" / "problems.md"
_SECTION: Final = re.compile(r"^### `?([a-z][a-z0-9_]*)`?\n+(.*?)(?=^#|\Z)", re.MULTILINE | re.DOTALL)
_CODE, _AS_CODE = re.compile(r"`([^`]+)`"), r"<code>\1</code>"


def refusals() -> Mapping[str, type[DomainError]]:
    """Every refusal that this version knows, by code."""
    return {error.code: error for error in _family(DomainError) if error is not DomainError}


def _family(error: type[DomainError]) -> Iterator[type[DomainError]]:
    # The family itself comes last: it speaks for its own code, and for a member that kept it.
    for member in error.__subclasses__():
        yield from _family(member)
    yield error


@cache
def explanations() -> Mapping[str, str]:
    """The sections of ``docs/problems.md``, by code."""
    source = _INSTALLED if _INSTALLED.is_file() else _SOURCE
    return {code: text.strip() for code, text in _SECTION.findall(source.read_text("utf-8"))}


def index() -> str:
    """The list of all codes as HTML."""
    rows = "".join(
        f'<li><a href="problems/{code}"><code>{code}</code></a> '
        f"{status_of(error)} · {html.escape(error.title.en)} · {html.escape(error.title.fr)}</li>"
        for code, error in sorted(refusals().items())
    )
    return f"<h1>Problems</h1><ul>{rows}</ul>"


def page(code: str) -> str | None:
    """One code's page as HTML; None for an unknown one."""
    error = refusals().get(code)
    if error is None:
        return None
    text = explanations().get(code, error.__doc__ or "")
    paragraphs = "".join(f"<p>{_CODE.sub(_AS_CODE, html.escape(part))}</p>" for part in text.split("\n\n"))
    return (
        f"<h1><code>{code}</code></h1>"
        f"<p>{status_of(error)} · {html.escape(error.title.en)} · {html.escape(error.title.fr)}</p>{paragraphs}"
    )
