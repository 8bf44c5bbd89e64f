"""The facts of a trader, checked as their country writes them. Pure."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from orderhub.domain.accounts.address_rules import PostalAddress, check_address
from orderhub.domain.traders.numbers import Faults, read_registration_number, read_vat_number
from orderhub.kit.errors import InvalidError


@dataclass(frozen=True, slots=True)
class TraderFacts:
    """Who trades: the business's name, its numbers, and where it is."""

    name: str
    registration_number: str
    vat_number: str | None
    address: PostalAddress

    def document(self) -> dict[str, Any]:
        """The same as it is kept: ``{name, registration_number, vat_number, address}``."""
        return asdict(self)


def check_facts(facts: TraderFacts) -> TraderFacts:
    """The facts as they are kept. Raises InvalidError that names every wrong field."""
    faults: Faults = []
    address = facts.address
    try:
        address = check_address(facts.address, "/address")
    except InvalidError as error:
        faults.extend(error.errors)
    number = read_registration_number(facts.registration_number, address.country, faults)
    vat = facts.vat_number and read_vat_number(facts.vat_number, address.country, number, faults)
    if faults:
        raise InvalidError(faults[0].detail, errors=tuple(faults))
    return replace(facts, registration_number=number, vat_number=vat or None, address=address)
