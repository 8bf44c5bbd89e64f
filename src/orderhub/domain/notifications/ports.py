"""The mail port: what the domain asks of any way to send a mail. ``adapters/mail`` has the real ones.

No mail may be sent inside a database transaction.
"""

from dataclasses import dataclass
from typing import Protocol

from orderhub.kit.errors import InvalidError, OverloadedError
from orderhub.kit.text import Label


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to one person, ready to send; ``subject`` is one line without control characters."""

    message_id: str
    """Without angle brackets; the same whenever the same mail is sent again."""
    recipient: str
    language: str
    subject: str
    text: str
    html: str


class MailUnavailableError(OverloadedError):
    """The mail server can't be reached or asks to come back later; sending again may work."""

    code = "mail_unavailable"
    title = Label("Serveur de messagerie indisponible", "Mail server unavailable")


class MailRefusedError(InvalidError):
    """The mail server refuses this mail or its recipient for good."""

    code = "mail_refused"
    title = Label("Message refusé par le serveur", "Mail refused by the server")


class Mailer(Protocol):
    """A way to send mail."""

    async def send(self, mail: Mail) -> None:
        """Hand the mail over. Raises MailUnavailableError or MailRefusedError."""
        ...
