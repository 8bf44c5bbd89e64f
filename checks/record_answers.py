"""Records what the documented examples are answered, for the OpenAPI document: ``openapi/answers.json``.

It serves a freshly seeded hub whose business clock stands at a fixed time, sends each refusal that changes nothing,
then each example in the order of the document, and writes the answers in their normal form: two recordings are the same
to the byte. The other refusals are provoked in copies of that hub's database. With ``--if-stale`` it does so only when
the answers that are there belong to other requests, or to other schemas, or where a problem code has none.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

import httpx

from checks.documented_examples import Example, Sent, examples_of, send_all
from checks.documented_setups import People
from checks.normal_form import START, NormalForm
from checks.provoking import Provoking
from checks.quiet import Worker, watched
from checks.served_hub import Hub, seeded
from checks.stale_answers import faults_of
from orderhub.api.examples.answers import REQUEST_ID
from orderhub.api.examples.refusal import Refusal
from orderhub.api.examples.refusals import REFUSALS
from orderhub.api.examples.refusals_after_steps import AFTER_STEPS
from orderhub.api.examples.refusals_between_parties import BETWEEN_PARTIES
from orderhub.api.examples.refusals_under_pressure import SETTINGS, UNDER_PRESSURE
from orderhub.api.openapi.served import WRITTEN
from orderhub.commands.document import document
from orderhub.kit.clock import real_now

RECORDED: Final = WRITTEN.with_name("answers.json")
_SHOWN_TYPES: Final = ("application/json", "text/event-stream")
_HEADERS: Final = ("ETag", "Location", "Retry-After", "Content-Disposition")
_BROWSER: Final = "Boutique/1.4"
ELSEWHERE: Final[Mapping[str, tuple[Mapping[str, Refusal], Mapping[str, str]]]] = {
    "after_steps": ({**AFTER_STEPS, **BETWEEN_PARTIES}, {}),
    "under_pressure": (UNDER_PRESSURE, SETTINGS),
}
"""The copies of the sample data in which refusals are provoked: which, and with which further settings."""
PROVOKED: Final = {**REFUSALS, **AFTER_STEPS, **BETWEEN_PARTIES, **UNDER_PRESSURE}
"""Every refusal that is recorded, by code."""


def main() -> int:
    """Write the file; 0 when it is written, or need not be."""
    parser = argparse.ArgumentParser(description="Record the answers of the documented examples.")
    parser.add_argument("--if-stale", action="store_true", help="only where they belong to other requests or schemas")
    parser.add_argument("--to", type=Path, default=RECORDED, help="the file to write")
    wanted = parser.parse_args()
    if wanted.if_stale:
        reasons = stale(wanted.to, json.loads(document()))
        if not reasons:
            return 0
        sys.stderr.write(f"Recording the answers anew: {reasons[0]}\n")
    found = record()
    wanted.to.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", "utf-8")
    return 0


def stale(path: Path, made: Mapping[str, Any]) -> list[str]:
    """Why the answers of a file aren't those of a document's examples; empty where they are."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return [f"{path.name} can't be read"]
    answers: Mapping[str, Mapping[str, Any]] = found["answers"]
    codes = sorted(found["problems"].keys() ^ PROVOKED.keys())
    known = {(operation, name): each["request"] for operation, named in answers.items() for name, each in named.items()}
    wanted = {(example.operation, example.name): request_of(example) for example in examples_of(dict(made))}
    moved = [operation for operation, _ in dict(known.items() ^ wanted.items())]
    asked = [f"{code} is provoked, or recorded, but not both" for code in codes]
    asked += [f"{operation} is asked for otherwise" for operation in moved]
    return asked or faults_of(made, answers)


def record() -> dict[str, Any]:
    """What a fresh hub answers: the problems by code, the answers by operation and name, in order."""
    with seeded(START) as data:
        began = real_now()
        with data.served():
            pass  # it writes the sample data
        copies = {name: data.copy(name) for name in ELSEWHERE}
        with data.served() as hub, _opened(hub, began) as opened:
            problems, answers = _refused(opened, REFUSALS), _answered(opened)
        for name, (refusals, settings) in ELSEWHERE.items():
            with data.served(copies[name], settings) as hub, _opened(hub, began) as opened:
                problems |= _refused(opened, refusals)
    return {"answers": _by_name(answers), "problems": _by_name(problems)}


class _Opened(NamedTuple):
    """A hub that is asked."""

    hub: Hub
    people: People
    worker: Worker
    form: NormalForm


@contextmanager
def _opened(hub: Hub, began: datetime) -> Generator[_Opened]:
    with (
        httpx.Client(base_url=hub.url, timeout=60, trust_env=False, headers={"User-Agent": _BROWSER}) as client,
        watched(hub.database_url) as worker,
    ):
        worker.settle()
        yield _Opened(hub, People(client, hub.data), worker, NormalForm(hub.url, hub.provider_url, began))


def _refused(opened: _Opened, refusals: Mapping[str, Refusal]) -> dict[str, Any]:
    """The problem documents by code."""
    provoking = Provoking(opened.hub, opened.people, opened.worker)
    return {
        code: opened.form.problem(f"refused {code}", {**problem, "request_id": problem["request_id"] and REQUEST_ID})
        for code, problem in provoking.refuse_all(refusals)
    }


def _answered(opened: _Opened) -> dict[str, dict[str, Any]]:
    """What the examples are answered, by operation and name."""
    answers: dict[str, dict[str, Any]] = {}
    for sent in send_all(opened.people.client, opened.people, opened.worker.settle):
        example = sent.example
        if not sent.ok:
            message = f"{example.operation} {example.name} is refused: {sent.status} {sent.text}"
            raise SystemExit(message)
        answers.setdefault(example.operation, {})[example.name] = _answer(opened.form, sent)
    return answers


def _answer(form: NormalForm, sent: Sent) -> dict[str, Any]:
    example = sent.example
    place = f"{example.operation} {example.name}"
    found: dict[str, Any] = {
        "request": request_of(example),
        "status": sent.status,
        "media_type": sent.media_type,
        "headers": {
            name: form.text(place, sent.headers[name.lower()]) for name in _HEADERS if name.lower() in sent.headers
        },
    }
    if sent.text and sent.media_type in _SHOWN_TYPES:
        found["body"] = form.text(place, sent.text) if example.streams else form.body(place, sent.body)
    return found


def request_of(example: Example) -> str:
    """What tells one request from another."""
    said = [example.method, example.path, example.caller, example.setup, example.query, example.body]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:12]


def _by_name(found: Mapping[str, Any]) -> dict[str, Any]:
    return dict(sorted(found.items()))


if __name__ == "__main__":
    sys.exit(main())
