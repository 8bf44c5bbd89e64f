"""Numbers that states give to businesses, checked by their own arithmetic; kept without blanks. Pure."""

import re
from collections.abc import Callable
from typing import Any, Final

from stdnum import get_cc_module  # pyright: ignore[reportUnknownVariableType]
from stdnum.eu import vat
from stdnum.exceptions import ValidationError
from stdnum.fr import siren, siret

from orderhub.kit.errors import FieldError
from orderhub.kit.text import Label

_FRENCH: Final = frozenset({"FR", "GP", "MQ", "GF", "RE", "YT"})
"""Where businesses have a SIREN, and each of their places a SIRET."""
_MEMBERS: Final = frozenset(code.upper() for code in vat.MEMBER_STATES) | {"EL"}
"""Letters of the VAT numbers of the European Union; those of Greece are EL."""
_SIREN_LENGTH: Final = 9
_BLANKS: Final = re.compile(r"[\s\u00a0\u202f]+")
_ANY: Final = re.compile(r"[A-Z0-9](?:[A-Z0-9./-]{2,28})[A-Z0-9]")

Faults = list[FieldError]


def read_registration_number(written: str, country: str, faults: Faults) -> str:
    """A number of the country's register as it is kept; what is wrong is added to ``faults``."""
    number = _BLANKS.sub("", written).upper()
    if country in _FRENCH:
        if not (siren.is_valid(number) or siret.is_valid(number)):
            faults.append(
                FieldError(
                    "/registration_number",
                    "invalid_registration_number",
                    Label(
                        "Envoyez le SIRET (14 chiffres) ou le SIREN (9 chiffres) de l’entreprise ; vérifiez-les.",
                        "Send the SIRET (14 digits) or the SIREN (9 digits) of the business; check them.",
                    ),
                )
            )
    elif not _ANY.fullmatch(number):
        faults.append(
            FieldError(
                "/registration_number",
                "invalid_registration_number",
                Label(
                    "Envoyez le numéro du registre de votre pays : de 4 à 30 chiffres et lettres.",
                    "Send the number of your country’s register: 4 to 30 digits and letters.",
                ),
            )
        )
    return number


def read_vat_number(written: str, country: str, registration: str, faults: Faults) -> str:
    """A VAT number as it is kept, with its country's letters; what is wrong is added to ``faults``."""
    number = _BLANKS.sub("", written).upper().replace(".", "").replace("-", "")
    state = "FR" if country in _FRENCH else country
    if number[:1].isdigit() and state in _MEMBERS:
        number = state + number
    try:
        kept = _vat_check(number, country)(number)
    except ValidationError:
        faults.append(
            FieldError(
                "/vat_number",
                "invalid_vat_number",
                Label(
                    "Ce n’est pas un numéro de TVA : envoyez-le avec les lettres de son pays, comme FR40303265045.",
                    "This is no VAT number: send it with its country’s letters, such as FR40303265045.",
                ),
            )
        )
        return number
    if kept.startswith("FR") and country in _FRENCH and kept[-_SIREN_LENGTH:] != registration[:_SIREN_LENGTH]:
        faults.append(
            FieldError(
                "/vat_number",
                "vat_number_of_another",
                Label(
                    "Ce numéro de TVA est celui d’une autre entreprise : il finit par le SIREN de la vôtre.",
                    "This VAT number is another business’s: yours ends with its SIREN.",
                ),
            )
        )
    return kept


def _vat_check(number: str, country: str) -> Callable[[str], str]:
    """How a number is checked: by the member state whose letters it begins with, by its country, else by its form."""
    if number[:2] in _MEMBERS:
        return vat.validate
    national: Any = get_cc_module(country.lower(), "vat")
    return _of_some_form if national is None else national.validate


def _of_some_form(number: str) -> str:
    if not _ANY.fullmatch(number):
        raise ValidationError
    return number
