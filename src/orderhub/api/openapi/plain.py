"""What generators of OpenAPI 3.1 don't take: said in words that they do, or left out."""

from typing import Any, cast

_STREAM = "text/event-stream"


def drop_list_defaults(part: Any) -> None:
    """Leave out, in place, the defaults that are lists or objects: left out means none in any case."""
    match part:
        case dict():
            whole = cast("dict[str, Any]", part)
            if isinstance(whole.get("default"), list | dict):
                del whole["default"]
            for inner in whole.values():
                drop_list_defaults(inner)
        case list():
            for inner in cast("list[Any]", part):
                drop_list_defaults(inner)
        case _:
            return


def say_streams(paths: dict[str, Any], event: str) -> None:
    """Say a stream as 3.1 can, in place: the schema is what the ``data`` of each event holds."""
    for methods in paths.values():
        for operation in methods.values():
            for response in operation["responses"].values():
                content = response.get("content", {}).get(_STREAM)
                if content is not None:
                    content.pop("itemSchema", None)
                    content["schema"] = {"$ref": event}
                    response["description"] = "Server-sent events; the schema is that of each one's `data`."
