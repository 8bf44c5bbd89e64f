"""Lives of sourced orders over HTTP: how Awa buys through the house, and what she and staff say."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import httpx

from orderhub.kit.clock import real_now, show_instant
from orderhub.kit.ids import new_id
from tests.kinds.sourced.commands import COMMANDS
from tests.lives.aftermath import books as house_books
from tests.lives.plays import Life, Line, Played
from tests.lives.world import PAYS
from tests.making.signatures import signed

SPLIT: Final = 4_000
PARCEL: Final = {"carrier": "colissimo", "tracking_number": "6A 1234 5678 901"}


@dataclass(slots=True)
class SourcedPlayed(Played):
    """Awa buys sandals and a scarf; with one line, or another deposit, where the life says so."""

    references: int = 0

    async def place(self) -> Any:
        """Awa asks, Chloé prices, Awa accepts."""
        hub = self.hub
        quote = await hub.requested()
        await hub.on_quote(hub.chloe, quote, "take")
        draft = await hub.draft(quote, deposit_percent=self.life.settings.get("deposit_percent", 40))
        draft["lines"] = draft["lines"][: self.life.settings.get("lines", 2)]
        await hub.chloe.ask("POST", f"/quotes/{quote['id']}/versions", json=draft)
        await hub.on_quote(hub.chloe, quote, "issue")
        return await hub.on_quote(hub.awa, quote, "accept", 201, version=1)

    async def said(self, line: Line) -> Mapping[str, Any]:
        """What goes with the action."""
        if line.action == "submit_proof":
            return await self.receipt()
        if line.action in ("confirm_deposit", "confirm_balance", "record_part"):
            received = int(line.how) if line.action == "record_part" else self.due + int(line.how or 0)
            return await self.seen() | {"received": self.hub.money(received), "reference": self.reference}
        if line.action == "reject_proof":
            return {**await self.seen(), **COMMANDS[line.action].said}
        return self.on_goods(line) or COMMANDS[line.action].said

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
            "dispatch": PARCEL,
            "hand_over": {"code": sourcing["pick_up"]["code"] if sourcing["pick_up"] else ""},
            "rule_split": {**COMMANDS["rule_split"].said, "amount": money(SPLIT)},
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
        await self.world.worker.drain()
        news = {"id": new_id().hex, "tracking_number": PARCEL["tracking_number"], "status": "delivered"}
        body = json.dumps(news | {"occurred_at": show_instant(real_now())}).encode()
        secret = self.world.parts.settings.carriers["colissimo"]
        headers = {"Content-Type": "application/json"} | signed(secret.get_secret_value(), body)
        async with httpx.AsyncClient(base_url=self.world.base_url, trust_env=False) as carrier:
            answer = await carrier.post("/v1/hooks/tracking/colissimo", content=body, headers=headers)
        assert answer.json() == {"outcome": "applied"}

    async def pay(self, line: Line) -> str:
        """With a card, or on the page of a wallet."""
        body = {"method": line.how, "return_url": "https://boutique.example/retour"}
        payment = await self.hub.awa.ask("POST", f"/orders/{self.order['id']}/payments", 201, json=body)
        if line.how == "card":
            await self.world.confirm(payment, PAYS)
            return payment["id"]
        async with httpx.AsyncClient(trust_env=False) as browser:
            answer = await browser.post(f"{payment['next_action']['url']}/approve")
            assert answer.status_code < httpx.codes.BAD_REQUEST, answer.text
        return payment["id"]


def books(life: Life) -> list[str]:
    """What the ledger of an order comes to: what was released is the house's."""
    return house_books("EUR", life.released, life.charged_back)
