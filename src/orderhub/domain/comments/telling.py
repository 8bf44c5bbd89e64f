"""Who hears of a comment: the seller of a question, the asker of an answer, and whoever is mentioned."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Account
from orderhub.domain.comments.models import Comment
from orderhub.domain.comments.shown import public_form
from orderhub.domain.events import log
from orderhub.kit.ids import show_id

ASKED: Final = "comment.asked"
ANSWERED: Final = "comment.answered"
MENTIONED: Final = "comment.mentioned"
TOPICS: Final = (ASKED, ANSWERED, MENTIONED)


@dataclass(frozen=True, slots=True)
class Hearers:
    """Who may hear of a comment."""

    seller_id: UUID
    asker_id: UUID | None
    """Who asked what it answers."""
    mentioned: Sequence[UUID]

    def told(self) -> Iterator[tuple[str, UUID]]:
        """What each would be told, the most particular first."""
        yield from ((MENTIONED, account_id) for account_id in self.mentioned)
        if self.asker_id is not None:
            yield ANSWERED, self.asker_id
        yield ASKED, self.seller_id


def tell(session: AsyncSession, comment: Comment, author: Account, hearers: Hearers) -> None:
    """Write an event for each who hears of it, once each; its author doesn't."""
    topics: dict[UUID, str] = {}
    for topic, account_id in hearers.told():
        topics.setdefault(account_id, topic)
    topics.pop(author.id, None)
    for sequence, (account_id, topic) in enumerate(topics.items(), start=1):
        log.write(
            session,
            topic=topic,
            subject=show_id("cmt", comment.id),
            sequence=sequence,
            parties=(account_id, author.id),
            at=comment.written_at,
            data=public_form(comment, author),
        )
