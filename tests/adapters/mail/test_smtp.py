"""Mails as a real server takes them, and what its refusals mean."""

from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from typing import Any

import pytest

from orderhub.adapters.mail.smtp import SmtpMailer
from orderhub.domain.notifications.ports import Attachment, Mail, MailRefusedError, MailUnavailableError
from orderhub.settings import MailSettings
from tests.adapters.mail.postbox import Postbox


async def test_a_mail_arrives_as_text_and_html(smtp: MailSettings, postbox: Postbox, mail: Mail) -> None:
    await SmtpMailer(smtp).send(mail)
    [(recipients, message)] = postbox.mails
    assert recipients == ["awa@example.com"]
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in parts(message)] == ["text/plain", "text/html"]
    text, html = (part.get_content() for part in parts(message))
    assert text.replace("\r\n", "\n") == mail.text
    assert html.strip() == mail.html
    assert message["Subject"] == mail.subject
    assert message["Message-ID"] == "<one.two@orderhub.example>"
    assert message["From"] == "OrderHub <no-reply@orderhub.example>"
    assert message["To"] == "awa@example.com"
    assert message["Content-Language"] == "fr"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Reply-To"] is None
    assert message["Date"].datetime.tzinfo is not None


def parts(message: EmailMessage) -> Iterator[Any]:
    return message.iter_parts()


async def test_files_and_an_address_for_answers_go_along(smtp: MailSettings, postbox: Postbox, mail: Mail) -> None:
    files = (
        Attachment("PF-2026-000123.pdf", "application/pdf", b"%PDF-1.7 \x00\xff\r\n.\r\n"),
        Attachment("CG.txt", "text/plain", "Conditions générales".encode()),
    )
    await SmtpMailer(smtp).send(replace(mail, reply_to="reply+q1.2.abc@in.example", attachments=files))
    [(_, message)] = postbox.mails
    assert message["Reply-To"] == "reply+q1.2.abc@in.example"
    assert message.get_content_type() == "multipart/mixed"
    assert [part.get_content_type() for part in parts(message)] == [
        "multipart/alternative",
        "application/pdf",
        "text/plain",
    ]
    for part, file in zip(message.iter_attachments(), files, strict=True):
        assert (part.get_filename(), part.get_payload(decode=True)) == (file.name, file.content)
    text = message.get_body(("plain",))
    assert text is not None
    assert text.get_content().replace("\r\n", "\n") == mail.text
    assert message["Content-Language"] == "fr"


async def test_a_line_break_in_a_subject_never_becomes_a_header(
    smtp: MailSettings, postbox: Postbox, mail: Mail
) -> None:
    with pytest.raises(MailRefusedError):
        await SmtpMailer(smtp).send(replace(mail, subject="Logo\r\nBcc: eve@example.com"))
    assert postbox.mails == []


async def test_a_domain_beyond_ascii_is_written_in_punycode(smtp: MailSettings, postbox: Postbox, mail: Mail) -> None:
    await SmtpMailer(smtp).send(replace(mail, recipient="awa@émail.example.com"))
    assert postbox.mails[0][0] == ["awa@xn--mail-9oa.example.com"]


async def test_an_unknown_recipient_is_refused_for_good(smtp: MailSettings, postbox: Postbox, mail: Mail) -> None:
    postbox.refused[mail.recipient] = "550 No such user"
    with pytest.raises(MailRefusedError):
        await SmtpMailer(smtp).send(mail)


async def test_a_busy_mailbox_may_be_tried_again(smtp: MailSettings, postbox: Postbox, mail: Mail) -> None:
    postbox.refused[mail.recipient] = "450 Mailbox busy"
    with pytest.raises(MailUnavailableError):
        await SmtpMailer(smtp).send(mail)


@pytest.mark.parametrize(("answer", "error"), [("554 No", MailRefusedError), ("451 Later", MailUnavailableError)])
async def test_the_servers_code_says_whether_to_try_again(
    smtp: MailSettings, postbox: Postbox, mail: Mail, answer: str, error: type[Exception]
) -> None:
    postbox.answer = answer
    with pytest.raises(error):
        await SmtpMailer(smtp).send(mail)


async def test_no_server_may_be_tried_again(mail: Mail, unused_tcp_port: int) -> None:
    nobody = MailSettings(host="127.0.0.1", port=unused_tcp_port, start_tls=False)
    with pytest.raises(MailUnavailableError):
        await SmtpMailer(nobody).send(mail)


async def test_a_server_without_tls_is_not_trusted_where_tls_is_asked(
    smtp: MailSettings, postbox: Postbox, mail: Mail
) -> None:
    with pytest.raises(MailUnavailableError):
        await SmtpMailer(smtp.model_copy(update={"start_tls": True})).send(mail)
    assert postbox.mails == []
