"""The requests that the OpenAPI document shows, read from it alone, and how one is sent.

Paths, values, bodies, who sends it (``x-sample-caller``) and what must be fetched just before
(``x-sample-setup``): ``documented_setups.py`` does that.
"""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import httpx

from checks.documented_setups import SETUPS, People

_METHODS: Final = ("get", "post", "put", "patch", "delete")
_FORM, _PARTS = "application/x-www-form-urlencoded", "multipart/form-data"


@dataclass(frozen=True, slots=True)
class Example:
    """One documented request."""

    operation: str
    name: str
    method: str
    path: str
    caller: str
    setup: str | None
    query: dict[str, Any]
    headers: dict[str, str]
    body: Any
    content_type: str | None
    streams: bool


@dataclass(slots=True)
class Sent:
    """What came of an example."""

    example: Example
    status: int
    text: str
    seconds: float
    media_type: str = ""
    headers: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def ok(self) -> bool:
        """Whether it succeeded."""
        return 200 <= self.status < 300  # noqa: PLR2004 - what 2xx means

    @property
    def body(self) -> Any:
        """The JSON of the answer; None where it is of another type, or empty."""
        return json.loads(self.text) if self.media_type.endswith("json") and self.text else None


def send_all(client: httpx.Client, people: People, settle: Callable[[], None] | None = None) -> Iterator[Sent]:
    """Send every example in the order of the document; ``settle`` is called after each that may change something."""
    for example in examples_of(client.get("/openapi.json").raise_for_status().json()):
        yield _send(client, people, example)
        if settle is not None and example.method != "GET":
            settle()


def examples_of(document: dict[str, Any]) -> Iterator[Example]:
    """Every example, in the order of the document."""
    for path, item in document["paths"].items():
        for method in item:
            if method in _METHODS:
                yield from _examples_of(path, method, item[method])


def _examples_of(path: str, method: str, entry: dict[str, Any]) -> Iterator[Example]:
    contents: dict[str, dict[str, Any]] = entry.get("requestBody", {}).get("content", {})
    content_type = next(iter(contents), None)
    content = contents[content_type] if content_type else {}
    plain = {"": {"value": content.get("example"), **_about(entry)}}
    named: dict[str, dict[str, Any]] = content.get("examples", plain)
    for name, example in named.items():
        values = {
            where: {
                parameter["name"]: value
                for parameter in entry.get("parameters", ())
                if parameter["in"] == where and (value := _value(parameter, name)) is not None
            }
            for where in ("path", "query", "header")
        }
        yield Example(
            operation=entry["operationId"],
            name=name,
            method=method.upper(),
            path=path.format(**values["path"]),
            caller=example.get("x-sample-caller", "?"),
            setup=example.get("x-sample-setup"),
            query=values["query"],
            headers=values["header"],
            body=example["value"],
            content_type=content_type,
            streams="text/event-stream" in entry["responses"].get("200", {}).get("content", {}),
        )


def _about(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: entry[name] for name in ("x-sample-caller", "x-sample-setup") if name in entry}


def _value(parameter: dict[str, Any], name: str) -> Any:
    return parameter["examples"].get(name, {}).get("value") if "examples" in parameter else parameter.get("example")


def _send(client: httpx.Client, people: People, example: Example) -> Sent:
    began = time.monotonic()
    request: dict[str, Any] = {"url": example.path, "params": example.query, "headers": dict(example.headers)}
    request |= _content(example)
    if example.caller != "none":
        request["headers"]["Authorization"] = people.authorization(example.caller)
    if example.setup is not None:
        SETUPS[example.setup](people, example.caller, request)
    with client.stream(example.method, **request) as answer:
        text = next(answer.iter_text(), "") if example.streams else answer.read().decode(errors="replace")
    media_type = answer.headers.get("content-type", "").partition(";")[0]
    return Sent(example, answer.status_code, text, time.monotonic() - began, media_type, dict(answer.headers))


def _content(example: Example) -> dict[str, Any]:
    if example.body is None:
        return {}
    if example.content_type == _FORM:
        return {"data": dict(example.body)}
    if example.content_type == _PARTS:
        fields = dict(example.body)
        return {"files": {"file": ("exemple.txt", fields.pop("file").encode())}, "data": fields}
    return {"json": json.loads(json.dumps(example.body))}
