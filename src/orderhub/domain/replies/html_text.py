"""The text of a mail that came as HTML, in time that grows with its length alone.

lxml's tree builder compares each attribute with all others of its tag, and inscriptis pads each cell of
a table to the width of its column, so neither sees attributes or tables: the parser hands over one tag
after the other, and only what makes a line, a list or nothing visible goes on.
"""

import re
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
_KNOWN: Final = {tag: tag for tag in (*STRICT_CSS_PROFILE, "br")}
_ROWS: Final = dict.fromkeys(("table", "thead", "tbody", "tfoot", "tr", "caption"), "div")
_AS: Final = {**_KNOWN, **_ROWS, **dict.fromkeys(("td", "th"), "cell")}
"""What each tag is read as; all others change nothing."""
_NOT_XML: Final = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no tree may hold, however it was written."""
_STYLE: Final = ParserConfig(css={**STRICT_CSS_PROFILE, "cell": RELAXED_CSS_PROFILE["span"]})
"""Cells have a blank between them; words that are partly in bold have none."""


def of_html(text: str) -> str:
    """What a reader of the HTML would see, more or less."""
    tags = _Tags()
    parser = _etree.HTMLParser(target=tags, encoding="utf-8")
    # A tag of ours around it: a page without any is none to the parser. It gives up at a NUL.
    parser.feed(b"<div>" + text[:MAX_HTML].replace("\0", " ").encode(errors="replace"))
    return Inscriptis(parser.close(), _STYLE).get_text()


class _Tags:
    """Makes the tree that is read, of what the parser sees."""

    def __init__(self) -> None:
        self._tree = _etree.TreeBuilder()
        self._open: list[str] = []
        self._too_deep = 0

    def start(self, tag: str, _attributes: object) -> None:
        """A tag begins."""
        if len(self._open) == MAX_NESTED:
            self._too_deep += 1
            return
        self._open.append(_AS.get(tag, "span"))
        self._tree.start(self._open[-1], {})

    def end(self, _tag: str) -> None:
        """The last tag that began ends."""
        if self._too_deep:
            self._too_deep -= 1
        elif self._open:
            self._tree.end(self._open.pop())

    def data(self, text: str) -> None:
        """Text within the last tag that began."""
        if self._open:
            self._tree.data(_NOT_XML.sub(" ", text))

    def close(self) -> Any:
        """The whole, at the end; a parser that gives up leaves tags open."""
        while self._open:
            self.end("")
        return self._tree.close()
