"""The tables of letters about money: a proforma's content as rows, in one language. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from orderhub.domain.notifications import phrases
from orderhub.domain.notifications.rendering import Row
from orderhub.kit.text import Label, Language

FREIGHT: Final = Label("Transport", "Freight")
TAXES: Final = Label("Taxes", "Taxes")
TOTAL: Final = Label("Total", "Total")
DEPOSIT: Final = Label("Acompte à payer", "Deposit due")
DEPOSIT_PAID: Final = Label("Acompte payé", "Deposit paid")
LATER: Final = Label("Solde à l’arrivée", "Balance on arrival")
PAID: Final = Label("Déjà payé", "Paid so far")
BALANCE: Final = Label("Solde à payer", "Balance due")
SURPLUS: Final = Label("Trop-perçu remboursé", "Surplus refunded")
VALID_UNTIL: Final = Label("Valable jusqu’au", "Valid until")
PURCHASE_BY: Final = Label("Achat au plus tard le", "Purchased by")
ARRIVE_BY: Final = Label("Arrivée au plus tard le", "Arrives by")
HOW_TO_PAY: Final = Label("Pour payer sans carte", "To pay without a card")

Content = Mapping[str, Any]


class Writer:
    """Writes amounts of one currency, and labels, for one reader."""

    def __init__(self, currency: str, language: Language) -> None:
        self._currency, self._language = currency, language

    def money(self, amount: int) -> str:
        """An amount in minor units."""
        return phrases.show_money(amount, self._currency, self._language)

    def row(self, label: Label, amount: int, *, strong: bool = False) -> Row:
        """A labelled amount."""
        return Row(label.within(self._language), self.money(amount), strong)

    def day(self, label: Label, text: str) -> Row:
        """A labelled date."""
        return Row(label.within(self._language), phrases.show_day(text, self._language))

    def items(self, lines: Sequence[Content]) -> list[Row]:
        """What is bought: quantity, name and amount before tax."""
        return [Row(item_label(line), self.money(line["amount"])) for line in lines]

    def sums(self, content: Content) -> list[Row]:
        """Lines, fees, freight, taxes and the total of a content."""
        rows = self.items(content["lines"])
        rows += [Row(fee["label"], self.money(fee["amount"])) for fee in content["fees"]]
        if content["freight"] is not None:
            rows.append(self.row(FREIGHT, content["freight_total"]))
        if content["tax_total"]:
            rows.append(self.row(TAXES, content["tax_total"]))
        return [*rows, self.row(TOTAL, content["total"], strong=True)]

    def instructions(self, content: Content) -> list[str]:
        """How to pay by hand, as staff chose it, a paragraph each."""
        found = content.get("payment_instructions")
        if not found:
            return []
        heading = f"{HOW_TO_PAY.within(self._language)}{phrases.COLON.within(self._language)}"
        return [heading, *(f"{how['label']}\n{how['details']}" for how in found)]


def item_label(line: Content) -> str:
    """A line as it is listed: its quantity, a multiplication sign, its name."""
    return f"{line['quantity']} × {line['name']}"


def address_line(address: Content) -> str:
    """A postal address on one line."""
    town = " ".join(address[part] for part in ("postcode", "city") if address.get(part))
    before, after = ("name", "company", "line1", "line2"), ("region", "country", "phone")
    parts = [*(address.get(part) for part in before), town, *(address.get(part) for part in after)]
    return ", ".join(part for part in parts if part)
