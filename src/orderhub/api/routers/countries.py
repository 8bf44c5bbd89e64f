"""How each country writes an address, for the forms of front ends."""

from orderhub.api.dependencies import AskedLanguage, Public
from orderhub.api.routing import Router
from orderhub.api.schemas.addresses import CountriesOut, CountryOut
from orderhub.domain.accounts.countries import COUNTRY_RULES

router = Router(prefix="/countries")


@router.get("", dependencies=[Public], summary="List countries and their addresses")
async def list_countries(language: AskedLanguage) -> CountriesOut:
    """The countries that we deliver to: which fields an address needs, and what postcodes look like."""
    shown = [CountryOut.of(rule, language) for rule in COUNTRY_RULES.values()]
    return CountriesOut(data=sorted(shown, key=lambda country: country.name))
