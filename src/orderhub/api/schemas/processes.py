"""Transition tables at the edge."""

from typing import Annotated

from pydantic import ConfigDict, Field

from orderhub.api.schemas.base import Count, Output, Text
from orderhub.api.schemas.process_codes import Actor, Colour, EscrowEffect, ProcessName

Code = Annotated[str, Text(60)]


class StatusOut(Output):
    """One status: its code is stable, its label follows Accept-Language."""

    code: Code
    stage: Code
    label: Annotated[str, Text(80)]
    meaning: Annotated[str, Text(200)]
    colour: Colour
    final: bool


class TransitionOut(Output):
    """One row of the table; ``from`` null places, ``after`` is how long its clock waits."""

    model_config = ConfigDict(populate_by_name=True)

    from_: Annotated[
        Code | None, Field(alias="from", description="The status that it leaves; null for the row that places.")
    ]
    action: Code
    by: Annotated[list[Actor], Field(min_length=1, max_length=10, description="Who may do it: any one of them.")]
    guard: Annotated[str, Text(300)] | None
    to: Code
    escrow: Annotated[
        EscrowEffect | None, Field(description="What it does with the money that is held; null where nothing.")
    ]
    after: Annotated[str, Text(24, examples=["P7D"])] | None
    tells: Annotated[list[Actor], Field(max_length=3)]


class ProcessOut(Output):
    """A whole transition table."""

    name: Annotated[ProcessName, Field(description="The table that it is.")]
    start: Code
    statuses: Annotated[list[StatusOut], Field(max_length=50)]
    transitions: Annotated[list[TransitionOut], Field(max_length=500)]


class ProcessNameOut(Output):
    """A table's name and where to read it."""

    name: Annotated[ProcessName, Field(description="The table: read it at `GET /v1/processes/{name}`.")]
    statuses: Annotated[Count, Field(description="How many statuses the table has.")]
    rows: Count


class ProcessesOut(Output):
    """Every table there is."""

    data: Annotated[list[ProcessNameOut], Field(max_length=20)]
