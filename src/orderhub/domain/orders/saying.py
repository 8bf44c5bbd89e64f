"""What a change says in the conversation of its order: a message, in the one statement of the change.

Messages know orders, not the other way round: their tables are named here, and nothing else of them.
"""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import CTE, DateTime, Text, Uuid, bindparam, case, func, select, update
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, insert

from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.contact_details import masking
from orderhub.domain.orders.change import OrderChange
from orderhub.domain.orders.loading import Loaded
from orderhub.infra.changes import Step
from orderhub.infra.database import Base
from orderhub.kit.ids import new_id

_MESSAGE: Final = {
    "id": Uuid(),
    "conversation_id": Uuid(),
    "author_id": Uuid(),
    "author_role": Text(),
    "text": Text(),
    "spans": JSONB(),
    "file_ids": ARRAY(Uuid()),
    "sent_at": DateTime(timezone=True),
    "action": Text(),
}


def steps(change: OrderChange, after: Loaded) -> Sequence[Step]:
    """The step that writes it, of a change that says something."""
    said, order = change.says, change.order
    if said is None:
        return ()
    countries = frozenset((after.buyer.country, after.seller.country))
    spans = () if order.seller_id == HOUSE_ID else masking.find(said.text, countries)
    values = {
        "id": new_id(),
        "conversation_id": order.conversation_id,
        "author_id": change.actor_id,
        "author_role": change.by.value,
        "text": said.text,
        "spans": masking.write_spans(spans),
        "file_ids": list(said.file_ids),
        "sent_at": change.now,
        "action": change.action,
    }
    return (Step("say", _say, {f"said_{name}": value for name, value in values.items()}),)


def _say(moved: CTE) -> Sequence[CTE]:
    """Number it and count it for its readers, as `messages.service` does; the update locks the conversation."""
    said = {name: bindparam(f"said_{name}", type_=kind) for name, kind in _MESSAGE.items()}
    conversations, members, messages = (
        Base.metadata.tables[name] for name in ("conversations", "conversation_members", "messages")
    )
    counted = (
        update(conversations)
        .where(conversations.c.id == said["conversation_id"], moved.c.id.is_not(None))
        .values(message_count=conversations.c.message_count + 1, last_message_at=said["sent_at"])
        .returning(conversations.c.id, conversations.c.message_count)
        .cte("counted")
    )
    written = insert(messages).from_select(
        [*said, "number"], select(*said.values(), counted.c.message_count).select_from(counted)
    )
    is_reader = case((members.c.account_id == said["author_id"], 0), else_=1)
    told = (
        update(members)
        .where(members.c.conversation_id == counted.c.id)
        .values(
            unread=members.c.unread + is_reader, last_message_id=func.greatest(members.c.last_message_id, said["id"])
        )
    )
    return (counted, written.cte("said"), told.cte("told"))
