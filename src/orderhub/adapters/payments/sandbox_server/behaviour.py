"""What a payment may be asked to do wrong: through ``metadata.sandbox`` or ``POST /control/next``."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

Amount = Annotated[int, Meta(ge=1, le=1_000_000_000_000)]
Currency = Annotated[str, Meta(pattern="^[A-Z]{3}$")]
Seconds = Annotated[float, Meta(ge=0, le=3600)]
Reference = Annotated[str, Meta(min_length=1, max_length=200)]


class RefundAnswer(StrEnum):
    """What becomes of this payment's refunds; the default is what the card does."""

    SUCCEED = "succeed"
    FAIL = "fail"
    REFUSE = "refuse"


class Behaviour(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """Everything at its default is a provider on a good day.

    ``refused`` opens no payment at all. ``capture_*`` is what the provider really takes, in place of what
    was asked; ``tell_*`` is what its notifications say, in place of what is so. ``only`` keeps the
    notification's faults (late, copies, out of order, withheld, told, forged, aged) to those event types;
    empty is all.
    """

    refused: bool = False
    settle_seconds: Seconds | None = None
    capture_amount: Amount | None = None
    capture_currency: Currency | None = None
    refunds: RefundAnswer | None = None

    late_seconds: Seconds = 0
    copies: Annotated[int, Meta(ge=0, le=10)] = 1
    out_of_order: bool = False
    withhold: bool = False
    tell_amount: Amount | None = None
    tell_currency: Currency | None = None
    tell_reference: Reference | None = None
    forged: bool = False
    aged_seconds: Annotated[int, Meta(ge=0, le=10_000_000)] = 0
    only: tuple[str, ...] = ()

    def concerns(self, event_type: str) -> bool:
        """Whether the notification's faults apply to this type of event."""
        return not self.only or event_type in self.only


GOOD_DAY = Behaviour()
