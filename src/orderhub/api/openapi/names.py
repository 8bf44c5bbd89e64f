"""How schemas are called: as their classes say, whatever a generic or a reading and a writing form make of it."""

from typing import Any, Final, cast

PREFIX: Final = "#/components/schemas/"


def rename_schemas(document: dict[str, Any]) -> None:
    """Call each schema by its title, in place, and point every reference there.

    Two that have one title keep the names that FastAPI gave them; a test refuses those.
    """
    schemas: dict[str, Any] = document["components"]["schemas"]
    titles = [schema.get("title") for schema in schemas.values()]
    names = {
        name: title
        for name, schema in schemas.items()
        if (title := schema.get("title")) and titles.count(title) == 1 and (title == name or title not in schemas)
    }
    document["components"]["schemas"] = dict(sorted((names.get(name, name), inner) for name, inner in schemas.items()))
    _point(document, names)


def _point(part: Any, names: dict[str, str]) -> None:
    match part:
        case dict():
            whole = cast("dict[str, Any]", part)
            for name, inner in whole.items():
                if isinstance(inner, str) and inner.startswith(PREFIX):
                    known = inner.removeprefix(PREFIX)
                    whole[name] = f"{PREFIX}{names.get(known, known)}"
                else:
                    _point(inner, names)
        case list():
            for inner in cast("list[Any]", part):
                _point(inner, names)
        case _:
            return
