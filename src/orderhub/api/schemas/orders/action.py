"""What every body of an action on an order is: it prepares its own command.

Each action has a class of its own, named after it, whose ``action`` is that one literal. A body that names options,
files or payments looks them up before the order is locked: it overrides `looks_up` and `prepare`. Whoever handles the
request treats every action alike:

    if body.looks_up() and (first := await engine.answered_before(database, caller, order_id)):
        return respond(first)
    command = await body.prepare(Preparation(database, caller, order_id))
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, get_args
from uuid import UUID

from orderhub.api.schemas.base import Input, Note, Text
from orderhub.domain.files.models import File
from orderhub.domain.files.queries import own_files
from orderhub.domain.requests.caller import Caller
from orderhub.infra.database import Database

Reason = Annotated[str, Text(1000, lines=True, examples=["Le client a changé d’avis sur le format."])]


@dataclass(frozen=True, slots=True)
class Preparation:
    """What a body may ask before its order is locked: who acts, and on which order."""

    database: Database
    caller: Caller
    order_id: UUID

    async def require_own_files(self, files: list[UUID], pointer: str) -> Sequence[File]:
        """The files. Raises FileUnusableError for one that the caller did not upload; asks nothing of none."""
        if not files:
            return ()
        async with self.database.session() as session:
            return await own_files(session, files, owner_id=self.caller.account_id, pointer=pointer)


class OrderActionBody(Input):
    """The body of an action; each says its ``action`` and the fields that it needs."""

    action: Any

    @classmethod
    def about(cls) -> str:
        """The action that it is about."""
        (found,) = get_args(cls.model_fields["action"].annotation)
        return str(found)

    def command(self) -> dict[str, Any]:
        """The fields as the engine takes them."""
        return self.model_dump(exclude={"action"})

    def looks_up(self) -> bool:
        """Whether the command names something that has to be looked up; the order's sight is asked first then."""
        return False

    async def prepare(self, preparation: Preparation) -> dict[str, Any]:  # noqa: ARG002 - most have nothing to look up
        """The whole command. Raises InvalidError or FileUnusableError."""
        return self.command()


class ReasonedAction(OrderActionBody):
    """What actions share that must say why."""

    reason: Reason


class ExplainedAction(OrderActionBody):
    """What actions share that must say what: what is missing, or what to change."""

    message: Note
