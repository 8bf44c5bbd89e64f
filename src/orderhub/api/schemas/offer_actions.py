"""What may be asked of an offer: one body per action, told apart by ``action``."""

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field
from typing_extensions import TypeAliasType

from orderhub.api.schemas.base import Input, MoneyAboveZero, Note, Omittable


class AcceptOffer(Input):
    """The recipient agrees to the amount that they looked at."""

    action: Literal["accept"]
    amount: Annotated[MoneyAboveZero, Field(description="`amount` of the offer as it was shown.")]


class DeclineOffer(Input):
    """The recipient does not want it."""

    action: Literal["decline"]


class CounterOffer(Input):
    """The recipient proposes another amount: an offer the other way, with all its time."""

    action: Literal["counter"]
    amount: Annotated[MoneyAboveZero, Field(description="Of the item alone; at most the price of the listing.")]
    message: Omittable[Note] = None


class WithdrawOffer(Input):
    """Its author takes it back."""

    action: Literal["withdraw"]


_ANY = Annotated[
    AcceptOffer | DeclineOffer | CounterOffer | WithdrawOffer,
    Field(discriminator="action"),
]
if TYPE_CHECKING:
    OfferAction = _ANY
else:
    OfferAction = TypeAliasType("OfferAction", _ANY)
