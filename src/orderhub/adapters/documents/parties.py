"""The house and the person a document is for, line by line."""

from collections.abc import Iterator, Mapping
from typing import Any

from orderhub.adapters.documents.figures import Figures

Party = Mapping[str, Any]


def house_lines(house: Party, figures: Figures) -> list[str]:
    """Below the house's name: where it is and how it is reached."""
    return [*house["street"], *_town(house), figures.country(house["country"]), *_present(house, "email", "phone")]


def house_footer(house: Party, vat_label: str) -> list[str]:
    """Below each page: who the house is before the law, and its bank."""
    first = [house["name"], *_present(house, "registration")]
    if house["vat_id"]:
        first.append(f"{vat_label} {house['vat_id']}")
    bank = [*_present(house, "bank"), *_labelled(house, "iban", "IBAN"), *_labelled(house, "bic", "BIC")]
    return [line for line in (" · ".join(first), house["legal"], " · ".join(bank)) if line]


def addressee_lines(buyer: Party, figures: Figures) -> list[str]:
    """The person's name, address and e-mail address."""
    address = buyer["address"]
    if not address:
        return [buyer["name"], buyer["email"]]
    name = address.get("name") or buyer["name"]
    region = [address["region"]] if address.get("region") else []
    return [
        name,
        *_present(address, "company", "line1", "line2"),
        *(" ".join([town, *region]) for town in _town(address)),
        figures.country(address["country"]),
        buyer["email"],
    ]


def _town(place: Party) -> Iterator[str]:
    town = " ".join(_present(place, "postcode", "city"))
    if town:
        yield town


def _present(place: Party, *names: str) -> list[str]:
    return [place[name] for name in names if place.get(name)]


def _labelled(place: Party, name: str, label: str) -> list[str]:
    return [f"{label} {place[name]}"] if place.get(name) else []
