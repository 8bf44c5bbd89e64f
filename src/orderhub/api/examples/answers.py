"""Puts what was really answered into the OpenAPI document: each success, and each problem code.

``make openapi-answers`` records them from the sample data into ``openapi/answers.json``, in a form that is the same
each time. A refusal that no request is answered with is written by the function that answers the others.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from orderhub.api.examples.documented import SAMPLES, Paths
from orderhub.api.examples.sample import Sample
from orderhub.api.examples.unprovoked import UNPROVOKED
from orderhub.api.problems import MEDIA_TYPE, written
from orderhub.api.site.problems import refusals
from orderhub.api.texts import explanations
from orderhub.kit.errors import DomainError
from orderhub.kit.text import Language

_PACKAGE: Final = Path(__file__).parents[2]
_SOURCE: Final = _PACKAGE.parents[1] / "openapi" / "answers.json"
_INSTALLED: Final = _PACKAGE / "_openapi" / "answers.json"
_METHODS: Final = ("get", "post", "put", "patch", "delete")

ROOT: Final = "http://127.0.0.1:8000"
"""The deployment that answers in the examples."""
REQUEST_ID: Final = "5f0c7a3b9d2e4f68a1b0c9d8e7f60514"
"""The id of the request of every refusal in them."""

Answer = Mapping[str, Any]
"""``status``, ``media_type``, ``headers`` and ``body``."""


@cache
def recorded() -> Mapping[str, Any]:
    """``answers``: by ``operationId``, then by the name of the example; ``problems``: by code."""
    source = _INSTALLED if _INSTALLED.is_file() else _SOURCE
    if not source.is_file():
        return {"answers": {}, "problems": {}}
    return json.loads(source.read_text("utf-8"))


def add_answers(paths: Paths) -> None:
    """Give each response of the document the answers that were recorded for it."""
    answers: Mapping[str, Mapping[str, Answer]] = recorded()["answers"]
    for item in paths.values():
        for method, entry in item.items():
            if method in _METHODS:
                for name, answer in answers.get(entry["operationId"], {}).items():
                    _add(entry, name, answer)


def problem_examples() -> dict[str, Any]:
    """An example of each problem code, for the components of the document."""
    known, real = refusals(), recorded()["problems"]
    return {
        code: {"summary": known[code].title.en, "value": real.get(code) or _written(code)}
        for code in sorted(explanations())
        if code in known
    }


def show_the_others(document: dict[str, Any]) -> None:
    """Move the examples of codes that no operation names, in place: to the schema that any refusal has."""
    named = {
        example["$ref"].rpartition("/")[2]
        for item in document["paths"].values()
        for entry in item.values()
        for response in entry["responses"].values()
        for example in response.get("content", {}).get(MEDIA_TYPE, {}).get("examples", {}).values()
    }
    examples: dict[str, Any] = document["components"]["examples"]
    others = [code for code in examples if code not in named]
    document["components"]["schemas"]["Problem"]["examples"] = [examples.pop(code)["value"] for code in others]


def _written(code: str) -> Any:
    """The document of a refusal that is not recorded: because it can't be, or because it is still to be."""
    error = UNPROVOKED[code].error if code in UNPROVOKED else _bare(refusals()[code])
    return json.loads(written(error, Language.ENGLISH, ROOT, REQUEST_ID))


def _bare(kind: type[DomainError]) -> DomainError:
    """A refusal without what its own kind adds: that is known to who raises it."""
    error = kind.__new__(kind)
    DomainError.__init__(error)
    return error


def _add(entry: dict[str, Any], name: str, answer: Answer) -> None:
    response = entry["responses"].get(str(answer["status"]), {})
    content: dict[str, Any] | None = response.get("content", {}).get(answer["media_type"])
    if not name and "headers" in response:
        response["headers"] = _with_values(response["headers"], answer["headers"])
    if content is None or "body" not in answer:
        return
    sample = SAMPLES.get(entry["operationId"])
    if name and isinstance(sample, Mapping) and name in sample:
        shown = {"summary": sample[name].summary, "value": answer["body"]}
        content.setdefault("examples", {})[name] = shown
    elif not name and isinstance(sample, Sample):
        content["example"] = answer["body"]


def _with_values(declared: Mapping[str, Any], sent: Mapping[str, str]) -> dict[str, Any]:
    """The headers of a response; one that is described here, not elsewhere, shows what was sent."""
    return {
        name: {**header, "example": sent[name]} if name in sent and "$ref" not in header else header
        for name, header in declared.items()
    }
