"""WhatsApp through Meta's Cloud API: ``POST /<version>/<phone number id>/messages``.

With a template in the settings each message is that template's, whose three body parameters are the
headline, the text and the link; without one it is plain text. The API knows no idempotency key: a
message whose answer was lost may arrive twice.
"""

from functools import cache
from http import HTTPStatus
from typing import Any, Final

import httpx
import msgspec

from orderhub.adapters.whatsapp.answers import ErrorAnswer, SentAnswer
from orderhub.domain.notifications.ports import (
    WhatsApp,
    WhatsAppMessage,
    WhatsAppRefusedError,
    WhatsAppUnavailableError,
)
from orderhub.kit.text import Label
from orderhub.settings import WhatsAppSettings

_TIMEOUT: Final = 10.0
_CONNECT_WITHIN: Final = 3.0
_LONGEST_TEXT: Final = 4096
_LONGEST_PARAMETER: Final = 600
"""A template's body has 1024 characters with its parameters filled in."""
_LATER: Final = frozenset({1, 2, 4, 80007, 130429, 131000, 131016, 131048, 131056, 131057})
"""Codes of Meta's for limits and outages, some of which it sends with a 400."""

_trusted = cache(httpx.create_ssl_context)
"""The certificates that are trusted: 15 ms to read, so read once in a process."""


def open_whatsapp(settings: WhatsAppSettings) -> WhatsApp | None:
    """The way that the settings name, or None where they name none."""
    return CloudWhatsApp(settings) if settings.is_configured else None


class CloudWhatsApp:
    """Sends from one number of the house's. Close it with `aclose`."""

    def __init__(self, settings: WhatsAppSettings, *, timeout: float = _TIMEOUT) -> None:
        if settings.phone_number_id is None or settings.token is None:
            message = "ORDERHUB_WHATSAPP_PHONE_NUMBER_ID and ORDERHUB_WHATSAPP_TOKEN name no sender."
            raise ValueError(message)
        self._template = settings.template
        self._path = f"/{settings.version}/{settings.phone_number_id}/messages"
        self._http = httpx.AsyncClient(
            base_url=settings.url,
            headers={"authorization": f"Bearer {settings.token.get_secret_value()}"},
            timeout=httpx.Timeout(timeout, connect=min(timeout, _CONNECT_WITHIN)),
            verify=_trusted(),
            trust_env=False,
        )

    async def aclose(self) -> None:
        """Let go of the connections."""
        await self._http.aclose()

    async def send(self, message: WhatsAppMessage) -> str:
        """Hand the message over. Raises WhatsAppUnavailableError or WhatsAppRefusedError."""
        try:
            answer = await self._http.post(self._path, json=self._body(message))
        except httpx.TransportError as error:
            raise WhatsAppUnavailableError(Label("WhatsApp est injoignable.", "WhatsApp can't be reached.")) from error
        if not answer.is_success:
            raise _refusal(answer)
        try:
            return msgspec.json.decode(answer.content, type=SentAnswer).messages[0].id
        except (msgspec.DecodeError, UnicodeDecodeError, IndexError) as error:
            raise WhatsAppUnavailableError(
                Label("La réponse de WhatsApp est illisible.", "WhatsApp's answer can't be read.")
            ) from error

    def _body(self, message: WhatsAppMessage) -> dict[str, Any]:
        kind = "text" if self._template is None else "template"
        return {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": message.phone.removeprefix("+"),
            "biz_opaque_callback_data": message.reference,
            "type": kind,
            kind: _text(message) if self._template is None else _filled(self._template, message),
        }


def _text(message: WhatsAppMessage) -> dict[str, Any]:
    end = f"\n\n{message.link}"
    start = f"*{message.title}*\n\n{message.body}"
    return {"preview_url": False, "body": _shortened(start, _LONGEST_TEXT - len(end)) + end}


def _filled(template: str, message: WhatsAppMessage) -> dict[str, Any]:
    texts = [_shortened(_one_line(text), _LONGEST_PARAMETER) for text in (message.title, message.body, message.link)]
    parameters = [{"type": "text", "text": text} for text in texts]
    return {
        "name": template,
        "language": {"code": message.language},
        "components": [{"type": "body", "parameters": parameters}],
    }


def _one_line(text: str) -> str:
    """Templates refuse parameters with line breaks, tabs or runs of blanks."""
    return " ".join(text.split())


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _refusal(answer: httpx.Response) -> WhatsAppUnavailableError | WhatsAppRefusedError:
    """What an error means. Its message may hold the recipient's number, so that only codes are repeated.

    A refused token is final too: what can go by mail instead then does, rather than wait for days.
    """
    try:
        code = msgspec.json.decode(answer.content, type=ErrorAnswer).error.code
    except (msgspec.DecodeError, UnicodeDecodeError):
        code = 0
    said = Label(
        f"WhatsApp a répondu {answer.status_code} avec le code {code}.",
        f"WhatsApp answered {answer.status_code} with code {code}.",
    )
    if answer.is_server_error or answer.status_code == HTTPStatus.TOO_MANY_REQUESTS or code in _LATER:
        return WhatsAppUnavailableError(said)
    return WhatsAppRefusedError(said)
