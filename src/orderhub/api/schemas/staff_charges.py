"""What is added to the price of items, in and out: shipping by parcel and zone, and the buyer's protection."""

from typing import Annotated, Self

from pydantic import ConfigDict, Field

from orderhub.api.schemas.addresses import AddressCountry
from orderhub.api.schemas.base import Input, Output
from orderhub.api.schemas.staff_policies import RuleName, Version
from orderhub.domain.policies.charges import (
    MAX_RATE,
    MAX_SHARE,
    MOST_COUNTRIES,
    MOST_CURRENCIES,
    MOST_GROUPS,
    Protection,
    Shipping,
)
from orderhub.domain.policies.policy import Policy

Minor = Annotated[int, Field(ge=0, le=MAX_RATE, examples=[399])]
ByZone = Annotated[dict[RuleName, Minor], Field(max_length=3)]
BySize = Annotated[dict[RuleName, ByZone], Field(max_length=3)]
Rates = Annotated[
    dict[RuleName, BySize],
    Field(
        max_length=MOST_CURRENCIES,
        description="Minor units by currency, parcel (`small`, `medium`, `large`), zone (`domestic`, `near`, `far`).",
    ),
]
Group = Annotated[list[AddressCountry], Field(min_length=2, max_length=MOST_COUNTRIES)]
Groups = Annotated[
    list[Group], Field(max_length=MOST_GROUPS, description="Groups of countries: those of one are near each other.")
]
Share = Annotated[int, Field(ge=0, le=MAX_SHARE, examples=[500], description="Of the price of the items.")]
Fixed = Annotated[
    dict[RuleName, Minor],
    Field(
        max_length=MOST_CURRENCIES, description="The fixed part in minor units, by currency; none where none is said."
    ),
]


class ShippingIn(Input):
    """All prices of shipping as they are to be; a zone that is left out is not shipped to."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "near": [["BE", "CH", "FR", "LU"]],
                    "rates": {
                        "EUR": {
                            "small": {"domestic": 399, "near": 799, "far": 1490},
                            "medium": {"domestic": 599, "near": 1190},
                            "large": {"domestic": 999},
                        }
                    },
                }
            ]
        }
    )

    near: Groups
    rates: Rates

    def shipping(self) -> Shipping:
        """The same as the domain knows it."""
        return Shipping(tuple(tuple(group) for group in self.near), self.rates)


class ShippingOut(Output):
    """The prices of shipping in force for new orders."""

    version: Version
    near: Groups
    rates: Rates

    @classmethod
    def of(cls, policy: Policy) -> Self:
        """The public form of a policy's shipping."""
        shipping = policy.shipping
        rates = {code: {size: dict(zones) for size, zones in sizes.items()} for code, sizes in shipping.rates.items()}
        return cls(version=policy.version, near=[list(group) for group in shipping.near], rates=rates)


class ProtectionIn(Input):
    """The fee of the buyer's protection as it is to be; orders already placed keep theirs."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"basis_points": 500, "fixed": {"EUR": 70}}]})

    basis_points: Share
    fixed: Fixed

    def protection(self) -> Protection:
        """The same as the domain knows it."""
        return Protection(self.basis_points, self.fixed)


class ProtectionOut(Output):
    """The fee of the buyer's protection in force for new orders."""

    version: Version
    basis_points: Share
    fixed: Fixed

    @classmethod
    def of(cls, policy: Policy) -> Self:
        """The public form of a policy's protection fee."""
        protection = policy.protection
        return cls(version=policy.version, basis_points=protection.basis_points, fixed=dict(protection.fixed))
