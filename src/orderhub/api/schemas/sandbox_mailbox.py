"""Mails of the dev mailbox."""

import re
from typing import Annotated, Any, Final, Self

from pydantic import ConfigDict, Field

from orderhub.api.schemas.base import Count, Instant, Output
from orderhub.domain.notifications.models import SandboxMail

_LINK: Final = re.compile(r"https?://\S+")
_EXAMPLE: Final[dict[str, Any]] = {
    "message_id": "019a9f3c5e807cc398c4dc0c0c07398f.019a9f3c5e807cc398c4dc0c0c073990@orderhub.example",
    "from": "OrderHub <no-reply@orderhub.example>",
    "to": "awa@example.com",
    "subject": "Confirmez votre adresse e-mail",
    "text": "Bonjour Awa,\n\nBienvenue ! Confirmez votre adresse pour activer votre compte.",
    "html": "<p>Bonjour Awa,</p>",
    "reply_to": None,
    "attachments": [],
    "links": ["http://127.0.0.1:3000/confirm?token=1yZ5m0x8wq3n0J0mT3Xr7o9cVbQe2Lk4sUaHdGfPiRw"],
    "sent_at": "2026-11-21T09:30:00Z",
}


class SandboxAttachmentOut(Output):
    """A file that went along with a mail."""

    name: Annotated[str, Field(max_length=200, examples=["PF-2026-000123.pdf"])]
    mime_type: Annotated[str, Field(max_length=100, examples=["application/pdf"])]
    size: Annotated[Count, Field(description="How many bytes.")]


class SandboxMailOut(Output):
    """A mail as it was sent."""

    model_config = ConfigDict(populate_by_name=True, json_schema_extra={"examples": [_EXAMPLE]})

    message_id: Annotated[str, Field(max_length=200, description="The `Message-ID` of the mail.")]
    sender: Annotated[
        str, Field(max_length=320, serialization_alias="from", description="The address that it is from.")
    ]
    recipient: Annotated[
        str, Field(max_length=320, serialization_alias="to", description="The address that it was sent to.")
    ]
    subject: Annotated[str, Field(max_length=1000, description="The subject line of the mail.")]
    text: Annotated[str, Field(max_length=100_000)]
    html: Annotated[str, Field(max_length=200_000)]
    reply_to: Annotated[str | None, Field(max_length=320, description="Where a proof of payment may be sent back to.")]
    attachments: Annotated[list[SandboxAttachmentOut], Field(max_length=20)]
    links: Annotated[
        list[Annotated[str, Field(max_length=2000)]],
        Field(max_length=100, description="The links in the text; tokens are in their query."),
    ]
    sent_at: Instant

    @classmethod
    def of(cls, mail: SandboxMail) -> Self:
        """The public form."""
        return cls(
            message_id=mail.message_id,
            sender=mail.sender,
            recipient=mail.recipient,
            subject=mail.subject,
            text=mail.text,
            html=mail.html,
            reply_to=mail.reply_to,
            attachments=[SandboxAttachmentOut.model_validate(file) for file in mail.attachments],
            links=_LINK.findall(mail.text),
            sent_at=mail.sent_at,
        )
