"""Markdown of ``docs/`` as HTML. Links between its files lead to the pages that show them."""

import re
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_PAGES: Final = (
    (re.compile(r"^(?:\.\./|/?docs/)?problems\.md(?:#([a-z0-9_]+))?$"), "/docs/problems/{}"),
    (re.compile(r"^(?:\.\./|/?docs/)?processes/([a-z_]+)\.md$"), "/v1/processes/{}"),
    (re.compile(r"^(?:\.\./|/?docs/)?(?:\./)?(?:guides/)?([a-z-]+)\.md(?:#[a-z0-9-]*)?$"), "/docs/guides/{}"),
)


def to_html(text: str, root: str = "") -> str:
    """A trusted text as HTML: tables, code, links; HTML within it is shown as it is written."""
    parser = _parser()
    tokens = parser.parse(text)
    _lead(tokens, root)
    return parser.renderer.render(tokens, parser.options, {})


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _lead(tokens: "Sequence[Token]", root: str) -> None:
    for token in tokens:
        if token.type == "link_open":
            token.attrSet("href", _page_of(str(token.attrGet("href")), root))
        _lead(token.children or (), root)


def _page_of(link: str, root: str) -> str:
    for pattern, page in _PAGES:
        if found := pattern.match(link):
            return root + page.format(found[1] or "").rstrip("/")
    return root + link if link.startswith("/") else link
