"""Who a document is from and for, kept with it as it was when it was issued."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class House:
    """The operator as documents name it: ``House(**settings.house.identity())``."""

    name: str
    country: str
    """ISO 3166 code."""
    time_zone: str
    """Dates on documents are dates there; the year of a number too."""
    email: str
    street: tuple[str, ...] = ()
    postcode: str | None = None
    city: str | None = None
    phone: str | None = None
    vat_id: str | None = None
    registration: str | None = None
    """Register and number, as the law of its country wants it: ``RCS Paris 123 456 789``."""
    legal: str | None = None
    """One line below each page: legal form, capital, mentions that the law asks for."""
    tax_note: str | None = None
    """Why no tax is asked where none is."""
    bank: str | None = None
    iban: str | None = None
    bic: str | None = None

    def snapshot(self) -> dict[str, Any]:
        """As it is stored with a document."""
        return {**asdict(self), "street": list(self.street)}


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a document is for."""

    name: str
    email: str
    address: Mapping[str, Any] | None
    """The fields of a postal address: name, company, line1, line2, postcode, city, region, country, phone."""

    def snapshot(self) -> dict[str, Any]:
        """As it is stored with a document."""
        return {"name": self.name, "email": self.email, "address": dict(self.address) if self.address else None}
