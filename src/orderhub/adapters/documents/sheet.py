"""From a document's content to its sheet: everything that is printed as text in its place, for the template.

The template computes nothing and knows no language; here nothing is laid out.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from orderhub.adapters.documents.figures import Figures
from orderhub.adapters.documents.glyphs import printable_all
from orderhub.adapters.documents.parties import addressee_lines, house_footer, house_lines
from orderhub.adapters.documents.sums import sums
from orderhub.adapters.documents.wording import WORDS
from orderhub.domain.documents.kinds import DocumentKind
from orderhub.domain.documents.wording import TITLES
from orderhub.kit.text import Language

Sheet = dict[str, Any]
Fact = tuple[str, str]


def make_sheet(kind: DocumentKind, content: Mapping[str, Any], language: Language, *, plain: bool = False) -> Sheet:
    """The sheet of a content; without a ``number`` it is a draft. For ``plain`` see `glyphs.printable`."""
    document: dict[str, Any] = printable_all(dict(content), plain=plain)
    return _Writer(kind, document, language).sheet()


class _Writer:
    """Writes one sheet."""

    def __init__(self, kind: DocumentKind, content: dict[str, Any], language: Language) -> None:
        self.kind, self.content, self.language = kind, content, language
        self.figures = Figures(language, content["currency"], ZoneInfo(content["house"]["time_zone"]))

    def word(self, name: str, **values: str) -> str:
        """A wording in the document's language."""
        text = WORDS[name].within(self.language)
        return text.format(**values) if values else text

    def sheet(self) -> Sheet:
        """The whole of it."""
        content, title = self.content, TITLES[self.kind].within(self.language)
        house, buyer = content["house"], content["buyer"]
        number = content.get("number")
        return {
            "language": self.language.value,
            "title": title,
            "number": number or self.word("draft"),
            "watermark": None if number else self.word("draft"),
            "page": self.word("page"),
            "of": self.word("of"),
            "house": {"name": house["name"], "lines": house_lines(house, self.figures)},
            "footer": house_footer(house, self.word("vat_id")),
            "addressee": {"label": self.word("for"), "lines": addressee_lines(buyer, self.figures)},
            "facts": list(self._facts()),
            "columns": [self.word(name) for name in ("article", "quantity", "unit_price", "tax", "amount")],
            "rows": [*map(self._line, content["lines"]), *self._charges()],
            "below": self.word("amounts_in", currency=self.figures.currency_name()),
            "sums": sums(self.kind, content, self.figures, self.word),
            "payment": self._payment(),
            "notes": list(self._notes()),
        }

    def _facts(self) -> Iterator[Fact]:
        content, figures = self.content, self.figures
        if content.get("number"):
            yield self.word("date"), figures.day(content["issued_at"])
        if content.get("n"):
            yield self.word("version"), str(content["n"])
        if self.kind is DocumentKind.PROFORMA:
            yield from self._promises()
        if content.get("corrects"):
            issued = figures.day(content["corrects_issued_at"])
            yield self.word("corrects"), f"{content['corrects']} {self.word('corrects_date')} {issued}"
        if content.get("proforma_number"):
            yield self.word("proforma"), content["proforma_number"]
        for name, label in (("quote_id", "quote"), ("order_id", "order")):
            if content.get(name):
                yield self.word(label), content[name]

    def _promises(self) -> Iterator[Fact]:
        if self.content.get("expires_at"):
            yield self.word("valid_until"), self.figures.minute(self.content["expires_at"])
        for name in ("purchase_by", "arrive_by"):
            if self.content.get(name):
                yield self.word(name), self.figures.day(self.content[name])

    def _line(self, line: Mapping[str, Any]) -> Sheet:
        shop = line["shop"]["name"] if line["shop"] else None
        details = [text for text in (shop, line["note"], line["conversion_note"]) if text]
        # A credited part is named after its reason, which has a place of its own below.
        name = self.word("credited_part") if line["name"] == self.content.get("reason") else line["name"]
        return self._row(line, name, details) | {
            "quantity": self.figures.count(line["quantity"]),
            "unit_price": self.figures.number(line["unit_price"]),
        }

    def _charges(self) -> Iterator[Sheet]:
        for fee in self.content["fees"]:
            yield self._row(fee, fee["label"], [])
        freight = self.content["freight"]
        if freight:
            yield self._row(freight, self.word("freight"), self._weighed(freight))

    def _weighed(self, freight: Mapping[str, Any]) -> list[str]:
        if freight["basis"] != "weight":
            return []
        weight, rate = self.figures.kilograms(freight["weight_grams"]), self.figures.money(freight["rate_per_kg"])
        return [self.word("by_weight", weight=weight, rate=rate)]

    def _row(self, item: Mapping[str, Any], name: str, details: list[str]) -> Sheet:
        return {
            "name": name,
            "details": details,
            "quantity": "",
            "unit_price": "",
            "tax": self.figures.percent(item["tax_basis_points"]),
            "amount": self.figures.number(item["amount"]),
        }

    def _payment(self) -> Sheet | None:
        instructions: list[dict[str, str]] = self.content.get("payment_instructions") or []
        settled = self.kind is DocumentKind.FINAL_INVOICE and self.content["balance"] <= 0
        if not instructions or settled or not self.content.get("number"):
            return None
        return {
            "title": self.word("how_to_pay"),
            "reference": self.word("reference", number=self.content["number"]),
            "methods": [
                {"label": each["label"], "method": self.word(each["method"]), "lines": each["details"].splitlines()}
                for each in instructions
            ],
        }

    def _notes(self) -> Iterator[Sheet]:
        for name in ("reason", "remarks"):
            if self.content.get(name):
                yield {"title": self.word(name), "lines": self.content[name].splitlines()}
        closing = [self.content["house"]["tax_note"]] if self._is_untaxed() else []
        if self.kind is DocumentKind.PROFORMA:
            closing.append(self.word("no_invoice" if self.content.get("number") else "draft_only"))
        elif self.kind is DocumentKind.FINAL_INVOICE and self.content["balance"] > 0:
            closing.append(self.word("on_receipt"))
        if closing:
            yield {"title": None, "lines": closing}

    def _is_untaxed(self) -> bool:
        return self.content["tax_total"] == 0 and bool(self.content["house"]["tax_note"])
