"""Mail through an SMTP server."""

import asyncio
from email.errors import MessageError

import aiosmtplib

from orderhub.adapters.mail.mime import build
from orderhub.domain.notifications.ports import Mail, MailRefusedError, MailUnavailableError
from orderhub.kit.text import Label
from orderhub.settings import MailSettings

_TIMEOUT = 30.0
"""Seconds for each answer of the server."""
_WHOLE = 120.0
"""Seconds for all of them: each may come just in time."""
_PERMANENT = range(500, 600)


class SmtpMailer:
    """Sends each mail over a connection of its own: mails are few, and idle connections get lost."""

    def __init__(self, settings: MailSettings) -> None:
        if settings.host is None:
            message = Label("ORDERHUB_MAIL_HOST ne nomme aucun serveur.", "ORDERHUB_MAIL_HOST names no server.")
            raise ValueError(message)
        self._settings = settings

    async def send(self, mail: Mail) -> None:
        """Hand the mail to the server. Raises MailUnavailableError or MailRefusedError."""
        settings = self._settings
        password = settings.password.get_secret_value() if settings.password else None
        try:
            message = build(mail, sender=settings.sender)
            async with asyncio.timeout(_WHOLE):
                await aiosmtplib.send(
                    message,
                    hostname=settings.host,
                    port=settings.port,
                    username=settings.user,
                    password=password,
                    start_tls=settings.start_tls,
                    timeout=_TIMEOUT,
                )
        except (ValueError, MessageError) as error:
            raise MailRefusedError(
                Label("Le mail ne peut pas s’écrire en MIME.", "The mail can't be written as MIME.")
            ) from error
        except (aiosmtplib.SMTPException, OSError) as error:
            raise _refusal(error) from error


def _refusal(error: Exception) -> MailUnavailableError | MailRefusedError:
    """What the server's answer means. A wrong password is the deployment's fault, not the mail's."""
    match error:
        case aiosmtplib.SMTPAuthenticationError():
            return MailUnavailableError(
                Label(
                    "Le serveur de mail refuse notre utilisateur ou notre mot de passe.",
                    "The mail server refuses our user or password.",
                )
            )
        case aiosmtplib.SMTPRecipientsRefused():
            codes = [refused.code for refused in error.recipients]
        case aiosmtplib.SMTPResponseException():
            codes = [error.code]
        case _:
            codes = []
    if codes and all(code in _PERMANENT for code in codes):
        return MailRefusedError(
            Label(f"Le serveur de mail a répondu {codes[0]}.", f"The mail server answered {codes[0]}.")
        )
    return MailUnavailableError(
        Label(
            "Le serveur de mail est injoignable ou demande de revenir plus tard.",
            "The mail server can't be reached or asks to come back later.",
        )
    )
