"""The text of a mail that came as HTML, in time that grows with its length alone.

lxml's tree builder compares each attribute with all others of its tag, and inscriptis pads each cell of
a table to the width of its column, so neither sees attributes or tables: the parser hands over one tag
after the other, and only what makes a line, a list or nothing visible goes on.
"""

from typing import Any, Final

from inscriptis.css_profiles import RELAXED_CSS_PROFILE, STRICT_CSS_PROFILE
from inscriptis.html_engine import Inscriptis
from inscriptis.model.config import ParserConfig
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType] - it has no types

_etree: Any = etree  # pyright: ignore[reportUnknownVariableType] - likewise

MAX_HTML: Final = 500_000
"""Characters from its beginning that are read."""
MAX_NESTED: Final = 100
"""Of tags within tags; the text of those within is read as if it stood outside."""
_ROWS: Final = dict.fromkeys(("table", "thead", "tbody", "tfoot", "tr", "caption"), "div")
_AS: Final = {**_ROWS, **dict.fromkeys(("td", "th"), "cell")}
_STYLE: Final = ParserConfig(css={**STRICT_CSS_PROFILE, "cell": RELAXED_CSS_PROFILE["span"]})
"""Cells have a blank between them; words that are partly in bold have none."""


def of_html(text: str) -> str:
    """What a reader of the HTML would see, more or less."""
    tags = _Tags()
    parser = _etree.HTMLParser(target=tags, encoding="utf-8")
    # A tag of ours around it: a page without any is none to the parser.
    parser.feed(b"<div>" + text[:MAX_HTML].encode(errors="replace"))
    return Inscriptis(parser.close(), _STYLE).get_text()


class _Tags:
    """Makes the tree that is read, of what the parser sees."""

    def __init__(self) -> None:
        self._tree = _etree.TreeBuilder()
        self._level = 0

    def start(self, tag: str, _attributes: object) -> None:
        """A tag begins."""
        self._level += 1
        if self._level <= MAX_NESTED:
            self._tree.start(_AS.get(tag, tag), {})

    def end(self, tag: str) -> None:
        """A tag ends; the parser ends each that it began."""
        if self._level <= MAX_NESTED:
            self._tree.end(_AS.get(tag, tag))
        self._level -= 1

    def data(self, text: str) -> None:
        """Text within the last tag that began."""
        self._tree.data(text)

    def close(self) -> Any:
        """The whole, at the end."""
        return self._tree.close()
