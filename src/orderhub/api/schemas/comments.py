"""Comments under items: questions and their answers."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import ConfigDict, Field

from orderhub.api.schemas.base import CommentId, Input, Instant, ListingId, Note, Omittable, Output
from orderhub.api.schemas.people import PersonOut
from orderhub.domain.comments.mentions import MOST
from orderhub.domain.comments.queries import Signed, Thread
from orderhub.domain.comments.service import NewComment
from orderhub.domain.comments.shown import Reader, text_for
from orderhub.domain.contact_details.masking import ContactKind
from orderhub.domain.files.photos import PhotoLinks
from orderhub.domain.policies.bounds import FIXED
from orderhub.kit.text import Language

MOST_ANSWERS = FIXED["comment_answers"].most
MOST_SHOWN = 12_000
"""Characters of a comment as it is shown: what is masked, and mentions of people who were erased, may be longer."""


class CommentIn(Input):
    """A question about an item, or an answer to one. `@handle` mentions somebody, who is told."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"text": "Bonjour, la fermeture est-elle d’origine ? @lea, qu’en penses-tu ?"}]}
    )

    text: Annotated[Note, Field(description="Contact details in it are masked for everybody else.")]
    parent_id: Annotated[Omittable[CommentId], Field(description="The question that it answers.")] = None

    def said(self, author_id: UUID) -> NewComment:
        """The same as the domain knows it."""
        return NewComment(author_id, self.text, self.parent_id)


class CommentOut(Output):
    """A comment as the reader sees it."""

    id: CommentId
    listing_id: ListingId
    parent_id: Annotated[CommentId | None, Field(description="The question that it answers; null for a question.")]
    author: PersonOut
    mine: bool
    text: Annotated[str, Field(max_length=MOST_SHOWN, description="Contact details are masked for the reader.")]
    masked: Annotated[list[ContactKind], Field(max_length=4, description="What the reader doesn't see of it.")]
    notice: Annotated[str | None, Field(max_length=300, description="Why something is masked.")]
    mentions: Annotated[list[PersonOut], Field(max_length=MOST, description="Who is mentioned in it.")]
    written_at: Instant

    @classmethod
    def of(cls, signed: Signed, reader: Reader, language: Language, photos: PhotoLinks) -> Self:
        """The form for a reader."""
        comment, shown = signed.comment, text_for(signed.comment, reader)
        return cls(
            id=comment.id,
            listing_id=comment.listing_id,
            parent_id=comment.parent_id,
            author=PersonOut.of(signed.author, photos),
            mine=comment.author_id == reader.account_id,
            text=shown.text,
            masked=[ContactKind(kind) for kind in shown.masked],
            notice=shown.notice and shown.notice.within(language),
            mentions=[PersonOut.of(account, photos) for account in signed.mentions],
            written_at=comment.written_at,
        )


class QuestionOut(CommentOut):
    """A question with its answers."""

    answers: Annotated[list[CommentOut], Field(max_length=MOST_ANSWERS, description="The oldest first.")]

    @classmethod
    def asked(cls, thread: Thread, reader: Reader, language: Language, photos: PhotoLinks) -> Self:
        """The form for a reader."""
        question = CommentOut.of(thread.question, reader, language, photos)
        answers = [CommentOut.of(each, reader, language, photos) for each in thread.answers]
        return cls(**{name: getattr(question, name) for name in CommentOut.model_fields}, answers=answers)
