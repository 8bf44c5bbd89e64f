"""Sends the requests of ``api/examples/refusals.py``, and wants of each the problem code that it stands for."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

import httpx

from checks.documented_setups import People
from orderhub.api.examples.refusals import REFUSALS, Refusal

_KEY: Final = "Idempotency-Key"
_FORM, _PARTS = "application/x-www-form-urlencoded", "multipart/form-data"

Operation = tuple[str, str, str]
"""Method, path and the body's media type."""


def operations_of(document: Mapping[str, Any]) -> Mapping[str, Operation]:
    """The operations of a document by ``operationId``."""
    return {
        entry["operationId"]: (method.upper(), path, next(iter(entry.get("requestBody", {}).get("content", {})), ""))
        for path, item in document["paths"].items()
        for method, entry in item.items()
    }


def refuse_all(client: httpx.Client, people: People) -> Iterator[tuple[str, Any]]:
    """Each code with its problem document. Raises SystemExit where another answer comes."""
    operations = operations_of(client.get("/openapi.json").raise_for_status().json())
    for code, refusal in REFUSALS.items():
        operation = operations[refusal.operation]
        request = {**_request(refusal, operation), "headers": _headers(code, refusal, people)}
        if refusal.before is not None:
            client.request(**request, **_content(refusal.before, operation)).raise_for_status()
        answer = client.request(**request, **_content(refusal.body, operation))
        if answer.is_success or answer.json().get("code") != code:
            message = f"{code} is not what {refusal.operation} answers: {answer.status_code} {answer.text}"
            raise SystemExit(message)
        yield code, answer.json()


def _request(refusal: Refusal, operation: Operation) -> dict[str, Any]:
    method, path, _ = operation
    return {"method": method, "url": path.format(**refusal.path), "params": dict(refusal.query)}


def _headers(code: str, refusal: Refusal, people: People) -> dict[str, str]:
    said = {"Accept-Language": "en", _KEY: f"refus-{code}", **refusal.headers}
    if refusal.caller is not None:
        said["Authorization"] = people.authorization(refusal.caller.handle)
    return {name: value for name, value in said.items() if value}


def _content(body: Any, operation: Operation) -> dict[str, Any]:
    _, _, media_type = operation
    if body is None:
        return {}
    if isinstance(body, str):
        return {"content": body}
    if media_type == _FORM:
        return {"data": body}
    if media_type == _PARTS:
        fields = dict(body)
        return {"files": {"file": ("exemple.txt", fields.pop("file").encode())}, "data": fields}
    return {"json": json.loads(json.dumps(body))}
