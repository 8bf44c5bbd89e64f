"""Links at the edge: taken as people copy them, shown as they are kept."""

from typing import Annotated

from pydantic import AfterValidator, Field

from orderhub.api.schemas.refusing import unwanted
from orderhub.kit.text import Label
from orderhub.kit.urls import MAX_URL, read_url


def _read(text: str) -> str:
    try:
        return read_url(text)
    except ValueError:
        hint = Label(
            f"Envoyez l’adresse d’une page web, d’au plus {MAX_URL} caractères une fois encodée.",
            f"Send the address of a web page, of at most {MAX_URL} characters once encoded.",
        )
        raise unwanted("invalid_url", hint) from None


Link = Annotated[
    str,
    Field(
        min_length=1,
        max_length=MAX_URL,
        examples=["https://maison-du-bazin.example/bazin-riche-indigo"],
        description="The address of a web page as it was copied: blanks, accents and a missing `https://` are mended, "
        "and it is kept percent-encoded.",
    ),
    AfterValidator(_read),
]
LinkOut = Annotated[str, Field(max_length=MAX_URL, json_schema_extra={"format": "uri"})]
