"""Puts the examples into the OpenAPI document, and its operations into the order in which they succeed.

``x-sample-caller`` names who sends an example (``none``: nobody), ``x-sample-setup`` what must be fetched just
before. An operation with several examples has them by name: in its body, and in the parameters of the same name.
"""

from collections.abc import Mapping
from typing import Any, Final

from orderhub.api.examples import (
    accounts,
    auth,
    carts,
    catalog,
    documents,
    exchanges,
    me,
    offers,
    payments,
    quotes,
    service,
    shops,
    staff,
)
from orderhub.api.examples.orders import order as orders
from orderhub.api.examples.sample import Sample, Samples

SAMPLES: Final[Samples] = {
    **accounts.SAMPLES,
    **auth.SAMPLES,
    **me.SAMPLES,
    **catalog.SAMPLES,
    **offers.SAMPLES,
    **shops.SAMPLES,
    **carts.SAMPLES,
    **quotes.SAMPLES,
    **documents.SAMPLES,
    **orders.SAMPLES,
    **payments.SAMPLES,
    **service.TABLES,
    **exchanges.SAMPLES,
    **staff.SAMPLES,
    **service.SAMPLES,
}
"""Every example, in the order in which they succeed when each is sent once."""

_PLACES: Final = {operation_id: place for place, operation_id in enumerate(SAMPLES)}
_METHODS: Final = ("get", "post", "put", "patch", "delete")
_KEY: Final = "Idempotency-Key"


Paths = dict[str, dict[str, Any]]


def add_samples(paths: Paths) -> Paths:
    """The paths of a document with the examples of each operation, in the order of `SAMPLES`."""
    for entry in _entries(paths):
        found = SAMPLES.get(entry["operationId"])
        if isinstance(found, Sample):
            _add_one(entry, found)
        elif found is not None:
            _add_named(entry, found)
    return dict(sorted(_ordered(paths).items(), key=lambda item: min(map(_place, item[1].values()))))


def _entries(paths: Paths) -> list[dict[str, Any]]:
    return [entry for item in paths.values() for method, entry in item.items() if method in _METHODS]


def _ordered(paths: Paths) -> Paths:
    return {path: dict(sorted(item.items(), key=lambda entry: _place(entry[1]))) for path, item in paths.items()}


def _place(entry: Any) -> int:
    """Where an operation stands; one without an example at the end."""
    return _PLACES.get(entry["operationId"], len(_PLACES))


def _add_one(entry: dict[str, Any], sample: Sample) -> None:
    entry |= _about(sample)
    for parameter in entry.get("parameters", ()):
        value = _value(parameter, sample, "1")
        if value is not None:
            parameter["example"] = value
    for content in _contents(entry, sample):
        content["example"] = sample.body


def _add_named(entry: dict[str, Any], samples: Mapping[str, Sample]) -> None:
    for parameter in entry.get("parameters", ()):
        found = ((name, _value(parameter, sample, name)) for name, sample in samples.items())
        values = {name: {"value": value} for name, value in found if value is not None}
        if values:
            parameter["examples"] = values
    shown = {
        name: {"summary": sample.summary, "value": sample.body, **_about(sample)} for name, sample in samples.items()
    }
    for content in _contents(entry, next(iter(samples.values()))):
        content["examples"] = shown


def _about(sample: Sample) -> dict[str, Any]:
    caller = {"x-sample-caller": sample.caller.handle if sample.caller else "none"}
    return {**caller, "x-sample-setup": sample.setup.value} if sample.setup else caller


def _value(parameter: Mapping[str, Any], sample: Sample, name: str) -> Any:
    if parameter["in"] == "path":
        return _typed(sample.path[parameter["name"]], parameter["schema"])
    if parameter["in"] == "query":
        return _typed(sample.query.get(parameter["name"]), parameter["schema"])
    return f"essai-{name}" if parameter["name"] == _KEY else None


def _typed(text: str | None, schema: Mapping[str, Any]) -> Any:
    """What stands in an address as text, as what it is."""
    match schema.get("type"):
        case "integer":
            return text and int(text)
        case "boolean":
            return text and text == "true"
        case _:
            return text


def _contents(entry: dict[str, Any], sample: Sample) -> list[dict[str, Any]]:
    """Where the body's example goes; an operation that reads its body raw is told of it here."""
    if sample.body is None:
        return []
    raw = {
        "required": True,
        "content": {"application/json": {"schema": {"type": "object", "additionalProperties": True}}},
    }
    content: dict[str, dict[str, Any]] = entry.setdefault("requestBody", raw)["content"]
    return list(content.values())
