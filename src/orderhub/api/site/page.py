"""The one template of all pages, and what a browser may load for them."""

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from fastapi.responses import HTMLResponse

from orderhub.kit.text import Label, Language

if TYPE_CHECKING:
    from jinja2 import Environment

POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'none'; frame-ancestors 'none'; "
    "base-uri 'none'"
)
_HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Frame-Options": "DENY",
    "Vary": "Accept, Accept-Language",
    "Content-Language": "",
}
_MORE_THAN_HTML: Final = 20
"""Media types of an ``Accept`` that are looked at."""

WORDS: Final = {
    "api": Label("L’API", "The API"),
    "guides": Label("Guides", "Guides"),
    "tables": Label("Tables", "Tables"),
    "problems": Label("Problèmes", "Problems"),
    "all_tables": Label("Les tables de transition", "The transition tables"),
    "tables_say": Label("Ce qui n’est pas une ligne ne peut pas arriver.", "What is not a row cannot happen."),
    "table_of": Label("La table", "The table"),
    "statuses": Label("Statuts", "Statuses"),
    "rows": Label("Lignes", "Rows"),
    "row": Label("lignes", "rows"),
    "status": Label("statut", "status"),
    "label": Label("libellé", "label"),
    "meaning": Label("sens", "meaning"),
    "stage": Label("étape", "stage"),
    "from": Label("de", "from"),
    "action": Label("action", "action"),
    "by": Label("par", "by"),
    "guard": Label("condition", "guard"),
    "to": Label("vers", "to"),
    "escrow": Label("séquestre", "escrow"),
    "clock": Label("après", "after"),
    "final": Label("fin", "end"),
    "placed": Label("(création)", "(created)"),
    "code": Label("code", "code"),
    "title": Label("titre", "title"),
    "see": Label("Voir", "See"),
}


def show(name: str, title: str, language: Language, root: str = "", **values: Any) -> HTMLResponse:
    """The page of a template of ``templates/``; ``root`` is the path below which this server is reached."""
    words = {word: label.within(language) for word, label in WORDS.items()}
    page = _environment().get_template(f"{name}.html")
    text = page.render(title=title, language=language.value, root=root, words=words, **values)
    return HTMLResponse(text, headers={**_HEADERS, "Content-Language": language.value})


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("orderhub.api.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def wants_page(accept: str) -> bool:
    """Whether an ``Accept`` header asks for HTML rather than JSON, as browsers do; ``*/*`` alone does not."""
    asked = {"text/html": 0.0, "application/json": 0.0}
    for part in accept.split(",", _MORE_THAN_HTML)[:_MORE_THAN_HTML]:
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if name in asked:
            asked[name] = max(asked[name], _quality(parameters))
    return asked["text/html"] > asked["application/json"]


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return float(parameter[2:6])
            except ValueError:
                return 0.0
    return 1.0
