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


@cache
def titles() -> Mapping[str, str]:
    """The heading of each guide, by its name."""
    return {path.stem: _heading(path.read_text("utf-8")) for path in sorted(_FOLDER.glob("*.md"))}


def _heading(text: str) -> str:
    return next(line for line in text.splitlines() if line.startswith("# ")).removeprefix("# ")


@cache
def index(language: Language, root: str) -> HTMLResponse:
    """The list of all guides."""
    return show("guides", WORDS["guides"].within(language), language, root, guides=titles())


@cache
def page(name: str, language: Language, root: str) -> HTMLResponse | None:
    """One guide; None for an unknown one."""
    title = titles().get(name)
    if title is None:
        return None
    text = to_html((_FOLDER / f"{name}.md").read_text("utf-8"), root)
    return show("guide", title, language, root, text=text)
