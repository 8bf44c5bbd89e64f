"""What a purchase leaves on paper, read back: the proforma, the final invoice and a credit note, in each currency."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import facturx
import pytest

from orderhub.adapters.documents.figures import Figures
from orderhub.kit.money import major
from orderhub.kit.text import Language
from tests.adapters.documents.reading import attachment, plain, text_of
from tests.lives.hub import Hub
from tests.lives.world import Person

pytestmark = pytest.mark.slow

_parse: Any = facturx.parse_ubl_cii_xml  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] - it has no types


async def fetch(person: Person, path: str, language: str = "fr") -> bytes:
    """A document as its reader downloads it."""
    answer = await person.client.get(path, headers={"Accept-Language": language})
    assert answer.status_code == 200, answer.text
    return answer.content


def shown(money: Mapping[str, Any], language: Language = Language.FRENCH) -> str:
    """Money as a document writes it."""
    return plain(Figures(language, money["currency"], ZoneInfo("Europe/Paris")).money(money["amount"]))


@pytest.mark.parametrize("currency", ["EUR", "CHF", "XOF", "XAF", "TND"])
async def test_proforma_and_invoice_say_what_is_paid(hub: Hub, currency: str) -> None:
    hub.currency = currency
    order = await hub.invoiced()
    listed = (await hub.awa.ask("GET", f"/orders/{order['id']}/documents"))["data"]
    assert [document["kind"] for document in listed] == ["final_invoice", "proforma"]
    invoice, proforma = listed
    assert invoice["total"] == order["sourcing"]["total"]

    said = text_of(await fetch(hub.awa, proforma["pdf"]))
    for part in (proforma["number"], shown(proforma["total"]), shown(order["sourcing"]["deposit"]), "Sandales"):
        assert part in said, (part, said)

    pdf = await fetch(hub.awa, invoice["pdf"])
    due = order["sourcing"]["due"]
    for part in (invoice["number"], proforma["number"], shown(invoice["total"]), shown(due), "Solde à payer"):
        assert part in text_of(pdf), (part, text_of(pdf))
    terms = _parse(attachment(pdf))
    assert Decimal(str(terms["BT-112"])) == major(invoice["total"]["amount"], currency)
    assert Decimal(str(terms["BT-115"])) == major(due["amount"], currency)
    assert terms["BT-5"] == currency
    await hub.world.settled()


async def test_each_version_has_the_next_number(hub: Hub) -> None:
    quote = await hub.issued()
    await hub.on_quote(hub.awa, quote, "ask_changes", message="Plutôt en bleu.")
    await hub.on_quote(hub.chloe, quote, "take")
    await hub.chloe.ask("POST", f"/quotes/{quote['id']}/versions", json=await hub.draft(quote, deposit_percent=50))
    drafted = text_of(await fetch(hub.chloe, f"/v1/quotes/{quote['id']}/draft/pdf", "en"))
    assert "Deposit to pay (50%)" in drafted
    assert "PF-" not in drafted
    await hub.on_quote(hub.chloe, quote, "issue")
    numbers: list[str] = []
    for n, percent in ((1, "40 %"), (2, "50 %")):
        said = text_of(await fetch(hub.awa, f"/v1/quotes/{quote['id']}/versions/{n}/pdf"))
        assert f"Acompte à verser ({percent})" in said
        numbers += re.findall(r"^PF-\d{4}-\d{6}$", said, re.MULTILINE)[:1]
    assert [number[-6:] for number in numbers] == ["000001", "000002"]


async def test_a_split_is_credited(hub: Hub) -> None:
    order = await hub.ready()
    await hub.awa.do(order["id"], "open_dispute", reason="Une sandale est déchirée.")
    decision = "Une sandale sur deux est remboursée."
    await hub.ada.do(order["id"], "rule_split", amount=hub.money(2_000), decision=decision)
    listed = (await hub.awa.ask("GET", f"/orders/{order['id']}/documents"))["data"]
    note, invoice, _ = listed
    assert (note["kind"], note["corrects"], note["total"]) == ("credit_note", invoice["number"], hub.money(2_000))
    said = text_of(await fetch(hub.awa, note["pdf"]))
    for part in (note["number"], invoice["number"], shown(hub.money(2_000)), "Remboursement partiel", "AVOIR"):
        assert part in said, (part, said)
    assert said.count(decision) == 1
    await hub.world.settled()
