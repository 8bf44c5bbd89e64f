"""A Postman collection: made from the document, then its reads are sent by newman as Awa."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from clients.client import HERE, Client, Place, Step
from clients.machine import BIN, NODE, NPM

_OPTIONS: Final = "folderStrategy=Tags,enableOptionalParameters=false"
_TOKEN: Final = {"key": "accessToken", "value": "{{accessToken}}", "type": "string"}
_TEST: Final = "pm.test('succeeds', () => pm.response.to.be.success);"


def _generate(place: Place) -> Sequence[Step]:
    made = ["-s", place.document, "-o", place.out / "collection.json", "-O", _OPTIONS]
    return [Step([BIN / "openapi2postmanv2", *made])]


def _run(place: Place, url: str) -> Step:
    """Run the collection's reads, as somebody would who signed in with Postman's *Get new access token*."""
    collection = json.loads((place.out / "collection.json").read_text())
    kept = _readable(json.loads(place.document.read_text()))
    items = [_with_token(item) for item in _requests(collection["item"]) if item["name"] in kept]
    if len(items) < len(kept):
        message = f"the collection lacks {sorted(kept - {item['name'] for item in items})}"
        raise SystemExit(message)
    reads = place.out / "reads.json"
    event = [{"listen": "test", "script": {"type": "text/javascript", "exec": [_TEST]}}]
    reads.write_text(json.dumps({**collection, "item": items, "event": event}))
    return Step(["node", HERE / "newman.mjs", reads, url])


def _requests(items: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every request, in whatever folders."""
    for item in items:
        if "item" in item:
            yield from _requests(item["item"])
        else:
            yield dict(item)


def _readable(document: Mapping[str, Any]) -> set[str]:
    """What Awa may read, by the sample data, without naming anything."""
    return {
        entry["get"]["summary"]
        for path, entry in document["paths"].items()
        if path.startswith("/v1/") and "get" in entry and "{" not in path and _is_awas(entry["get"])
    }


def _is_awas(operation: Mapping[str, Any]) -> bool:
    needs = any(parameter.get("required") for parameter in operation.get("parameters", ()))
    streams = "text/event-stream" in operation["responses"].get("200", {}).get("content", {})
    return operation.get("x-sample-caller") in {"awa", "none"} and not needs and not streams


def _with_token(item: dict[str, Any]) -> dict[str, Any]:
    auth = item["request"].get("auth")
    if auth and auth["type"] == "oauth2":
        return {**item, "request": {**item["request"], "auth": {**auth, "oauth2": [*auth["oauth2"], _TOKEN]}}}
    return item


POSTMAN: Final = Client(
    key="postman",
    name="openapi-to-postmanv2",
    generator="openapi-to-postmanv2",
    npm=True,
    needs=(NODE, NPM),
    generate=_generate,
    live=_run,
    live_is="newman: every read that needs no id",
    compiled_by="a collection",
    union="the body of the first action; the others stand in the document",
    union_file="collection.json",
    whole_union=False,
)
