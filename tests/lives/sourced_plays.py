"""Lives of sourced orders, written like a timetable and played over HTTP.

A line is a row of the table: from, action, who, to, and how where there is more than one way: the amount
that came, what is proposed, how many arrived. ``wait P6D`` lets time pass. Awa buys; Chloé is support,
Farid finance, Ada admin; ``clock``, ``provider`` and ``carrier`` act by time passing and by real notifications.
"""

import asyncio
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

import httpx

from orderhub.domain.orders.kinds.sourced.table import SOURCED
from orderhub.domain.orders.state import Facts
from orderhub.domain.process import By, Row
from orderhub.kit.clock import real_now, show_instant
from orderhub.kit.ids import new_id
from orderhub.kit.text import parse_duration
from tests.lives.hub import Hub
from tests.lives.world import PAYS, Person
from tests.making.signatures import signed

WHO: Final = {
    "Awa": By.BUYER,
    "Chloé": By.SUPPORT,
    "Farid": By.FINANCE,
    "Ada": By.ADMIN,
    "clock": By.CLOCK,
    "provider": By.PROVIDER,
    "carrier": By.TRACKING,
}
CHARGED_BACK: Final = 1_000
SPLIT: Final = 4_000
PARCEL: Final = {"carrier": "colissimo", "tracking_number": "6A 1234 5678 901"}
_PATIENCE: Final = 8.0

SAID: Final[dict[str, dict[str, Any]]] = {
    "reject_proof": {"reason": "Le reçu est illisible."},
    "open_dispute": {"reason": "Rien n’est arrivé."},
    "report_problem": {"reason": "Je n’arrive pas à vous joindre."},
    "close_case": {"resolution": "Expliqué au téléphone."},
    "arrange": {"instructions": "Du lundi au vendredi, de 9 h à 18 h."},
    "dispatch": PARCEL,
    "decline_cancellation": {"reason": "La commande part aujourd’hui."},
    "rule_refund": {"decision": "Rien de ce qui est arrivé n’est conforme."},
    "rule_release": {"decision": "Tout est conforme."},
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row taken, or a wait when ``wait`` is set."""

    start: str | None
    action: str
    who: str
    to: str
    how: str = ""
    wait: timedelta | None = None

    @property
    def row(self) -> Row[Facts]:
        """The row of the table that this line takes: there is one, or ``how`` says which guard's."""
        by = WHO[self.who]
        found = [
            row
            for row in SOURCED.rows_of(self.start, self.action)
            if by in row.by and self.to in {status.code for status in SOURCED.targets(row)}
        ]
        if len(found) > 1:
            found = [row for row in found if row.guard is not None and row.guard.code == self.how]
        assert len(found) == 1, self
        return found[0]


@dataclass(frozen=True, slots=True)
class Life:
    """A whole life, what became of the money, in minor units, and which documents are left, newest first."""

    text: str
    released: int = 0
    refunded: int = 0
    charged_back: int = 0
    documents: tuple[str, ...] = ("proforma",)
    deposit_percent: int = 40
    one_line: bool = False
    cases: tuple[str, ...] = ()
    """The kinds of those that are open at the end, money that finance paid by hand aside."""
    slow: bool = False
    """Played where slow tests run too: another life is much like it."""

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line, in order."""
        return tuple(_line(line.split()) for line in self.text.splitlines() if line.strip())


def _line(words: list[str]) -> Line:
    if words[0] == "wait":
        return Line(None, "", "", "", wait=parse_duration(words[1]))
    start, action, who, to = words[:4]
    return Line(None if start == "-" else start, action, who, to, " ".join(words[4:]))


@dataclass(slots=True)
class Played:
    """A life being played: the order, and everybody around it."""

    hub: Hub
    life: Life
    order: Any = field(default=None)
    references: int = 0
    card_payment: str = ""
    chargeback_id: str = ""

    async def play(self) -> None:
        """Take every line, checking where it leads."""
        for line in self.life.lines:
            if line.wait is not None:
                await self.hub.world.advance(line.wait)
                await self.read()
            elif line.action == "place":
                await self.place()
            else:
                assert self.order["status"] == line.start, line
                await self.take(line)
            assert line.wait is not None or self.order["status"] == line.to, line

    async def place(self) -> None:
        """Awa asks, Chloé prices, Awa accepts."""
        hub = self.hub
        quote = await hub.requested()
        await hub.on_quote(hub.chloe, quote, "take")
        draft = await hub.draft(quote, deposit_percent=self.life.deposit_percent)
        if self.life.one_line:
            draft["lines"] = draft["lines"][:1]
        await hub.chloe.ask("POST", f"/quotes/{quote['id']}/versions", json=draft)
        await hub.on_quote(hub.chloe, quote, "issue")
        self.order = await hub.on_quote(hub.awa, quote, "accept", 201, version=1)

    async def read(self) -> None:
        """The order as Awa sees it now."""
        self.order = await self.hub.awa.ask("GET", f"/orders/{self.order['id']}")

    async def take(self, line: Line) -> None:
        """Do what a line says."""
        if line.who == "clock":
            due = next(found["at"] for found in self.order["deadlines"] if found["action"] == line.action)
            await self.hub.world.advance_to(datetime.fromisoformat(due))
        elif line.who == "carrier":
            await self.hear_from_carrier()
        elif line.who == "provider":
            await self.hear_from_provider(line)
        else:
            said = await self.said(line)
            await self.person(line.who).do(self.order["id"], line.action, **said)
        await self.read()

    def person(self, who: str) -> Person:
        """By name."""
        return {"Awa": self.hub.awa, "Chloé": self.hub.chloe, "Farid": self.hub.farid, "Ada": self.hub.ada}[who]

    async def said(self, line: Line) -> dict[str, Any]:
        """What goes with the action."""
        if line.action == "submit_proof":
            return await self.receipt()
        if line.action in ("confirm_deposit", "confirm_balance", "record_part"):
            received = int(line.how) if line.action == "record_part" else self.due + int(line.how or 0)
            return await self.seen() | {"received": self.hub.money(received), "reference": self.reference}
        if line.action == "reject_proof":
            return await self.seen() | SAID["reject_proof"]
        if line.action == "cancel" and line.who == "Chloé":
            return {"reason": "Épuisé chez tous les fournisseurs."}
        return SAID.get(line.action) or self.on_goods(line)

    def on_goods(self, line: Line) -> dict[str, Any]:
        """What is said of lines, and of what they cost."""
        sourcing, money = self.order["sourcing"], self.hub.money
        lines = sourcing["lines"]
        if line.action == "receive":
            short = {lines[0]["id"]} if line.how == "short" else set[str]()
            return {"lines": [{"line_id": x["id"], "counted": x["quantity"] - (x["id"] in short)} for x in lines]}
        history_data: dict[str, dict[str, Any]] = {
            "purchase": {"lines": [{"line_id": x["id"], "supplier_reference": f"CMD-{x['name']}"} for x in lines]},
            "propose_change": self.change(line.how, lines),
            "issue_final_invoice": {
                "fees": [{"label": "Frais de service", "amount": money(900)}],
                "freight": {"basis": "flat", "amount": money(2_000)},
            },
            "hand_over": {"code": sourcing["pick_up"]["code"] if sourcing["pick_up"] else ""},
            "rule_split": {"decision": "Un tiers pour le retard.", "amount": money(SPLIT)},
        }
        return history_data.get(line.action, {})

    def change(self, how: str, lines: list[Any]) -> dict[str, Any]:
        """Another price, quantity or substitute for the first line."""
        proposals: dict[str, dict[str, Any]] = {
            "price": {"unit_price": self.hub.money(5_000)},
            "quantity": {"quantity": 3},
            "substitute": {"name": "Sandales tressées", "unit_price": self.hub.money(4_000)},
        }
        return {"line_id": lines[0]["id"], "reason": "Le fournisseur a changé.", **proposals.get(how, {})}

    @property
    def due(self) -> int:
        """What is left to pay now."""
        return self.order["sourcing"]["due"]["amount"]

    @property
    def reference(self) -> str:
        """Of the newest transfer."""
        return f"VIR {self.references} {self.order['id']}"

    async def receipt(self) -> dict[str, Any]:
        """A new receipt of a transfer."""
        self.references += 1
        file_id = await self.hub.receipt(self.reference)
        claimed = self.hub.money(max(self.due, 1))
        return {"file_id": file_id, "amount": claimed, "method": "transfer", "reference": self.reference}

    async def seen(self) -> dict[str, Any]:
        """The proof that Farid looks at."""
        order = await self.hub.farid.ask("GET", f"/orders/{self.order['id']}")
        return {"proof_sha256": order["sourcing"]["proof"]["sha256"]}

    async def hear_from_carrier(self) -> None:
        """The carrier says that the parcel is delivered."""
        await self.hub.world.worker.drain()
        news = {"id": new_id().hex, "tracking_number": PARCEL["tracking_number"], "status": "delivered"}
        body = json.dumps(news | {"occurred_at": show_instant(real_now())}).encode()
        secret = self.hub.world.parts.settings.carriers["colissimo"]
        headers = {"Content-Type": "application/json"} | signed(secret.get_secret_value(), body)
        async with httpx.AsyncClient(base_url=self.hub.world.base_url, trust_env=False) as carrier:
            answer = await carrier.post("/v1/hooks/tracking/colissimo", content=body, headers=headers)
        assert answer.json() == {"outcome": "applied"}

    async def hear_from_provider(self, line: Line) -> None:
        """Bring the provider to tell it, and wait until it was heard."""
        version, world = self.order["version"], self.hub.world
        if line.action == "confirm_payment":
            await self.pay(line.how)
        elif line.action == "charge_back":
            opened = await world.control("/v1/chargebacks", payment=self.card_payment, amount=CHARGED_BACK)
            self.chargeback_id = opened["id"]
        else:
            await world.control(f"/v1/chargebacks/{self.chargeback_id}/close", outcome="won")
        async with asyncio.timeout(_PATIENCE):
            while self.order["version"] == version:
                await asyncio.sleep(0.01)
                await self.read()

    async def pay(self, method: str) -> None:
        """With a card, or on the page of a wallet."""
        body = {"method": method, "return_url": "https://boutique.example/retour"}
        payment = await self.hub.awa.ask("POST", f"/orders/{self.order['id']}/payments", 201, json=body)
        self.card_payment = self.card_payment or payment["id"]
        if method == "card":
            await self.hub.world.confirm(payment, PAYS)
            return
        async with httpx.AsyncClient(trust_env=False) as browser:
            answer = await browser.post(f"{payment['next_action']['url']}/approve")
            assert answer.status_code < httpx.codes.BAD_REQUEST, answer.text

    async def history(self) -> list[tuple[str | None, str, str, str]]:
        """From, action, by, to: everything that was done, oldest first, as Chloé reads it."""
        rows = (await self.hub.chloe.ask("GET", f"/orders/{self.order['id']}/transitions?limit=100"))["data"]
        return [(row["from"], row["action"], row["by"], row["to"]) for row in reversed(rows)]
