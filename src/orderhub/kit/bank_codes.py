"""IBAN (ISO 13616) and BIC (ISO 9362): whether one is one, and how it is written.

schwifty knows the form of every country. It is imported with the first code: 90 ms and 5 MiB that a process which
meets none does without.
"""


def read_iban(text: str) -> str:
    """The letters and digits of an IBAN whose check digits hold, blanks left out. Raises ValueError otherwise."""
    from schwifty import IBAN

    return str(IBAN(text))


def is_iban(text: str) -> bool:
    """Whether this is an IBAN: its country has them, its length and form are that country's, its check digits hold."""
    try:
        return bool(read_iban(text))
    except ValueError:
        return False


def show_iban(iban: str) -> str:
    """An IBAN as people read it: ``FR76 3000 6000 0112 3456 7890 189``."""
    return " ".join(iban[place : place + 4] for place in range(0, len(iban), 4))


def iban_length(country: str) -> int | None:
    """How many letters and digits an IBAN has there; None for what is no country with IBANs."""
    from schwifty import registry

    try:
        return registry.get_iban_spec(country).iban_length
    except ValueError:
        return None


def read_bic(text: str) -> str:
    """A BIC of eight or eleven characters, blanks left out. Raises ValueError otherwise."""
    from schwifty import BIC

    return str(BIC(text))


def is_bic(text: str) -> bool:
    """Whether this is a BIC: bank, an existing country, place, and perhaps a branch."""
    try:
        return bool(read_bic(text))
    except ValueError:
        return False
