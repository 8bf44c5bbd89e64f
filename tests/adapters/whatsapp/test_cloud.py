"""Messages as the Cloud API takes them, and what its refusals mean."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from pydantic import SecretStr

from orderhub.adapters.whatsapp.cloud import CloudWhatsApp, open_whatsapp
from orderhub.domain.notifications.ports import (
    WhatsApp,
    WhatsAppMessage,
    WhatsAppRefusedError,
    WhatsAppUnavailableError,
)
from orderhub.settings import WhatsAppSettings
from tests.adapters.whatsapp.cloud_server import TEMPLATE, UNKNOWN, CloudServer


@asynccontextmanager
async def sender(settings: WhatsAppSettings, patience: float = 10.0) -> AsyncGenerator[WhatsApp]:
    """The adapter, closed at the end."""
    found = CloudWhatsApp(settings, timeout=patience)
    yield found
    await found.aclose()


async def test_a_text_arrives_and_its_id_comes_back(cloud: CloudServer, message: WhatsAppMessage) -> None:
    async with sender(cloud.settings()) as whatsapp:
        assert await whatsapp.send(message) == "wamid.0001"
        assert await whatsapp.send(message) == "wamid.0002"
    sent = cloud.sent[0]
    assert (sent["to"], sent["type"], sent["biz_opaque_callback_data"]) == ("33612345678", "text", "one.two")
    assert sent["text"]["body"] == f"*{message.title}*\n\n{message.body}\n\n{message.link}"


async def test_a_template_is_filled_with_headline_text_and_link(cloud: CloudServer, message: WhatsAppMessage) -> None:
    async with sender(cloud.settings(template=TEMPLATE)) as whatsapp:
        assert await whatsapp.send(message) == "wamid.0001"
    template = cloud.sent[0]["template"]
    assert (template["name"], template["language"]) == (TEMPLATE, {"code": "fr"})
    assert [parameter["text"] for parameter in template["components"][0]["parameters"]] == [
        message.title,
        "« Panier » vous attend. Lundi, 9 h – 12 h, au 3 rue Oberkampf",
        message.link,
    ]


@pytest.mark.parametrize("template", [None, TEMPLATE])
async def test_a_text_beyond_all_bounds_is_cut_and_its_link_is_kept(
    cloud: CloudServer, message: WhatsAppMessage, template: str | None
) -> None:
    async with sender(cloud.settings(template=template)) as whatsapp:
        await whatsapp.send(replace(message, body="a" * 9000))
    assert message.link in str(cloud.sent[0])
    assert "aaa…" in str(cloud.sent[0])


@pytest.mark.parametrize(
    ("status", "code", "error"),
    [
        (500, 131000, WhatsAppUnavailableError),
        (503, 131016, WhatsAppUnavailableError),
        (429, 130429, WhatsAppUnavailableError),
        (400, 131056, WhatsAppUnavailableError),
        (400, 131047, WhatsAppRefusedError),
        (403, 131005, WhatsAppRefusedError),
        (404, 0, WhatsAppRefusedError),
    ],
)
async def test_the_answer_says_whether_to_try_again(
    cloud: CloudServer, message: WhatsAppMessage, status: int, code: int, error: type[Exception]
) -> None:
    cloud.answers.append((status, code))
    async with sender(cloud.settings()) as whatsapp:
        with pytest.raises(error):
            await whatsapp.send(message)
        assert await whatsapp.send(message) == "wamid.0001"


async def test_a_number_without_whatsapp_is_refused_for_good_and_not_repeated(
    cloud: CloudServer, message: WhatsAppMessage
) -> None:
    async with sender(cloud.settings()) as whatsapp:
        with pytest.raises(WhatsAppRefusedError) as refusal:
            await whatsapp.send(replace(message, phone=f"+{UNKNOWN}"))
    assert str(refusal.value) == "WhatsApp answered 400 with code 131026."


async def test_a_wrong_token_is_refused_and_not_told(cloud: CloudServer, message: WhatsAppMessage) -> None:
    async with sender(cloud.settings(token=SecretStr("another-token"))) as whatsapp:
        with pytest.raises(WhatsAppRefusedError) as refusal:
            await whatsapp.send(message)
    assert "another-token" not in str(refusal.value)
    assert cloud.sent == []


async def test_nobody_there_may_be_tried_again(message: WhatsAppMessage, unused_tcp_port: int) -> None:
    settings = CloudServer().settings(url=f"http://127.0.0.1:{unused_tcp_port}")
    async with sender(settings) as whatsapp:
        with pytest.raises(WhatsAppUnavailableError):
            await whatsapp.send(message)


async def test_an_answer_that_never_comes_may_be_tried_again(cloud: CloudServer, message: WhatsAppMessage) -> None:
    cloud.hangs = True
    async with sender(cloud.settings(), patience=0.2) as whatsapp:
        with pytest.raises(WhatsAppUnavailableError):
            await whatsapp.send(message)


@pytest.mark.parametrize("missing", [{"token": None}, {"phone_number_id": None}])
def test_without_a_number_or_a_token_there_is_no_way_out(cloud: CloudServer, missing: dict[str, Any]) -> None:
    assert open_whatsapp(cloud.settings(**missing)) is None
    with pytest.raises(ValueError, match="ORDERHUB_WHATSAPP"):
        CloudWhatsApp(cloud.settings(**missing))


async def test_the_settings_open_the_way(cloud: CloudServer, message: WhatsAppMessage) -> None:
    whatsapp = open_whatsapp(cloud.settings())
    assert whatsapp is not None
    assert await whatsapp.send(message) == "wamid.0001"
    await whatsapp.aclose()
