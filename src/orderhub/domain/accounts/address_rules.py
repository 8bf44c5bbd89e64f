"""Whether an address is one, as its country writes it. Also asked for addresses that are not stored."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from orderhub.domain.accounts.countries import COUNTRY_RULES, CountryRule
from orderhub.domain.accounts.phones import normalise_phone
from orderhub.domain.accounts.postcodes import read_postcode
from orderhub.kit.errors import FieldError, InvalidError
from orderhub.kit.text import Label

_OVERSEAS: Final = ("GP", "MQ", "GF", "RE", "YT")
_HINTED: Final = ("FR", *_OVERSEAS)
"""Countries of which one's postcodes are often sent with another's code; a postcode of Monaco, too."""


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """An address as a person writes it; ``phone`` in any form, E.164 once checked."""

    name: str
    line1: str
    city: str
    country: str
    postcode: str | None = None
    region: str | None = None
    line2: str | None = None
    company: str | None = None
    phone: str | None = None


def check_address(address: PostalAddress, base: str = "") -> PostalAddress:
    """The address with postcode, region and phone as they are kept.

    Raises InvalidError that names every wrong field, each as a JSON pointer below ``base``.
    """
    rule = COUNTRY_RULES.get(address.country)
    if rule is None:
        known = ", ".join(COUNTRY_RULES)
        raise _refusal(
            [
                FieldError(
                    f"{base}/country",
                    "unsupported_country",
                    Label(f"Nous livrons dans {known}.", f"We deliver to {known}."),
                )
            ]
        )
    tidy = replace(address, postcode=read_postcode(address.postcode, rule), region=_read_region(address.region, rule))
    errors = [FieldError(base + wrong.pointer, wrong.code, wrong.detail) for wrong in _faults(tidy, rule)]
    if tidy.phone is not None:
        try:
            tidy = replace(tidy, phone=normalise_phone(tidy.phone, rule.code, f"{base}/phone"))
        except InvalidError as error:
            errors.extend(error.errors)
    if errors:
        raise _refusal(errors)
    return tidy


def _faults(address: PostalAddress, rule: CountryRule) -> Iterator[FieldError]:
    for name in rule.required:
        if not getattr(address, name):
            yield FieldError(
                f"/{name}",
                "required",
                Label(
                    f"Les adresses de ce pays ({rule.label.fr}) ont besoin de ce champ.",
                    f"Addresses in {rule.label.en} need this field.",
                ),
            )
    if address.postcode:
        yield from _postcode_faults(address.postcode, address, rule)
    if address.region and rule.regions and address.region not in rule.regions:
        yield FieldError(
            "/region",
            "invalid_region",
            Label(f"Donnez l’un de {', '.join(rule.regions)}.", f"Give one of {', '.join(rule.regions)}."),
        )


def _postcode_faults(postcode: str, address: PostalAddress, rule: CountryRule) -> Iterator[FieldError]:
    if rule.postcode is None:
        yield FieldError(
            "/postcode",
            "no_postcode",
            Label(
                f"Ce pays ({rule.label.fr}) n’a pas de code postal : ne l’envoyez pas.",
                f"{rule.label.en} has no postcodes: leave it out.",
            ),
        )
    elif not re.fullmatch(rule.postcode, postcode):
        hint = _hint(postcode, rule)
        detail = Label(
            f"Les codes postaux de ce pays ({rule.label.fr}) ressemblent à {rule.example}.{hint.fr}",
            f"Postcodes in {rule.label.en} look like {rule.example}.{hint.en}",
        )
        yield FieldError("/postcode", "invalid_postcode", detail)
    elif (region := rule.regions.get(address.region or "")) is not None and not region.has(postcode):
        detail = Label(
            f"{postcode} n’est pas dans {address.region} : vérifiez le code postal et la région.",
            f"{postcode} is not in {address.region}: check the postcode and the region.",
        )
        yield FieldError("/postcode", "postcode_not_in_region", detail)


def _hint(postcode: str, rule: CountryRule) -> Label:
    """Say which country a French postcode belongs to: overseas departments have codes of their own."""
    for other in (*_OVERSEAS, "MC", "FR") if rule.code in _HINTED else ():
        found = COUNTRY_RULES[other]
        if re.fullmatch(found.postcode or "", postcode):
            return Label(
                f" {postcode} est dans un autre pays ({found.label.fr}) : envoyez le pays {other}.",
                f" {postcode} is in {found.label.en}: use the country {other}.",
            )
    return Label("", "")


def _read_region(text: str | None, rule: CountryRule) -> str | None:
    """The code of a province that is given by its code or by its name in one of the country's languages."""
    said = text and next((region.code for region in rule.regions.values() if region.is_called(text)), None)
    return said or text


def _refusal(errors: list[FieldError]) -> InvalidError:
    return InvalidError(errors[0].detail, errors=tuple(errors))
