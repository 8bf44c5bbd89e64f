"""The policy in and out: settings, commissions and holidays. The terms are in `terms`."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Self

from pydantic import ConfigDict, Field, field_validator

from orderhub.api.schemas.base import Day, Input, Name, Ordinal, Output, Text
from orderhub.api.schemas.listing_cards import CategoryCode
from orderhub.api.schemas.orders.codes import OrderKind
from orderhub.api.schemas.refusing import unwanted
from orderhub.domain.policies.bounds import BOUNDS
from orderhub.domain.policies.models import Holiday
from orderhub.domain.policies.policy import Commission, Policy
from orderhub.domain.policies.rules import MAX_COMMISSION, DurationRule
from orderhub.kit.text import Label, Language, show_duration

MOST_RULES = 200
MOST_HOLIDAYS = 1000
MOST_OF_ANY = max(bound.most for bound in BOUNDS.values())

RuleName = Annotated[str, Text(40, examples=["approval"])]
DurationText = Annotated[str, Text(24, examples=["P7D"])]
"""A duration as it was written: ``PT48H`` stays ``PT48H``. The policy's rules read it."""
BasisPoints = Annotated[int, Field(ge=0, le=MAX_COMMISSION, examples=[1000])]
Weekday = Annotated[int, Field(ge=1, le=7)]
Durations = Annotated[
    dict[RuleName, DurationText],
    Field(max_length=50, description="ISO 8601, by name; all of them."),
]
Fees = Annotated[
    dict[RuleName, BasisPoints],
    Field(max_length=50, description="Basis points, by name; all of them."),
]
Bounds = Annotated[
    dict[RuleName, Annotated[int, Field(ge=1, le=MOST_OF_ANY)]],
    Field(max_length=50, description="How many there may be, by name."),
]
Weekdays = Annotated[list[Weekday], Field(min_length=1, max_length=7, description="1 is Monday, 7 is Sunday.")]
Version = Annotated[Ordinal, Field(description="Also the ETag; send it as `If-Match` with a change.")]

EXAMPLE_DURATIONS = {
    "accepted_offer": "PT24H",
    "acceptance": "PT48H",
    "acceptance_in_all": "P14D",
    "approval": "P7D",
    "cancellation": "PT48H",
    "change": "PT72H",
    "clearing": "P7D",
    "conversation_after": "P7D",
    "custom_offer": "P7D",
    "deposit": "PT72H",
    "escalation": "P30D",
    "extension": "PT48H",
    "extra": "PT24H",
    "first_unpaid_reminder": "P3D",
    "freeze": "P150D",
    "item_approval": "P4D",
    "item_cancellation": "PT72H",
    "offer": "PT72H",
    "parcel_lost": "P14D",
    "payment": "PT24H",
    "postponement": "P7D",
    "quote": "P7D",
    "receipt": "P7D",
    "reservation": "PT15M",
    "return_answer": "PT72H",
    "return_receipt": "P3D",
    "return_shipment": "P5D",
    "review": "P180D",
    "revision": "PT48H",
    "second_unpaid_reminder": "P7D",
    "shipment": "P5D",
    "sourced_cancellation": "PT72H",
    "staff_reminder": "P2D",
    "third_unpaid_reminder": "P14D",
    "trader_approval": "P14D",
}


class SettingsIn(Input):
    """Durations, fees and working days as they are to be; orders already placed keep theirs."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "durations": {**EXAMPLE_DURATIONS, "approval": "P5D"},
                    "fees": {},
                    "working_days": [1, 2, 3, 4, 5],
                }
            ]
        }
    )

    durations: Durations
    fees: Fees
    working_days: Weekdays
    bounds: Annotated[Bounds, Field(description="How many there may be, by name; what is left out stays.")] = {}


class DurationRuleOut(Output):
    """What a duration is for, and within which bounds it may be set."""

    name: Annotated[RuleName, Field(description="Its key in `durations`.")]
    label: Annotated[str, Field(max_length=200)]
    least: Annotated[DurationText, Field(description="The shortest that may be set, ISO 8601.")]
    most: Annotated[DurationText, Field(description="The longest that may be set, ISO 8601.")]


class BoundRuleOut(Output):
    """What a bound counts, and within which numbers it may be set."""

    name: Annotated[RuleName, Field(description="Its key in `bounds`.")]
    label: Annotated[str, Field(max_length=200)]
    least: Annotated[int, Field(ge=1, le=MOST_OF_ANY, description="The smallest number that may be set.")]
    most: Annotated[int, Field(ge=1, le=MOST_OF_ANY, description="The greatest number that may be set.")]


class SettingsOut(Output):
    """The settings in force for new orders."""

    version: Version
    durations: Durations
    fees: Fees
    working_days: Weekdays
    rules: Annotated[
        list[DurationRuleOut],
        Field(max_length=50, description="What each of `durations` is for, and within which bounds it may be set."),
    ]
    bounds: Bounds
    bound_rules: Annotated[list[BoundRuleOut], Field(max_length=50)]

    @classmethod
    def of(cls, policy: Policy, durations: Mapping[str, DurationRule], language: Language) -> Self:
        """The public form of a policy's settings; ``durations`` are the rules of each."""
        rules = [
            DurationRuleOut(
                name=name,
                label=rule.label.within(language),
                least=show_duration(rule.least),
                most=show_duration(rule.most),
            )
            for name, rule in durations.items()
        ]
        return cls(
            version=policy.version,
            durations=dict(policy.durations),
            fees=dict(policy.fees),
            working_days=list(policy.working_days),
            rules=rules,
            bounds=dict(policy.bounds),
            bound_rules=[
                BoundRuleOut(name=name, label=bound.label.within(language), least=bound.least, most=bound.most)
                for name, bound in BOUNDS.items()
            ],
        )


class CommissionRule(Input):
    """What the hub keeps of a release. A rule for a category wins over the one of its kind."""

    model_config = ConfigDict(from_attributes=True)

    kind: Annotated[OrderKind, Field(description="The kind of orders that it is for.")]
    category: Annotated[
        CategoryCode | None,
        Field(description="A category of listings; null is a rule for the whole kind."),
    ] = None
    basis_points: BasisPoints

    def rule(self) -> Commission:
        """The same as the domain knows it."""
        return Commission(self.kind, self.category, self.basis_points)


Rules = Annotated[list[CommissionRule], Field(min_length=1, max_length=MOST_RULES)]


class CommissionsIn(Input):
    """All rules as they are to be; orders already placed keep theirs."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "rules": [
                        {"kind": "service", "category": None, "basis_points": 1000},
                        {"kind": "service", "category": "writing_translation", "basis_points": 800},
                        {"kind": "item", "category": None, "basis_points": 0},
                    ]
                }
            ]
        }
    )

    rules: Rules


class CommissionsOut(Output):
    """The rules in force for new orders."""

    version: Version
    rules: Rules

    @classmethod
    def of(cls, policy: Policy) -> Self:
        """The public form of a policy's commissions."""
        return cls(version=policy.version, rules=[CommissionRule.model_validate(rule) for rule in policy.commissions])


class HolidayEntry(Input):
    """A public holiday of the house."""

    model_config = ConfigDict(from_attributes=True)

    day: Day
    label: Annotated[str, Name(100, examples=["Noël"]), Field(description="What the day is called.")]


class HolidaysIn(Input):
    """All public holidays as they are to be. Deadlines already promised do not move."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "holidays": [
                        {"day": "2026-12-25", "label": "Noël"},
                        {"day": "2027-01-01", "label": "Jour de l’an"},
                        {"day": "2027-03-29", "label": "Lundi de Pâques"},
                    ]
                }
            ]
        }
    )

    holidays: Annotated[list[HolidayEntry], Field(max_length=MOST_HOLIDAYS)]

    @field_validator("holidays")
    @classmethod
    def _named_once(cls, holidays: list[HolidayEntry]) -> list[HolidayEntry]:
        if len({holiday.day for holiday in holidays}) != len(holidays):
            raise unwanted("duplicate_day", Label("Nommez chaque jour une seule fois.", "Name each day once."))
        return holidays


class HolidaysOut(Output):
    """The public holidays of the house, the earliest first."""

    version: Version
    holidays: Annotated[list[HolidayEntry], Field(max_length=MOST_HOLIDAYS)]

    @classmethod
    def of(cls, policy: Policy, holidays: Sequence[Holiday]) -> Self:
        """The public form of the holidays."""
        entries = [HolidayEntry.model_construct(day=found.day, label=found.label) for found in holidays]
        return cls(version=policy.version, holidays=entries)
