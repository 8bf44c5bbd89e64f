"""The dev mailbox: mails kept in a table, where any API process can show them."""

from sqlalchemy.dialects.postgresql import insert

from orderhub.domain.notifications.models import SandboxMail
from orderhub.domain.notifications.ports import Mail
from orderhub.infra.database import Database
from orderhub.kit.ids import new_id


class MailboxMailer:
    """Keeps each mail once, however often it is sent."""

    def __init__(self, database: Database, *, sender: str) -> None:
        self._database, self._sender = database, sender

    async def send(self, mail: Mail) -> None:
        """Keep the mail, in a unit of work of its own."""
        values = {
            "id": new_id(),
            "message_id": mail.message_id,
            "sender": self._sender,
            "recipient": mail.recipient,
            "subject": mail.subject,
            "text": mail.text,
            "html": mail.html,
            "reply_to": mail.reply_to,
            "attachments": [
                {"name": file.name, "mime_type": file.mime_type, "size": len(file.content)} for file in mail.attachments
            ],
        }
        async with self._database.session() as session:
            await session.execute(insert(SandboxMail).values(values).on_conflict_do_nothing())
