"""Options of a listing."""

from typing import Annotated, Self, cast

from pydantic import MISSING, ConfigDict, Field

from orderhub.api.schemas.base import Input, MoneyIn, MoneyOut, Name, OptionId, Output
from orderhub.domain.catalog.models import Listing, ListingOption
from orderhub.domain.catalog.options import NewOption, OptionChanges
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
