"""A Cloud API for each test, a real server on loopback, and a message to send."""

from collections.abc import AsyncGenerator

import pytest

from orderhub.domain.notifications.ports import WhatsAppMessage
from tests.adapters.whatsapp.cloud_server import CloudServer, cloud_server


@pytest.fixture
async def cloud() -> AsyncGenerator[CloudServer]:
    """The API, listening."""
    async with cloud_server() as running:
        yield running


@pytest.fixture
def message() -> WhatsAppMessage:
    """Awa may come for her parcel."""
    return WhatsAppMessage(
        reference="one.two",
        phone="+33612345678",
        language="fr",
        title="Retrait de votre commande",
        body="« Panier » vous attend.\n\nLundi,\t9 h – 12 h, au 3 rue Oberkampf",
        link="https://front.example/orders/ord_1",
    )
