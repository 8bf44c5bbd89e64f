"""What finance may do to a failed refund."""

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import ConfigDict, Field
from typing_extensions import TypeAliasType

from orderhub.api.schemas.base import Input, Text


class RetryRefund(Input):
    """Send it to the provider once more."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"action": "retry"}]})

    action: Literal["retry"]


class PaidByHand(Input):
    """It was paid another way; say how."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"action": "paid_by_hand", "reference": "VIR-2026-11-0042"}]}
    )

    action: Literal["paid_by_hand"]
    reference: Annotated[str, Text(100, examples=["VIR-2026-11-0042"])]


_ANY = Annotated[RetryRefund | PaidByHand, Field(discriminator="action")]
if TYPE_CHECKING:
    RefundAction = _ANY
else:
    RefundAction = TypeAliasType("RefundAction", _ANY)
