"""Text of mails as it may be kept and shown: bounded, without control characters, HTML without its tags."""

import re
from html.parser import HTMLParser
from typing import Final

MAX_TEXT: Final = 4000
"""Characters of a mail's text that are kept."""

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_BLANK: Final = re.compile(r"\n\s*\n\s*")
_UNSEEN: Final = frozenset({"head", "script", "style", "title", "template"})
_BREAKS: Final = frozenset({"br", "div", "p", "tr", "li", "h1", "h2", "h3", "table", "blockquote"})


def cleaned(text: str) -> str:
    """Text of several lines that can be stored and shown."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _BLANK.sub("\n\n", _CONTROL.sub("", lines)).strip()[:MAX_TEXT]


def one_line(text: str) -> str:
    """Text of one line that can be stored and shown."""
    return " ".join(_CONTROL.sub(" ", text).split())


def of_html(text: str) -> str:
    """What a reader of the HTML would see, more or less."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return cleaned("".join(reader.seen))


class _Reader(HTMLParser):
    """Gathers the text between tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """A new line where the tag makes one; what a browser doesn't show begins."""
        self._unseen += tag in _UNSEEN
        if tag in _BREAKS:
            self.seen.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """What a browser doesn't show ends."""
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)

    def handle_data(self, data: str) -> None:
        """Text, if a browser shows it."""
        if not self._unseen:
            self.seen.append(" ".join(data.split()) + " " if data.strip() else "")
