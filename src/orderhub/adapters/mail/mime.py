"""A mail as MIME: text and HTML side by side and files after them, with headers that no value can break out of."""

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import localtime

from email_validator import EmailNotValidError, validate_email

from orderhub.domain.notifications.ports import Mail


def build(mail: Mail, *, sender: str) -> EmailMessage:
    """The message to hand to a server. Raises ValueError for a line break in a header."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = _ascii(mail.recipient)
    if mail.reply_to is not None:
        message["Reply-To"] = mail.reply_to
    message["Subject"] = mail.subject
    message["Message-ID"] = f"<{mail.message_id}>"
    message["Date"] = localtime()
    # Out-of-office answers and the like stay away from what a machine sends (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    for file in mail.attachments:
        kind, _, subtype = file.mime_type.partition("/")
        message.add_attachment(file.content, maintype=kind, subtype=subtype, filename=file.name)
    # Last: making the parts moves such a header into the first of them.
    message["Content-Language"] = mail.language
    return message


def _ascii(address: str) -> str:
    """The address with its domain in punycode, which every server understands."""
    try:
        found = validate_email(address, check_deliverability=False)
    except EmailNotValidError:
        return address
    return found.ascii_email or found.normalized
