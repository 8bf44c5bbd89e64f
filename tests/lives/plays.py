"""Lives of service orders, written like a timetable and played over HTTP.

A line is a row of the table: from, action, who, to. ``wait P6D`` lets time pass. Awa buys, Bruno
sells, Chloé is support; ``clock`` and ``provider`` act by time passing and by real notifications.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from orderhub.domain.orders.kinds.service.table import SERVICE
from orderhub.domain.orders.state import Facts
from orderhub.domain.process import By, Row
from orderhub.kit.text import parse_duration
from tests.lives.world import Person, World

WHO = {
    "Awa": By.BUYER,
    "Bruno": By.SELLER,
    "Chloé": By.SUPPORT,
    "clock": By.CLOCK,
    "provider": By.PROVIDER,
}
EUR = "EUR"
CHARGED_BACK = 1_000
_PATIENCE = 8.0

SAID: dict[str, dict[str, Any]] = {
    "ask_instructions": {"message": "Dans quelles couleurs ?"},
    "decline": {"reason": "Je suis complet ce mois-ci."},
    "deliver": {"message": "Voici votre logo."},
    "decline_cancellation": {"reason": "Le travail est presque fini."},
    "request_extension": {"days": 3},
    "refund_part": {"amount": {"amount": 2_000, "currency": EUR}},
    "request_revision": {"message": "Plus de bleu, s’il vous plaît."},
    "decline_revision": {"reason": "Ce n’était pas demandé."},
    "open_dispute": {"reason": "Nous ne sommes pas d’accord."},
    "report_problem": {"reason": "Je n’arrive pas à ouvrir le fichier."},
    "close_case": {"resolution": "Expliqué au téléphone."},
    "rule_refund": {"decision": "Le travail n’est pas celui commandé."},
    "rule_release": {"decision": "Le travail est conforme."},
    "rule_split": {"decision": "Un tiers pour chacun des torts.", "amount": {"amount": 4_000, "currency": EUR}},
}
ANSWER = {"question_id": "q1", "text": "Toujours frais"}
REASON_OF_THE_SELLER = {"reason": "Je ne peux pas tenir le délai."}


@dataclass(frozen=True, slots=True)
class Line:
    """One row taken, or a wait when ``wait`` is set."""

    start: str | None
    action: str
    who: str
    to: str
    wait: timedelta | None = None

    @property
    def row(self) -> Row[Facts]:
        """The row of the table that this line takes: there is exactly one."""
        by = WHO[self.who]
        found = [
            row
            for row in SERVICE.rows_of(self.start, self.action)
            if by in row.by and self.to in {status.code for status in SERVICE.targets(row)}
        ]
        assert len(found) == 1, self
        return found[0]


@dataclass(frozen=True, slots=True)
class Life:
    """A whole life, and what became of the money, in cents."""

    text: str
    released: int = 0
    refunded: int = 0
    questions: bool = False

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line, in order."""
        return tuple(_line(line.split()) for line in self.text.splitlines() if line.strip())


def _line(words: list[str]) -> Line:
    if words[0] == "wait":
        return Line(None, "", "", "", parse_duration(words[1]))
    start, action, who, to = words
    return Line(None if start == "-" else start, action, who, to)


@dataclass(slots=True)
class Played:
    """A life being played: the order, and everybody around it."""

    world: World
    awa: Person
    bruno: Person
    chloe: Person
    order: Any = field(default=None)
    asked: bool = False
    option_id: str = ""
    payment_id: str = ""
    chargeback_id: str = ""

    async def play(self, life: Life) -> None:
        """Take every line, checking where it leads."""
        self.asked = life.questions
        listing_id, self.option_id = await self.world.listing(self.bruno, questions=life.questions)
        for line in life.lines:
            if line.wait is not None:
                await self.world.advance(line.wait)
                await self.read()
            elif line.action == "place":
                self.order = await self.world.place(self.awa, listing_id)
            else:
                assert self.order["status"] == line.start, line
                await self.take(line)
            assert line.wait is not None or self.order["status"] == line.to, line

    async def read(self) -> None:
        """The order as Awa sees it now."""
        self.order = await self.awa.ask("GET", f"/orders/{self.order['id']}")

    async def take(self, line: Line) -> None:
        """Do what a line says."""
        if line.who == "clock":
            await self.wait_for_clock(line.action)
        elif line.who == "provider":
            await self.hear_from_provider(line.action)
        else:
            await self.person(line.who).do(self.order["id"], line.action, **self.said(line))
        await self.read()

    def person(self, who: str) -> Person:
        """By name."""
        return {"Awa": self.awa, "Bruno": self.bruno, "Chloé": self.chloe}[who]

    def said(self, line: Line) -> dict[str, Any]:
        """What goes with the action."""
        if line.action == "cancel" and line.who == "Bruno" and line.start != "disputed":
            return REASON_OF_THE_SELLER
        if line.action == "provide_instructions":
            return {"answers": [ANSWER] if self.asked else []}
        if line.action == "add_extra":
            return {"option_id": self.option_id}
        if line.action == "resume":
            since = datetime.fromisoformat(self.order["status_since"])
            return {"due_at": (since + timedelta(days=400)).isoformat()}
        return SAID.get(line.action, {})

    async def wait_for_clock(self, action: str) -> None:
        """Let time pass until that clock fires."""
        due = next(found["at"] for found in self.order["deadlines"] if found["action"] == action)
        await self.world.advance_to(datetime.fromisoformat(due))

    async def hear_from_provider(self, action: str) -> None:
        """Bring the provider to tell it, and wait until it was heard."""
        version, order_id = self.order["version"], self.order["id"]
        if action == "confirm_payment":
            self.payment_id = (await self.world.pay(self.awa, order_id))["id"]
        elif action == "confirm_extra":
            extra = self.order["pending"]["extras"][0]["id"]
            await self.world.pay(self.awa, order_id, extra_id=extra)
        elif action == "charge_back":
            opened = await self.world.control("/v1/chargebacks", payment=self.payment_id, amount=CHARGED_BACK)
            self.chargeback_id = opened["id"]
        else:
            await self.world.control(f"/v1/chargebacks/{self.chargeback_id}/close", outcome="won")
        async with asyncio.timeout(_PATIENCE):
            while self.order["version"] == version:
                await asyncio.sleep(0.01)
                await self.read()

    async def history(self) -> list[tuple[str | None, str, str, str]]:
        """From, action, by, to: everything that was done, oldest first, as Chloé reads it."""
        path = f"/orders/{self.order['id']}/transitions?limit=100"
        rows = (await self.chloe.ask("GET", path))["data"]
        return [(row["from"], row["action"], row["by"], row["to"]) for row in reversed(rows)]
