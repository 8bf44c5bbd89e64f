"""The sandbox clock: how far to move it, and the time then."""

from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from orderhub.api.schemas.base import Duration, Input, Instant, Output

LONGEST = timedelta(days=366)


def _within(value: timedelta) -> timedelta:
    if not timedelta() < value <= LONGEST:
        raise PydanticCustomError("out_of_bounds", "Advance by more than nothing and by P366D at most.")
    return value


class AdvanceClock(Input):
    """How much business time is to pass."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"by": "PT1H"}]})

    by: Annotated[Duration, AfterValidator(_within)]


class ClockOut(Output):
    """The business time, in development ahead of the real one."""

    now: Instant
    going_to: Annotated[
        Instant | None,
        Field(description="Where the clock is still going; null when it is there and all that was due is done."),
    ]
