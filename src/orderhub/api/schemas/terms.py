"""The terms of the house: as staff publish them, and as everybody reads them."""

from typing import Annotated, Self

from pydantic import ConfigDict, Field

from orderhub.api.schemas.base import Input, Instant, Ordinal, Output, Text
from orderhub.api.schemas.staff_policies import Version
from orderhub.domain.policies.models import Terms
from orderhub.kit.text import Language

TermsText = Annotated[str, Text(50_000, lines=True, examples=["1. L’acheteur paie d’avance."])]


class Wordings(Input):
    """The same text in each language."""

    fr: TermsText
    en: TermsText


class TermsIn(Input):
    """New terms of the house: a new version, which orders and quotes made from now on accept."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "text": {
                        "fr": "1. L’acheteur paie d’avance ; la somme est gardée en séquestre.",
                        "en": "1. The buyer pays in advance; the money is held in escrow.",
                    }
                }
            ]
        }
    )

    text: Annotated[Wordings, Field(description="The terms in each language.")]


class StaffTermsOut(Output):
    """The terms in force, in both languages."""

    version: Version
    published_at: Instant
    text: Annotated[Wordings, Field(description="The terms in each language.")]

    @classmethod
    def of(cls, terms: Terms) -> Self:
        """The public form of the terms, for those who change them."""
        wordings = Wordings(fr=terms.french, en=terms.english)
        return cls(version=terms.version, published_at=terms.created_at, text=wordings)


class TermsOut(Output):
    """The terms in force, in the language asked for."""

    version: Annotated[Ordinal, Field(description="Name it where the terms must be accepted.")]
    published_at: Instant
    language: Language
    text: TermsText

    @classmethod
    def of(cls, terms: Terms, language: Language) -> Self:
        """The public form of the terms, for everybody."""
        text = terms.french if language is Language.FRENCH else terms.english
        return cls(version=terms.version, published_at=terms.created_at, language=language, text=text)
