"""A real SMTP server on loopback, and a mail to send."""

from collections.abc import AsyncIterator

import pytest
from aiosmtpd.controller import Controller

from orderhub.domain.notifications.ports import Mail
from orderhub.settings import MailSettings
from tests.adapters.mail.postbox import Postbox


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
async def smtp(postbox: Postbox, unused_tcp_port: int) -> AsyncIterator[MailSettings]:
    """The settings that reach the server."""
    controller = Controller(postbox, hostname="127.0.0.1", port=unused_tcp_port)
    controller.start()
    yield MailSettings(host="127.0.0.1", port=unused_tcp_port, start_tls=False)
    controller.stop()


@pytest.fixture
def mail() -> Mail:
    return Mail(
        message_id="one.two@orderhub.example",
        recipient="awa@example.com",
        language="fr",
        subject="Commande livrée – « Logo »",
        text="Bonjour Awa,\n\nÀ bientôt – 120,00\u00a0€\n",
        html="<p>Bonjour Awa, à bientôt</p>",
    )
