"""What reaches the server from outside while the demo plays: a reply by mail, a carrier's word; both signed."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final

from standardwebhooks.webhooks import Webhook

from orderhub.demo.stage import DemoError, Document, Stage
from orderhub.settings import Settings

CARRIER: Final = "colissimo"
_RECEIPT: Final = """%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 100]/Contents 4 0 R>>endobj
4 0 obj<</Length 0>>stream
endstream endobj
trailer<</Root 1 0 R>>
% {}
%%EOF
"""


@dataclass(frozen=True, slots=True)
class Secrets:
    """What the mail server and the carrier share with the hub."""

    mail: str
    carrier: str | None

    @classmethod
    def of(cls, settings: Settings) -> "Secrets":
        """Those of a deployment."""
        carrier = settings.carriers.get(CARRIER)
        return cls(settings.mail.inbound_secret.get_secret_value(), carrier.get_secret_value() if carrier else None)


class Outside:
    """The mail server and the carrier, as the hub knows them."""

    def __init__(self, stage: Stage, secrets: Secrets) -> None:
        self._stage, self._secrets = stage, secrets

    def reply(self, who: str, mail: Document, reference: str) -> None:
        """Answer a mail with a receipt attached; the mail server posts it to the hub."""
        answer = EmailMessage(policy=SMTP)
        answer["From"] = f"{who} <{self._stage.emails[who]}>"
        answer["To"] = mail["reply_to"]
        answer["Subject"] = f"Re: {mail['subject']}"
        answer["Message-ID"] = f"<{uuid.uuid4().hex}@example.com>"
        answer["Date"] = datetime.now(UTC)
        answer.set_content("Bonjour,\n\nvoici la preuve de mon paiement.\n\nAwa\n")
        receipt = _RECEIPT.format(reference).encode()
        answer.add_attachment(receipt, maintype="application", subtype="pdf", filename="recu.pdf")
        self._post("/v1/hooks/mail", answer.as_string(), "message/rfc822", self._secrets.mail)

    def say_of_parcel(self, tracking_number: str, status: str) -> None:
        """The carrier says where a parcel is."""
        if self._secrets.carrier is None:
            raise DemoError(f"No secret of {CARRIER}'s feed is set here: see ORDERHUB_TRACKING_CARRIERS.")
        said = (
            f'{{"id": "{uuid.uuid4().hex}", "tracking_number": "{tracking_number}", "status": "{status}", '
            f'"occurred_at": "{datetime.now(UTC).isoformat()}"}}'
        )
        self._post(f"/v1/hooks/tracking/{CARRIER}", said, "application/json", self._secrets.carrier)

    def _post(self, path: str, body: str, media_type: str, secret: str) -> None:
        """Sign as Standard Webhooks says."""
        now, message_id = datetime.now(UTC), uuid.uuid4().hex
        headers = {
            "Content-Type": media_type,
            "webhook-id": message_id,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": Webhook(secret).sign(message_id, now, body),
        }
        self._stage.ask(None, "POST", path, content=body.encode(), headers=headers)
