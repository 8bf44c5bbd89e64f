"""Mails as people's programs write them, for the tests of replies."""

from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from io import BytesIO

from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF\n"


def picture(width: int = 640, height: int = 480, form: str = "JPEG") -> bytes:
    """A picture of one colour."""
    content = BytesIO()
    Image.new("RGB", (width, height), (width % 256, height % 256, 80)).save(content, form)
    return content.getvalue()


def letter(to: str = "hub@maison.example", text: str = "Bonjour, voici le virement.") -> EmailMessage:
    """Awa's answer to a mail of ours."""
    message = EmailMessage(policy=SMTP)
    message["From"] = "Awa Diallo <awa@example.fr>"
    message["To"] = to
    message["Subject"] = "Re: Votre proforma – reçu"
    message["Date"] = "Sun, 22 Nov 2026 10:00:00 +0100"
    message["Message-ID"] = "<reply-1@example.fr>"
    message.set_content(text)
    return message


def with_pdf(message: EmailMessage, name: str = "reçu.pdf", content: bytes = PDF) -> EmailMessage:
    """The same with a receipt attached."""
    message.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    return message


def with_picture(message: EmailMessage, content: bytes, name: str = "photo.jpg") -> EmailMessage:
    """The same with a picture attached."""
    message.add_attachment(content, maintype="image", subtype="jpeg", filename=name)
    return message


def raw(message: EmailMessage) -> bytes:
    """The bytes as a server gets them."""
    return message.as_bytes()


def raw_utf8(message: EmailMessage) -> bytes:
    """The same by a program that leaves accents in headers as they are (RFC 6532)."""
    return message.as_bytes(policy=SMTPUTF8)
