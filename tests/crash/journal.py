"""What clients know: every request they sent, under which key, and what they were told came of it."""

import asyncio
import random
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx

from orderhub.kit.ids import new_id, parse_id
from tests.lives.world import Person

_GIVES_UP_AFTER = 60.0
_PAUSE = 0.05


@dataclass(slots=True)
class Sent:
    """One request. Without an answer nobody may say whether it had its effect."""

    action: str
    """``place``, ``pay``, ``write`` or the name of a transition."""
    person: Person
    path: str
    body: dict[str, Any]
    key: str = field(default_factory=lambda: new_id().hex)
    tries: int = 0
    answer: Any = None
    """The acknowledgement; None while there is none."""
    version: int = 0
    """The order's version that it made, for a placing or a transition."""
    at: float = 0.0

    @property
    def subject(self) -> UUID:
        """The id of the order, payment or message that was acknowledged."""
        found = parse_id(self.answer["id"].partition("_")[0], self.answer["id"])
        assert found is not None
        return found


@dataclass(slots=True)
class Journal:
    """All clients' notes, and how they send: again under the same key until they are told."""

    urls: list[str]
    """The APIs; whoever gets no answer from one asks the next."""
    sent: list[Sent] = field(default_factory=list[Sent])
    lost: int = 0
    """Tries without an answer, or with one that asks to come again."""
    repeated: int = 0
    """Acknowledged requests that were sent once more, and answered the same."""
    chance: random.Random = field(default_factory=random.Random)

    @property
    def acknowledged(self) -> list[Sent]:
        return [sent for sent in self.sent if sent.answer is not None]

    def of(self, *actions: str) -> list[Sent]:
        """What was acknowledged of these actions."""
        return [sent for sent in self.acknowledged if sent.action in actions]

    def transitions(self) -> list[Sent]:
        """Placings and transitions: what leaves history."""
        return [sent for sent in self.acknowledged if sent.action not in ("pay", "write")]

    async def send(self, person: Person, action: str, path: str, /, **body: Any) -> Any:
        """Send until acknowledged; now and then once more, or twice at the same instant."""
        sent = Sent(action, person, path, body)
        self.sent.append(sent)
        twins = 2 if self.chance.random() < 0.1 else 1
        await asyncio.gather(*(self._until_acknowledged(sent) for _ in range(twins)))
        if self.chance.random() < 0.2:
            await self.repeat((sent,))
        return sent.answer

    async def try_once(self, person: Person, action: str, path: str, /, **body: Any) -> httpx.Response | None:
        """Send without a second try; whoever gets no acknowledgement leaves it at that."""
        sent = Sent(action, person, path, body)
        self.sent.append(sent)
        return await self._try(sent)

    async def repeat(self, requests: Iterable[Sent]) -> None:
        """Send acknowledged requests again: each must be answered as before."""
        for sent in requests:
            await self._until_acknowledged(sent)
            self.repeated += 1

    async def _until_acknowledged(self, sent: Sent) -> None:
        deadline = time.monotonic() + _GIVES_UP_AFTER
        while not _is_acknowledgement(answer := await self._try(sent)):
            assert time.monotonic() < deadline, f"{sent.action} got no answer in {_GIVES_UP_AFTER} s: {_shown(answer)}"
            assert answer is None or "retry-after" in answer.headers, f"{sent.action} was refused: {_shown(answer)}"
            self.lost += 1
            await asyncio.sleep(_PAUSE * self.chance.uniform(0.5, 1.5))

    async def _try(self, sent: Sent) -> httpx.Response | None:
        url = self.urls[(len(self.sent) + sent.tries) % len(self.urls)]
        sent.tries += 1
        try:
            answer = await sent.person.client.post(
                f"{url}/v1{sent.path}", json=sent.body, headers={"Idempotency-Key": sent.key}
            )
        except httpx.TransportError:
            return None
        if answer.is_success:
            _note(sent, answer)
        return answer


def _note(sent: Sent, answer: httpx.Response) -> None:
    told = answer.json()
    if sent.answer is None:
        sent.answer, sent.at = told, time.time()
        sent.version = int(answer.headers.get("etag", '"0"').strip('"').partition("-")[0])
    elif sent.action == "pay":  # shown as it stands now
        assert told["id"] == sent.answer["id"]
    else:
        assert told == sent.answer, f"{sent.action} was answered twice, and differently"


def _is_acknowledgement(answer: httpx.Response | None) -> bool:
    return answer is not None and answer.is_success


def _shown(answer: httpx.Response | None) -> str:
    return "no connection" if answer is None else f"{answer.status_code} {answer.text}"
