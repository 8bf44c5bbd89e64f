"""The guides of ``docs/guides/``, each as a page."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from fastapi.responses import HTMLResponse

from orderhub.api.docs_folder import DOCS
from orderhub.api.site.markdown import to_html
from orderhub.api.site.page import WORDS, show
from orderhub.kit.text import Language

_FOLDER: Final = DOCS / "guides"
_INDEX: Final = _FOLDER / "README.md"
_BESIDE: Final = ("limits",)
"""Texts of ``docs/`` that guides lead to."""


@cache
def texts() -> Mapping[str, str]:
    """Each guide and what they lead to, by name."""
    found = [*sorted(_FOLDER.glob("[a-z]*.md")), *(DOCS / f"{name}.md" for name in _BESIDE)]
    return {path.stem: path.read_text("utf-8") for path in found}


@cache
def index(language: Language, root: str) -> HTMLResponse:
    """The list of all guides."""
    text = to_html(_INDEX.read_text("utf-8"), root)
    return show("guides", WORDS["guides"].within(language), language, root, text=text)


@cache
def page(name: str, language: Language, root: str) -> HTMLResponse | None:
    """One guide; None for an unknown one."""
    text = texts().get(name)
    if text is None:
        return None
    return show("guide", _heading(text), language, root, text=to_html(text, root))


def _heading(text: str) -> str:
    return next(line for line in text.splitlines() if line.startswith("# ")).removeprefix("# ")
