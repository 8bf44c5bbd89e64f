"""What Awa buys through the house in the town: an order that awaits its deposit, and one that is confirmed."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final

from tests.lives.world import Person
from tests.security.proformas import DRAFT

RECEIPT: Final = b"Virement Awa Diop, 22,03 EUR"
SAW_MONEY: Final = {
    "proof_sha256": sha256(RECEIPT).hexdigest(),
    "received": {"amount": 2_203, "currency": "EUR"},
    "reference": "VIR AWA 2",
}
_LINE: Final = {"name": "Bazin indigo", "url": "https://maison-du-bazin.example/indigo"}
_PAY_TO: Final = {"method": "transfer", "label": "Banque", "details": "FR76 3000 4000 0312 3456 7890 143"}
_RETURN: Final = "https://boutique.example/retour"


async def buy_through_the_house(people: Mapping[str, Person], address: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The parameters that lead to each."""
    awa, finance = people["buyer"], people["finance"]
    unpaid, confirmed = await _ordered(people, address), await _ordered(people, address)
    begun = await awa.ask(
        "POST", f"/orders/{unpaid['id']}/payments", 201, json={"method": "transfer", "return_url": _RETURN}
    )
    receipt = await _receipt(awa)
    due = confirmed["sourcing"]["due"]
    proof: dict[str, Any] = {"file_id": receipt, "amount": due, "method": "transfer", "reference": "VIR AWA"}
    reviewed = await awa.do(confirmed["id"], "submit_proof", **proof)
    seen: dict[str, Any] = {
        "proof_sha256": reviewed["sourcing"]["proof"]["sha256"],
        "received": due,
        "reference": "VIR AWA",
    }
    await finance.do(confirmed["id"], "confirm_deposit", **seen)
    return {
        "unpaid_purchase": {"order_id": unpaid["id"]},
        "purchase": {"order_id": confirmed["id"]},
        "purchase_line": {"line_id": confirmed["sourcing"]["lines"][0]["id"]},
        "manual_payment": {"payment_id": begun["id"]},
        "receipt": {"file_id": receipt},
    }


async def _ordered(people: Mapping[str, Person], address: Mapping[str, str]) -> Any:
    """A cart of one line becomes a proforma, and that an order."""
    awa, support = people["buyer"], people["support"]
    cart = await awa.ask("POST", "/carts", 201, json={"separate": True})
    await awa.ask("POST", f"/carts/{cart['id']}/lines", 201, json=_LINE)
    asked = {"accept_terms_version": 1, "address": address}
    quote = await awa.ask("POST", f"/carts/{cart['id']}/quote-request", 201, json=asked)
    path = f"/quotes/{quote['id']}"
    await support.ask("POST", f"{path}/transitions", json={"action": "take"})
    price = {"id": quote["lines"][0]["id"], "unit_price": {"amount": 5_507, "currency": "EUR"}}
    draft = DRAFT | {"lines": [price], "payment_instructions": [_PAY_TO]}
    await support.ask("POST", f"{path}/versions", json=draft)
    await support.ask("POST", f"{path}/transitions", json={"action": "issue"})
    return await awa.ask("POST", f"{path}/transitions", 201, json={"action": "accept", "version": 1})


async def _receipt(person: Person) -> str:
    files = {"file": ("recu.txt", RECEIPT)}
    found = await person.ask("POST", "/files", 201, files=files, data={"purpose": "attachment"})
    return found["id"]
