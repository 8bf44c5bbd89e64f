"""A proforma as a mail server takes it: the document printed, attached, read back; answers lead to its version."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from email.message import EmailMessage
from io import BytesIO

from aiosmtpd.controller import Controller
from pypdf import PdfReader

from orderhub.adapters.mail.smtp import SmtpMailer
from orderhub.domain.replies.addresses import QuoteVersionReply
from orderhub.jobs.context import WorkerContext
from orderhub.jobs.mail import site_of
from orderhub.jobs.worker import Worker
from orderhub.settings import MailSettings
from tests.adapters.mail.postbox import Postbox
from tests.jobs.sourced_events import proforma_issued


@asynccontextmanager
async def mail_server(postbox: Postbox, port: int) -> AsyncGenerator[MailSettings]:
    controller = Controller(postbox, hostname="127.0.0.1", port=port)
    controller.start()
    yield MailSettings(host="127.0.0.1", port=port, start_tls=False)
    controller.stop()


def plain(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return body.get_content()


async def test_a_proforma_is_mailed_with_its_pdf(context: WorkerContext, unused_tcp_port: int) -> None:
    _, quote_id, _ = await proforma_issued(context.database)
    postbox = Postbox()
    async with mail_server(postbox, unused_tcp_port) as server:
        await Worker(replace(context, mailer=SmtpMailer(server))).drain()
    [(recipients, message)] = postbox.mails
    assert recipients == ["awa@example.fr"]
    assert message["Subject"] == "La proforma est prête – Cafetière (+3)"
    replies = site_of(context.settings).replies
    assert replies.read(message["Reply-To"]) == QuoteVersionReply(quote_id, 2)
    assert "Total : 783,07\u00a0€" in plain(message)
    [attached] = message.iter_attachments()
    assert (attached.get_content_type(), attached.get_filename()) == ("application/pdf", "PF-2026-000123.pdf")
    printed = "\n".join(page.extract_text() for page in PdfReader(BytesIO(attached.get_content())).pages)
    for part in ("PF-2026-000123", "Cafetière à piston", "783,07", "313,23", "Orange Money Sénégal"):
        assert part in printed.replace("\u202f", " "), part
