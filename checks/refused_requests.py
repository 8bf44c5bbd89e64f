"""The requests of refusals, and of the steps before them, as they are sent."""

import json
from collections.abc import Mapping
from string import Template
from typing import Any, Final, cast

from checks.documented_setups import SETUPS, People
from orderhub.api.examples.refusal import Ask, Refusal
from orderhub.api.examples.sample import Setup
from orderhub.domain.samples import SamplePerson

KEY: Final = "Idempotency-Key"
_FORM, _PARTS = "application/x-www-form-urlencoded", "multipart/form-data"
_SIGNED: Final = (Setup.SIGNATURE, Setup.OUTSIDE_SIGNATURE)

Operation = tuple[str, str, str]
"""Method, path and the body's media type."""
Request = dict[str, Any]


def operations_of(document: Mapping[str, Any]) -> Mapping[str, Operation]:
    """The operations of a document by ``operationId``."""
    return {
        entry["operationId"]: (method.upper(), path, next(iter(entry.get("requestBody", {}).get("content", {})), ""))
        for path, item in document["paths"].items()
        for method, entry in item.items()
    }


class Requests:
    """Writes the requests of one hub. ``kept`` has what steps kept for later ones."""

    def __init__(self, people: People) -> None:
        self.kept: dict[str, str] = {}
        self._people = people
        self._operations = operations_of(people.client.get("/openapi.json").raise_for_status().json())

    def asked(self, ask: Ask, key: str) -> Request:
        """That of a step."""
        request = self._written(ask, ask.body, {KEY: ask.key or key})
        return self._set_up(ask, request)

    def refused(self, refusal: Refusal, key: str) -> Request:
        """The one that is refused."""
        request = self._written(refusal, refusal.body, {KEY: key, **refusal.headers}, refusal.padding)
        request["params"] = self._filled(refusal.query)
        request["method"] = refusal.method or request["method"]
        if refusal.setup in _SIGNED and "content" in request:
            request["json"] = request.pop("content")
        return self._set_up(refusal, request)

    def before(self, refusal: Refusal, key: str) -> Request:
        """The same request with the body that comes before."""
        return self._written(refusal, refusal.before, {KEY: key, **refusal.headers})

    def _written(self, asked: Ask | Refusal, body: Any, headers: Mapping[str, str], padding: int = 0) -> Request:
        method, path, media_type = self._operations[asked.operation]
        content = _content(self._filled(body), media_type, padding)
        return {
            "method": method,
            "url": path.format(**self._filled(asked.path)),
            "headers": self._headers(asked.caller, headers),
            **content,
        }

    def _headers(self, caller: SamplePerson | None, given: Mapping[str, str]) -> dict[str, str]:
        said = {"Accept-Language": "en", **self._filled(given)}
        if caller is not None:
            said["Authorization"] = self._people.authorization(caller.handle)
        return {name: value for name, value in said.items() if value}

    def _set_up(self, asked: Ask | Refusal, request: Request) -> Request:
        if asked.setup is not None:
            SETUPS[asked.setup](self._people, asked.caller.handle if asked.caller else "none", request)
        return request

    def _filled(self, value: Any) -> Any:
        """The same with what was kept in the place of its name."""
        match value:
            case str():
                return Template(value).safe_substitute(self.kept) if self.kept else value
            case Mapping():
                members = cast("Mapping[str, Any]", value)
                return {name: self._filled(inner) for name, inner in members.items()}
            case list():
                return [self._filled(inner) for inner in cast("list[Any]", value)]
            case _:
                return value


def _content(body: Any, media_type: str, padding: int) -> Request:
    if body is None:
        return {}
    if media_type == _PARTS:
        fields = dict(body)
        file = fields.pop("file").encode("latin-1") + b" " * padding
        return {"files": {"file": ("exemple.txt", file)}, "data": fields}
    if isinstance(body, str):
        return {"content": body + " " * padding}
    if media_type == _FORM:
        return {"data": body}
    return {"json": json.loads(json.dumps(body))}
