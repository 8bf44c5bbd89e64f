"""Cases and flags, for support."""

from collections.abc import Sequence
from typing import Annotated, Self
from uuid import UUID

from pydantic import ConfigDict, Field

from orderhub.api.schemas.base import (
    AccountId,
    CaseId,
    CommentId,
    ConversationId,
    FileId,
    Input,
    Instant,
    ListingId,
    MessageId,
    Note,
    OfferId,
    OrderId,
    Output,
    PaymentId,
)
from orderhub.domain.cases.models import Case, CaseKind
from orderhub.domain.contact_details.masking import ContactKind
from orderhub.domain.staff.flags import SHOWN_PER_CASE, FlaggedText
from orderhub.domain.staff.waiting_kinds import BY_CODE
from orderhub.kit.text import Language


class CaseOut(Output):
    """Something that waits, or waited, for staff."""

    id: CaseId
    kind: CaseKind
    label: Annotated[str, Field(max_length=100)]
    order_id: OrderId | None
    payment_id: PaymentId | None
    opened_by: Annotated[AccountId | None, Field(description="Null where a rule opened it.")]
    reason: Annotated[str, Field(max_length=5000)]
    opened_at: Instant
    closed_at: Instant | None
    closed_by: AccountId | None
    resolution: Annotated[str, Field(max_length=2000)] | None

    @classmethod
    def of(cls, case: Case, language: Language) -> Self:
        """The public form."""
        kind = CaseKind(case.kind)
        return cls(
            id=case.id,
            kind=kind,
            label=BY_CODE[kind.value].label.within(language),
            order_id=case.order_id,
            payment_id=case.payment_id,
            opened_by=case.opened_by,
            reason=case.reason,
            opened_at=case.opened_at,
            closed_at=case.closed_at,
            closed_by=case.closed_by,
            resolution=case.resolution,
        )


class CloseCaseIn(Input):
    """What was decided."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"resolution": "Bruno a renvoyé le fichier, Awa l’a bien reçu."}]}
    )

    resolution: Note


class FlaggedTextOut(Output):
    """A message, a comment or an offer as it was written, before it was masked for its reader."""

    message_id: Annotated[MessageId | None, Field(description="The message that it is; null for anything else.")]
    comment_id: Annotated[CommentId | None, Field(description="The comment that it is; null for anything else.")]
    offer_id: Annotated[OfferId | None, Field(description="The offer that it is; null for anything else.")]
    conversation_id: Annotated[
        ConversationId | None, Field(description="The conversation that it stands in; null outside of any.")
    ]
    listing_id: Annotated[ListingId | None, Field(description="The listing that it stands under; null in private.")]
    author_id: AccountId
    text: Annotated[str, Field(max_length=10_000)]
    kinds: Annotated[
        list[ContactKind],
        Field(max_length=20, description="Which kinds of contact details it held."),
    ]
    flagged_at: Instant


class CaseDetailOut(Output):
    """A case, with what was flagged newest where it is about contact details, and the files of a mail."""

    case: CaseOut
    flags: Annotated[
        list[FlaggedTextOut],
        Field(max_length=SHOWN_PER_CASE, description="What was flagged, newest first, where it is about that."),
    ]
    file_ids: Annotated[
        list[FileId], Field(max_length=100, description="What came with it: look at each with `get_file`.")
    ] = []

    @classmethod
    def of(cls, case: Case, flags: Sequence[FlaggedText], language: Language, *, files: Sequence[UUID] = ()) -> Self:
        """The public form."""
        shown = [FlaggedTextOut.model_validate(flag) for flag in flags]
        return cls(case=CaseOut.of(case, language), flags=shown, file_ids=list(files))
