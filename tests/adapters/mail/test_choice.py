"""Where mails go by the settings, and the dev mailbox."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from orderhub.adapters.mail.choice import choose_mailer
from orderhub.adapters.mail.mailbox import MailboxMailer
from orderhub.adapters.mail.smtp import SmtpMailer
from orderhub.domain.notifications.models import SandboxMail
from orderhub.domain.notifications.ports import Attachment, Mail
from orderhub.infra.database import Database
from orderhub.settings import MailSettings, Mode, SandboxSettings, Settings
from tests.adapters.mail.postbox import Postbox


@pytest.mark.parametrize(
    ("mode", "mailbox", "host", "expected"),
    [
        (Mode.DEVELOPMENT, True, None, [MailboxMailer]),
        (Mode.DEVELOPMENT, False, None, [MailboxMailer]),
        (Mode.DEVELOPMENT, True, "mail.example", [MailboxMailer, SmtpMailer]),
        (Mode.DEVELOPMENT, False, "mail.example", [SmtpMailer]),
        (Mode.PRODUCTION, True, "mail.example", [SmtpMailer]),
    ],
)
def test_mails_go_where_the_settings_say(*, mode: Mode, mailbox: bool, host: str | None, expected: list[type]) -> None:
    settings = made(mode, mailbox=mailbox, mail=MailSettings(host=host))
    chosen = choose_mailer(settings, Database("postgresql://nowhere/none"))
    assert [type(mailer) for mailer in chosen.mailers] == expected


def made(mode: Mode, *, mailbox: bool, mail: MailSettings) -> Settings:
    plain = Settings(_env_file=None)  # pyright: ignore[reportCallIssue]
    return plain.model_copy(update={"mode": mode, "mail": mail, "sandbox": SandboxSettings(mailbox=mailbox)})


def test_production_without_a_server_is_refused() -> None:
    settings = made(Mode.PRODUCTION, mailbox=True, mail=MailSettings())
    with pytest.raises(ValueError, match="ORDERHUB_MAIL_HOST"):
        choose_mailer(settings, Database("postgresql://nowhere/none"))


async def test_a_mail_goes_to_the_mailbox_and_to_the_server_and_is_kept_once(
    database: Database, smtp: MailSettings, postbox: Postbox, mail: Mail
) -> None:
    mailer = choose_mailer(made(Mode.DEVELOPMENT, mailbox=True, mail=smtp), database)
    mail = replace(mail, reply_to="reply+q1@in.example", attachments=(Attachment("a.pdf", "application/pdf", b"%PDF"),))
    for _ in range(2):
        await mailer.send(mail)
    async with database.session() as session:
        kept = (await session.scalars(select(SandboxMail))).one()
    assert (kept.message_id, kept.recipient, kept.subject) == (mail.message_id, mail.recipient, mail.subject)
    assert (kept.text, kept.html, kept.sender) == (mail.text, mail.html, smtp.sender)
    assert kept.reply_to == mail.reply_to
    assert kept.attachments == [{"name": "a.pdf", "mime_type": "application/pdf", "size": 4}]
    assert len(postbox.mails) == 2
