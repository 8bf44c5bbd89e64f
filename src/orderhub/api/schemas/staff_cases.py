"""Cases and flags, for support."""

from collections.abc import Sequence
from typing import Annotated, Self
from uuid import UUID

from pydantic import ConfigDict, Field

from orderhub.api.schemas.base import (
    AccountId,
    CaseId,
    ConversationId,
    FileId,
    Input,
    Instant,
    MessageId,
    Note,
    OrderId,
    Output,
    PaymentId,
)
from orderhub.domain.cases.models import Case, CaseKind
from orderhub.domain.contact_details.masking import ContactKind
from orderhub.domain.staff.flags import SHOWN_PER_CASE, FlaggedMessage
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


class FlaggedMessageOut(Output):
    """A message as it was written, before it was masked for its reader."""

    message_id: MessageId
    conversation_id: ConversationId
    author_id: AccountId
    text: Annotated[str, Field(max_length=10_000)]
    kinds: Annotated[
        list[ContactKind],
        Field(max_length=20, description="Which kinds of contact details it held."),
    ]
    flagged_at: Instant


class CaseDetailOut(Output):
    """A case, with its newest flagged messages where it is about contact details, and the files of a mail."""

    case: CaseOut
    messages: Annotated[list[FlaggedMessageOut], Field(max_length=SHOWN_PER_CASE)]
    file_ids: Annotated[
        list[FileId], Field(max_length=100, description="What came with it: look at each with `get_file`.")
    ] = []

    @classmethod
    def of(
        cls, case: Case, messages: Sequence[FlaggedMessage], language: Language, *, files: Sequence[UUID] = ()
    ) -> Self:
        """The public form."""
        shown = [FlaggedMessageOut.model_validate(message) for message in messages]
        return cls(case=CaseOut.of(case, language), messages=shown, file_ids=list(files))
