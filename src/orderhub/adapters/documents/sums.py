"""The sums at the foot of a document: goods, fees, freight, taxes, the total, and what is to be paid of it."""

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from orderhub.adapters.documents.figures import Figures
from orderhub.domain.documents.kinds import DocumentKind

Content = Mapping[str, Any]
Sum = dict[str, str]


class Wording(Protocol):
    """Gives a wording in the document's language."""

    def __call__(self, name: str, **values: str) -> str:
        """The wording of this name, its places filled."""
        ...


def sums(kind: DocumentKind, content: Content, figures: Figures, word: Wording) -> list[Sum]:
    """Each with ``label``, ``value`` and ``weight``: plain, total, or due, which is what it is all about."""
    taxes = [tax for tax in content["taxes"] if tax["basis_points"]]
    return [
        *_parts(content, figures, word, taxed=bool(taxes)),
        *(_tax(tax, figures, word) for tax in taxes),
        _sum(word("total_with_tax" if taxes else "total"), figures.money(content["total"]), "total"),
        *_to_pay(kind, content, figures, word),
    ]


def _parts(content: Content, figures: Figures, word: Wording, *, taxed: bool) -> Iterator[Sum]:
    charged = [
        (word(name), content[total])
        for name, total in (("goods", "goods"), ("fees", "fees_total"), ("freight", "freight_total"))
        if content[total]
    ]
    if len(charged) > 1:
        yield from (_sum(label, figures.money(amount)) for label, amount in charged)
    if taxed:
        yield _sum(word("before_tax"), figures.money(content["total"] - content["tax_total"]))


def _tax(tax: Content, figures: Figures, word: Wording) -> Sum:
    rate, base = figures.percent(tax["basis_points"]), figures.money(tax["base"])
    return _sum(word("tax_on", rate=rate, base=base), figures.money(tax["amount"]))


def _to_pay(kind: DocumentKind, content: Content, figures: Figures, word: Wording) -> Iterator[Sum]:
    money = figures.money
    if kind is DocumentKind.CREDIT_NOTE:
        yield _sum(word("credited"), money(content["total"]), "due")
    elif kind is DocumentKind.FINAL_INVOICE:
        yield _sum(word("paid"), money(content["paid"]))
        balance = content["balance"]
        label = "due" if balance > 0 else "surplus" if balance else "settled"
        yield _sum(word(label), money(abs(balance)) if balance else "", "due")
    else:
        percent = figures.percent(content["deposit_percent"] * 100)
        yield _sum(word("deposit", percent=percent), money(content["deposit"]), "due")
        yield _sum(word("later"), money(content["balance"]))


def _sum(label: str, value: str, weight: str = "plain") -> Sum:
    return {"label": label, "value": value, "weight": weight}
