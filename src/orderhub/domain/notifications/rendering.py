"""Mails from templates: HTML with every value escaped, and the same as text. Pure but for the files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import indent
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from orderhub.domain.documents.kinds import DocumentKind
from orderhub.domain.notifications import phrases
from orderhub.domain.replies.addresses import ReplyAddresses
from orderhub.kit.text import Language

_environment: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(("html",), default=False),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.filters["quoted"] = lambda text: indent(text, "> ", lambda _: True)  # pyright: ignore[reportUnknownLambdaType, reportArgumentType]


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A document to be printed and attached, in the reader's language."""

    kind: DocumentKind
    content: Mapping[str, Any]
    language: Language

    @property
    def name(self) -> str:
        """What the file is called: the document's number."""
        return f"{self.content['number']}.pdf"


@dataclass(frozen=True, slots=True)
class Site:
    """What mails know of the deployment."""

    name: str
    front_url: str
    """Base URL of the front end, where links lead."""
    support: str
    """Address for questions."""
    inbox: str
    """The staff's address: what is told to the house arrives there."""
    mail_domain: str
    """The domain of message ids: that of the sender's address."""
    replies: ReplyAddresses
    """Where proofs of payment are sent back to."""

    def link(self, path: str) -> str:
        """A page of the front end."""
        return f"{self.front_url.rstrip('/')}{path}"


@dataclass(frozen=True, slots=True)
class Link:
    """Where to go on; the first link of a mail is its button."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a letter's table; a strong one is a sum."""

    label: str
    value: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """What one mail says: its template and the template's own values, ``title`` among them."""

    template: str
    subject: str
    links: Sequence[Link]
    values: Mapping[str, Any]
    reply_to: str | None = None
    enclosure: Enclosure | None = None
    language: Language | None = None
    """Where it is not the account's."""
    named: bool = True
    """Whether the reader is called by name: not before they confirmed that it is theirs."""


def render(letter: Letter, *, site: Site, language: Language, name: str) -> tuple[str, str]:
    """The text and the HTML of a letter to somebody called ``name``."""
    greeting = phrases.GREETING if letter.named else phrases.GREETING_OF_NOBODY
    values = {
        **letter.values,
        "site": site,
        "language": language.value,
        "subject": letter.subject,
        "greeting": greeting.within(language).format(name=name),
        "links": letter.links,
        "colon": phrases.COLON.within(language),
        "footer": phrases.FOOTER.within(language).format(support=site.support),
    }
    text = _environment.get_template(f"{letter.template}.txt").render(values)
    return text, _environment.get_template(f"{letter.template}.html").render(values)
