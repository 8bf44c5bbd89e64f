"""The jobs that send a message: by mail or by WhatsApp, once for an event, a person and a way."""

from orderhub.domain.accounts.preferences import Channel
from orderhub.domain.notifications.service import Addressed
from orderhub.infra.queue import NewJob

SEND_MAIL = "send_mail"
SEND_WHATSAPP = "send_whatsapp"


def job_for(message: Addressed) -> NewJob:
    """The job that sends it; a second one while the first waits is the same one."""
    event, account = message.event_id.hex, message.account_id.hex
    payload = {"event_id": event, "account_id": account}
    if message.channel is Channel.WHATSAPP:
        key = f"whatsapp:{event}:{account}"
        return NewJob(SEND_WHATSAPP, {**payload, "or_mail": message.or_mail}, dedupe_key=key)
    return NewJob(SEND_MAIL, payload, dedupe_key=f"mail:{event}:{account}")
