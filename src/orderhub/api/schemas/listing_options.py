"""Options of a listing, and what an order with some of them would cost."""

from datetime import datetime, timedelta
from typing import Annotated, Self, cast
from uuid import UUID

from pydantic import MISSING, ConfigDict, Field

from orderhub.api.schemas.base import Input, Instant, MoneyIn, MoneyOut, Name, OptionId, Output
from orderhub.domain.catalog.models import Listing, ListingOption
from orderhub.domain.catalog.options import NewOption, OptionChanges
from orderhub.domain.catalog.pricing import Line, Priced
from orderhub.domain.catalog.rules import MAX_DAYS, MAX_OPTIONS
from orderhub.domain.contact_details.disclosure import AS_WRITTEN, Disclosure

OptionTitle = Annotated[str, Name(120, examples=["Livraison en 48 h"])]
OptionDays = Annotated[int, Field(ge=-MAX_DAYS, le=MAX_DAYS, description="Days it adds; below zero, it saves some.")]


class OptionIn(Input):
    """A new option, in the currency of its listing."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"title": "Livraison en 48 h", "price": {"amount": 3000, "currency": "EUR"}, "days": -3},
                {"title": "Cartes de visite", "price": {"amount": 4500, "currency": "EUR"}, "days": 2},
            ]
        }
    )

    title: OptionTitle
    price: MoneyIn
    days: OptionDays = 0

    def option(self) -> NewOption:
        """The same as the domain knows it."""
        return NewOption(title=self.title, price=self.price.money(), days=self.days)


class OptionEdit(Input):
    """What to change; what is left out stays."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"price": {"amount": 3500, "currency": "EUR"}}]})

    title: OptionTitle | MISSING = MISSING
    price: MoneyIn | MISSING = MISSING
    days: OptionDays | MISSING = MISSING

    def changes(self) -> OptionChanges:
        """What is to change, as the domain knows it."""
        found = {name: getattr(self, name) for name in self.model_fields_set}
        if isinstance(self.price, MoneyIn):
            found["price"] = self.price.money()
        return cast("OptionChanges", found)


class OptionOut(Output):
    """An option that the listing offers."""

    id: OptionId
    title: Annotated[str, Field(max_length=200)]
    price: MoneyOut
    days: OptionDays

    @classmethod
    def of(cls, option: ListingOption, listing: Listing, words: Disclosure = AS_WRITTEN) -> Self:
        """The public form of an option; ``words`` are its seller's, for the reader."""
        price = MoneyOut(amount=option.price, currency=listing.currency or "")
        return cls(id=option.id, title=words.text(option.title), price=price, days=option.days)


class OptionsOut(Output):
    """The options that a listing offers, the oldest first."""

    data: Annotated[list[OptionOut], Field(max_length=MAX_OPTIONS)]


class PreviewIn(Input):
    """The options to choose."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"options": []}]})

    options: Annotated[
        list[OptionId],
        Field(
            default_factory=list[UUID], max_length=MAX_OPTIONS, description="The ids of the chosen options, each once."
        ),
    ]


class PreviewLineOut(Output):
    """One thing that would be bought: the listing itself first, without ``option_id``."""

    option_id: OptionId | None
    title: Annotated[str, Field(max_length=200)]
    price: MoneyOut
    days: Annotated[
        int, Field(ge=-MAX_DAYS, le=MAX_DAYS, description="Calendar days that it adds; below zero, it saves some.")
    ]


class PreviewOut(Output):
    """What an order would cost, and when it would be due if the seller accepted it now."""

    lines: Annotated[list[PreviewLineOut], Field(max_length=MAX_OPTIONS + 1)]
    fees: Annotated[MoneyOut, Field(description="What the buyer pays beside the lines; nothing for a service.")]
    total: Annotated[MoneyOut, Field(description="All that the buyer pays.")]
    days: Annotated[int, Field(ge=1, le=MAX_DAYS * (MAX_OPTIONS + 1), description="At least one.")]
    due_at: Instant

    @classmethod
    def of(cls, priced: Priced, now: datetime, words: Disclosure) -> Self:
        """The public form of a price; ``now`` is business time, ``words`` are the seller's, for the reader."""
        currency = priced.total.currency
        listing, *options = priced.lines
        return cls(
            lines=[_line(listing, None, currency, words), *(_line(each, each, currency, words) for each in options)],
            fees=MoneyOut(amount=0, currency=currency),
            total=MoneyOut(amount=priced.total.amount, currency=currency),
            days=priced.days,
            due_at=now + timedelta(days=priced.days),
        )


def _line(line: Line, option: Line | None, currency: str, words: Disclosure) -> PreviewLineOut:
    return PreviewLineOut(
        option_id=option.id if option else None,
        title=words.text(line.title),
        price=MoneyOut(amount=line.price, currency=currency),
        days=line.days,
    )
