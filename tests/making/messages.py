"""What was said in a conversation, and what of it was flagged."""

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.cases.models import Case
from orderhub.domain.flags.models import Flag
from orderhub.domain.messages.models import Conversation, Message
from orderhub.kit.ids import new_id
from tests.making.instants import NOON


async def add_flagged_message(session: AsyncSession, conversation: Conversation, case: Case, number: int = 1) -> None:
    """The seller's message of this number, which gives an e-mail address away, behind a case."""
    message = Message(
        id=new_id(),
        conversation_id=conversation.id,
        number=number,
        author_id=conversation.seller_id,
        author_role="seller",
        text=f"Écrivez-moi : bruno{number}@example.test",
        sent_at=NOON,
    )
    session.add(message)
    await session.flush()
    flag = Flag(
        id=new_id(),
        message_id=message.id,
        conversation_id=conversation.id,
        account_id=conversation.seller_id,
        case_id=case.id,
        kinds=["email"],
        flagged_at=NOON + timedelta(minutes=number),
    )
    session.add(flag)
    await session.flush()
