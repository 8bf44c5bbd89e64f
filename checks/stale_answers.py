"""What is wrong with recorded answers, held against the schemas of the document that shows them."""

import copy
from collections.abc import Iterator, Mapping
from typing import Any, cast

from jsonschema_rs import Draft202012Validator


def faults_of(document: Mapping[str, Any], answers: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Why answers aren't what a document says: each that its schema refuses, or does not know a member of."""
    components = _closed(copy.deepcopy(document["components"]))
    faults: list[str] = []
    for entry in _operations(document):
        for name, answer in answers.get(entry["operationId"], {}).items():
            place = f"{entry['operationId']} {name}".rstrip()
            response: Mapping[str, Any] = entry["responses"].get(str(answer["status"]), {})
            contents: Mapping[str, Any] = response.get("content", {})
            if not response:
                faults.append(f"{place}: {answer['status']} is not declared")
            elif "body" in answer and answer["media_type"] not in contents:
                faults.append(f"{place}: {answer['media_type']} is not declared")
            elif "body" in answer and answer["media_type"] != "text/event-stream":
                schema: Any = copy.deepcopy(contents[answer["media_type"]].get("schema", {}))
                closed = {**_closed(schema), "components": components}
                found = Draft202012Validator(closed, validate_formats=True).iter_errors(answer["body"])
                faults += [f"{place}: {fault.message} at {fault.instance_path}" for fault in found]
    return faults


def _operations(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for item in document["paths"].values():
        yield from item.values()


def _closed(part: Any) -> Any:
    """The same schemas, in which an object has the members that it names, and no others."""
    _close(part)
    return part


def _close(part: Any) -> None:
    match part:
        case dict():
            members = cast("dict[str, Any]", part)
            if members.get("type") == "object" and "properties" in members:
                members.setdefault("additionalProperties", False)
            for inner in members.values():
                _close(inner)
        case list():
            for inner in cast("list[Any]", part):
                _close(inner)
        case _:
            return
