"""Lives of service orders over HTTP: how Awa buys of Bruno, and what they say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from tests.kinds.service.commands import ANSWER, COMMANDS, euros
from tests.lives.plays import Life, Line, Played

PART: Final = euros(2_000)
SPLIT: Final = euros(4_000)


@dataclass(slots=True)
class ServicePlayed(Played):
    """Awa buys a logo of Bruno's; with questions where the life says so."""

    option_id: str = ""

    async def place(self) -> Any:
        """Of a listing of this life's own."""
        listing_id, self.option_id = await self.world.listing(self.bruno, **self.life.settings)
        return await self.world.place(self.hub.awa, listing_id)

    async def said(self, line: Line) -> Mapping[str, Any]:
        """What goes with the action."""
        if line.action == "add_extra":
            return {"option_id": self.option_id}
        if line.action == "resume":
            since = datetime.fromisoformat(self.order["status_since"])
            return {"due_at": (since + timedelta(days=400)).isoformat()}
        usual = COMMANDS[line.action].said
        special: dict[str, dict[str, Any]] = {
            "provide_instructions": {"answers": [ANSWER] if self.life.settings else []},
            "refund_part": {"amount": PART},
            "rule_split": {**usual, "amount": SPLIT},
        }
        return special.get(line.action, usual)

    async def pay(self, line: Line) -> str:
        """With a card: the order, or its first extra."""
        extra = {"extra_id": self.order["pending"]["extras"][0]["id"]} if line.action == "confirm_extra" else {}
        return (await self.world.pay(self.hub.awa, self.order["id"], **extra))["id"]

    async def ends_well(self) -> None:
        """Bruno has what was released but for the commission."""
        balance = (await self.bruno.ask("GET", "/me/balance"))["data"]
        assert sum(found["clearing"]["amount"] for found in balance) == self.life.released * 9 // 10


def books(life: Life) -> list[str]:
    """What the ledger of an order comes to: a tenth of what was released is the hub's, the rest is Bruno's."""
    moves = {"chargeback": life.charged_back, "hub": life.released // 10, "payable": life.released * 9 // 10}
    moves["provider"] = -life.released - life.charged_back
    return [f"{account} EUR {amount}" for account, amount in moves.items() if amount]
