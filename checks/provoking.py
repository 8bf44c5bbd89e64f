"""Provokes refusals of one hub: takes the steps before each, then sends it, alone or in a race."""

import json
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from typing import Any, Final

import httpx

from checks.documented_setups import People
from checks.held_locks import execute, holding
from checks.quiet import Worker
from checks.refused_requests import Request, Requests
from checks.served_hub import PROVIDER_FILE, Hub
from orderhub.api.examples.refusal import Ask, Control, Race, Refusal, Sql, Step

_PATIENCE: Final = 30.0
_TOLD: Final = 2000


class Provoking:
    """Those of one hub, in order: later ones see what the steps of earlier ones did."""

    def __init__(self, hub: Hub, people: People, worker: Worker) -> None:
        self._hub, self._client, self._worker = hub, people.client, worker
        self._requests = Requests(people)

    def refuse_all(self, refusals: Mapping[str, Refusal]) -> Iterator[tuple[str, Any]]:
        """Each code with its problem document. Raises SystemExit where another answer comes."""
        for code, refusal in refusals.items():
            answer = self._refuse(code, refusal)
            if answer.is_success or answer.json().get("code") != code:
                message = f"{code} is not what {refusal.operation} answers: {answer.status_code} {answer.text[:_TOLD]}"
                raise SystemExit(message)
            yield code, answer.json()

    def _refuse(self, code: str, refusal: Refusal) -> httpx.Response:
        key = f"refus-{code}"
        for place, step in enumerate(refusal.steps):
            self._take(step, f"{key}-{place}")
        if refusal.steps:
            self._worker.settle()
        if refusal.before is not None:
            self._client.request(**self._requests.before(refusal, key)).raise_for_status()
        if refusal.race is not None:
            return self._race(refusal, refusal.race, key)
        request = self._requests.refused(refusal, key)
        return _unfinished(self._hub.url, request) if refusal.unfinished else self._client.request(**request)

    def _take(self, step: Step, key: str) -> None:
        match step:
            case Ask():
                for time in range(step.times):
                    self._ask(step, f"{key}-{time}")
            case Sql():
                execute(self._hub.database_url, step.statement)
            case Control():
                about = json.loads((self._hub.data / PROVIDER_FILE).read_text())
                known = {"Authorization": f"Bearer {about['api_key']}"}
                url = f"{self._hub.provider_url}{step.path}"
                httpx.post(url, json=dict(step.body), headers=known, trust_env=False).raise_for_status()

    def _ask(self, ask: Ask, key: str) -> None:
        answer = self._client.request(**self._requests.asked(ask, key))
        if answer.is_success is ask.fails:
            message = f"{ask.operation} is answered {answer.status_code} {answer.text}"
            raise SystemExit(message)
        for name, pointer in ask.keep.items():
            self._requests.kept[name] = _found(answer.json(), pointer)

    def _race(self, refusal: Refusal, race: Race, key: str) -> httpx.Response:
        first = self._requests.refused(refusal, key)
        second = self._requests.refused(refusal, f"{key}-2" if race.apart else key)
        with ThreadPoolExecutor(2) as pool, holding(self._hub.database_url, race.lock) as lock:
            waiting = pool.submit(self._client.request, **first)
            lock.wait_for(1, waiting.done)
            if race.cancelled:
                lock.cancel_others()
                return waiting.result(_PATIENCE)
            other = pool.submit(self._client.request, **second)
            lock.wait_for(2, other.done)
            lock.release()
            answers = [other.result(_PATIENCE), waiting.result(_PATIENCE)]
        return min(answers, key=lambda answer: answer.is_success)


def _found(body: Any, pointer: str) -> str:
    for part in pointer.split("/"):
        body = body[int(part)] if part.isdecimal() else body[part]
    return body


def _unfinished(hub: str, request: Request) -> httpx.Response:
    """Sent by itself: the last byte of its body is announced, and never comes."""
    body = request["content"].encode()
    connection = HTTPConnection(httpx.URL(hub).netloc.decode(), timeout=_PATIENCE)
    headers = {**request["headers"], "Content-Type": "application/json", "Content-Length": str(len(body))}
    connection.request(request["method"], request["url"], body[:-1], headers)
    answer = connection.getresponse()
    return httpx.Response(answer.status, content=answer.read())
