"""Countries and time zones of people, by their ISO 3166 and IANA names."""

from functools import cache
from zoneinfo import available_timezones

from orderhub.domain.accounts.address_formats import is_country
from orderhub.kit.errors import invalid_field
from orderhub.kit.text import Label


def check_country(country: str, pointer: str = "/country") -> None:
    """Refuse what is no ISO 3166 country. Raises InvalidError at ``pointer``."""
    if not is_country(country):
        raise invalid_field(
            pointer,
            "invalid_country",
            Label(
                "Donnez un code ISO 3166 de deux lettres, comme FR.",
                "Give an ISO 3166 code of two letters, such as FR.",
            ),
        )


def check_time_zone(name: str, pointer: str = "/time_zone") -> None:
    """Refuse what is no IANA time zone. Raises InvalidError at ``pointer``."""
    if name not in _time_zones():
        raise invalid_field(
            pointer,
            "invalid_time_zone",
            Label(
                "Donnez un fuseau horaire IANA, comme Europe/Paris.", "Give an IANA time zone, such as Europe/Paris."
            ),
        )


@cache
def _time_zones() -> frozenset[str]:
    return frozenset(available_timezones())
