"""The house's terms, for everybody."""

from fastapi import Response

from orderhub.api.dependencies import AskedLanguage, DatabaseSession, Public
from orderhub.api.routing import Router
from orderhub.api.schemas.terms import TermsOut
from orderhub.api.versions import show_version
from orderhub.domain.policies import queries

router = Router(prefix="/terms")


@router.get("", summary="Read the terms", dependencies=[Public])
async def get_terms(session: DatabaseSession, language: AskedLanguage, response: Response) -> TermsOut:
    """The terms in force, in the language of `Accept-Language`."""
    terms = await queries.current_terms(session)
    show_version(response, terms.version)
    response.headers["Content-Language"] = language.value
    return TermsOut.of(terms, language)
