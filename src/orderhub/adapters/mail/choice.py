"""Which way mails go in a deployment: a server, the dev mailbox, or both."""

from collections.abc import Sequence

from orderhub.adapters.mail.mailbox import MailboxMailer
from orderhub.adapters.mail.smtp import SmtpMailer
from orderhub.domain.notifications.ports import Mail, Mailer
from orderhub.infra.database import Database
from orderhub.settings import Mode, Settings


class MailerChain:
    """Sends each mail every way, one after the other."""

    def __init__(self, mailers: Sequence[Mailer]) -> None:
        self.mailers = tuple(mailers)

    async def send(self, mail: Mail) -> None:
        """Stops at the first that fails; whoever tries again reaches all of them, each once or more."""
        for mailer in self.mailers:
            await mailer.send(mail)


def choose_mailer(settings: Settings, database: Database) -> MailerChain:
    """The ways out that the settings name. Production, which never has the mailbox, needs a server."""
    found: list[Mailer] = []
    if has_mailbox(settings):
        found.append(MailboxMailer(database, sender=settings.mail.sender))
    if settings.mail.host is not None:
        found.append(SmtpMailer(settings.mail))
    if not found:
        message = "ORDERHUB_MAIL_HOST must name a mail server in production."
        raise ValueError(message)
    return MailerChain(found)


def has_mailbox(settings: Settings) -> bool:
    """Whether mails are kept to be looked at: never in production, always where there is no server."""
    return settings.mode is not Mode.PRODUCTION and (settings.sandbox.mailbox or settings.mail.host is None)
