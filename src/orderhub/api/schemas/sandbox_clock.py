"""The sandbox clock: how far to move it, and the time then."""

from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field

from orderhub.api.schemas.base import Duration, Input, Instant, Output
from orderhub.api.schemas.refusing import unwanted
from orderhub.kit.text import Label

LONGEST = timedelta(days=366)


def _within(value: timedelta) -> timedelta:
    if not timedelta() < value <= LONGEST:
        raise unwanted(
            "out_of_bounds",
            Label(
                "Avancez de plus que rien et de P366D au plus.", "Advance by more than nothing and by P366D at most."
            ),
        )
    return value


class AdvanceClock(Input):
    """How much business time is to pass."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"by": "PT1H"}]})

    by: Annotated[
        Duration, AfterValidator(_within), Field(description="How far the business time moves, at most `P30D`.")
    ]


class ClockOut(Output):
    """The business time, in development ahead of the real one."""

    now: Instant
    going_to: Annotated[
        Instant | None,
        Field(description="Where the clock is still going; null when it is there and all that was due is done."),
    ]
