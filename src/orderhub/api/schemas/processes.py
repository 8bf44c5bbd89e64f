"""Transition tables at the edge: a form for each, made of its rows, with the statuses and actions that it has."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import ConfigDict, Field, create_model
from typing_extensions import TypeAliasType

from orderhub.api.schemas.base import Count, Output, Text
from orderhub.api.schemas.codes import Codes
from orderhub.api.schemas.orders.codes import OrderStage
from orderhub.api.schemas.process_codes import (
    Actor,
    Colour,
    EscrowEffect,
    EventTopic,
    GuardCode,
    PaymentStatus,
    ProcessName,
    ProofStatus,
    QuoteStatus,
    QuoteTransitionName,
    RefundStatus,
)
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.process import Process
from orderhub.domain.processes import PROCESSES

_NAMED: Final[Mapping[str, Any]] = {
    "PaymentStatus": PaymentStatus,
    "ProofStatus": ProofStatus,
    "QuoteStatus": QuoteStatus,
    "QuoteTransitionName": QuoteTransitionName,
    "RefundStatus": RefundStatus,
    **{f"{name.capitalize()}Stage": OrderStage for name in KINDS},
}
"""The sets of one table that other answers use as well."""


class AnyStatus(Output):
    """One status: its code is stable, its label follows Accept-Language."""

    code: str
    stage: str
    label: Annotated[str, Text(80)]
    meaning: Annotated[str, Text(200)]
    colour: Colour
    final: bool


class AnyTransition(Output):
    """One row of the table; ``from`` null places, ``after`` is how long its clock waits."""

    model_config = ConfigDict(populate_by_name=True)

    from_: Annotated[str | None, Field(alias="from")]
    action: str
    by: Annotated[list[Actor], Field(min_length=1, max_length=10, description="Who may do it: any one of them.")]
    guard: GuardCode | None
    condition: Annotated[str, Text(300)] | None
    to: str
    escrow: Annotated[
        EscrowEffect | None, Field(description="What it does with the money that is held; null where nothing.")
    ]
    after: Annotated[str, Text(24, examples=["P7D"])] | None
    tells: Annotated[list[Actor], Field(max_length=3)]
    topic: Annotated[
        EventTopic | None,
        Field(description="The topic of the event that tells of it; null where the row writes none of its own."),
    ]


class AnyProcess(Output):
    """A whole transition table."""

    name: str
    start: str
    statuses: list[AnyStatus]
    transitions: list[AnyTransition]


def _form(process: Process[Any]) -> Any:
    """The form of one table: its statuses, stages and actions are sets of its own."""
    name = process.name.capitalize()

    def closed(sort: str, meaning: str, codes: list[str]) -> Any:
        return _NAMED.get(f"{name}{sort}", Annotated[str, Codes(f"{name}{sort}", meaning, lambda: codes)])

    status = closed("Status", f"A status of the table `{process.name}`.", [each.code for each in process.statuses])
    stage = closed("Stage", f"A stage of the table `{process.name}`.", [each.stage for each in process.statuses])
    action = closed(
        "TransitionName", f"What happens in the table `{process.name}`.", [row.action for row in process.rows]
    )
    statuses = _model(f"{name}StatusOut", AnyStatus, code=status, stage=stage)
    transitions = _model(
        f"{name}TransitionOut", AnyTransition, from_=(status | None, Field(alias="from")), action=action, to=status
    )
    return _model(
        f"{name}Process",
        AnyProcess,
        name=(Literal[process.name], Field(description="The table that it is.")),
        start=status,
        statuses=Annotated[list[statuses], Field(max_length=50)],
        transitions=Annotated[list[transitions], Field(max_length=500)],
    )


def _model(called: str, base: type[Output], /, **fields: Any) -> Any:
    """The same with the sets of one table."""
    return create_model(called, __base__=base, __doc__=base.__doc__, __module__=__name__, **fields)


def _any_form() -> Any:
    union: Any = None
    for process in PROCESSES.values():
        union = _form(process) if union is None else union | _form(process)
    return Annotated[union, Field(discriminator="name")]


if TYPE_CHECKING:
    ProcessOut = AnyProcess
else:
    ProcessOut = TypeAliasType("Process", _any_form())


class ProcessNameOut(Output):
    """A table's name and where to read it."""

    name: Annotated[ProcessName, Field(description="The table: read it at `GET /v1/processes/{name}`.")]
    statuses: Annotated[Count, Field(description="How many statuses the table has.")]
    rows: Count


class ProcessesOut(Output):
    """Every table there is."""

    data: Annotated[list[ProcessNameOut], Field(max_length=20)]
