"""The ports to people: what the domain asks of any way to send a mail or a WhatsApp message.

``adapters/mail`` and ``adapters/whatsapp`` have the real ones. Nothing may be sent inside a database
transaction.
"""

from dataclasses import dataclass
from typing import Protocol

from orderhub.kit.errors import InvalidError, OverloadedError
from orderhub.kit.text import Label


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail."""

    name: str
    """ASCII, without a path."""
    mime_type: str
    content: bytes


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
    reply_to: str | None = None
    """Where an answer goes when it is to be read by us."""
    attachments: tuple[Attachment, ...] = ()


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


@dataclass(frozen=True, slots=True)
class WhatsAppMessage:
    """One message to one person: a headline, a text and where to go on."""

    reference: str
    """The same whenever the same message is sent again; WhatsApp gives it back, and does not look at it."""
    phone: str
    """E.164."""
    language: str
    title: str
    body: str
    link: str
    """A page of the front end."""


class WhatsAppUnavailableError(OverloadedError):
    """WhatsApp can't be reached or asks to come back later; sending again may work."""

    code = "whatsapp_unavailable"
    title = Label("WhatsApp indisponible", "WhatsApp unavailable")


class WhatsAppRefusedError(InvalidError):
    """WhatsApp refuses this message, its recipient or ourselves; sending the same again changes nothing."""

    code = "whatsapp_refused"
    title = Label("Message refusé par WhatsApp", "Message refused by WhatsApp")


class WhatsApp(Protocol):
    """A way to send WhatsApp messages."""

    async def send(self, message: WhatsAppMessage) -> str:
        """Hand the message over; the answer is WhatsApp's id of it.

        Raises WhatsAppUnavailableError or WhatsAppRefusedError.
        """
        ...

    async def aclose(self) -> None:
        """Let go of the connections."""
        ...
