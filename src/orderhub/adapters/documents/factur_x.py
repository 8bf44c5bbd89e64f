"""The invoice as XML that machines read: Factur-X, profile EN 16931.

It says what the pages say, to the minor unit. Keys such as ``BT-112`` are the standard's own numbers of
its terms. The standard knows two decimals at most; amounts in a currency with three keep them.
"""

import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from threading import Lock
from typing import Any, Final, cast
from zoneinfo import ZoneInfo

import facturx

from orderhub.adapters.documents.wording import WORDS
from orderhub.domain.documents.kinds import DocumentKind
from orderhub.kit.money import major
from orderhub.kit.text import Language

Fields = dict[str, Any]
Content = Mapping[str, Any]

FILE_NAME: Final = "factur-x.xml"
PROFILE: Final = "en16931"
_TYPES: Final = {DocumentKind.FINAL_INVOICE: "380", DocumentKind.CREDIT_NOTE: "381"}
_PIECE: Final = "C62"
_TRANSFER: Final = "30"
_FREIGHT: Final = "FC"
_ORDINARY: Final = "S"
_EXEMPT: Final = "E"
_OUTSIDE: Final = "O"
"""VAT categories: taxed, exempt, and of a seller who has nothing to do with VAT."""

_ONE_AT_A_TIME: Final = Lock()
"""The library changes tables of its own the first times that it reads them."""


def invoice_xml(kind: DocumentKind, content: Content, language: Language) -> bytes:
    """The XML of a final invoice or a credit note."""
    fields = _without_controls(_Invoice(kind, content, language).fields())
    make: Any = facturx.generate_cii_xml  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] - it has no types
    # The schema is checked by the tests: at run time it would cost more than the printing.
    with _ONE_AT_A_TIME:
        return make(fields, level=PROFILE, check_xsd=False, check_schematron=None)


class _Invoice:
    """Reads one content as business terms."""

    def __init__(self, kind: DocumentKind, content: Content, language: Language) -> None:
        self.kind, self.content, self.language = kind, content, language
        self.house = content["house"]

    def fields(self) -> Fields:
        """Every term of the document."""
        content = self.content
        return {
            "BT-1": content["number"],
            "BT-2": self._day(content["issued_at"]),
            "BT-3": _TYPES[self.kind],
            "BT-5": content["currency"],
            "BT-14": content["order_id"],
            "BT-20": WORDS["on_receipt"].within(self.language),
            "BG-1": [{"BT-22": note} for note in self._notes()],
            "BG-3": self._corrected(),
            "BG-4": self._seller(),
            "BG-7": self._buyer(),
            "BG-13": self._deliver_to(),
            "BG-21": self._charges(),
            "BG-23": [self._tax(tax) for tax in content["taxes"]],
            "BG-25": [self._line(place, line) for place, line in enumerate(content["lines"], 1)],
            **self._sums(),
            **self._account(),
        }

    def _sums(self) -> Fields:
        content = self.content
        return {
            "BT-106": self._amount(content["goods"]),
            "BT-108": self._amount(content["fees_total"] + content["freight_total"]),
            "BT-109": self._amount(content["total"] - content["tax_total"]),
            "BT-110": self._amount(content["tax_total"]),
            "BT-112": self._amount(content["total"]),
            "BT-113": self._amount(content["paid"]),
            "BT-115": self._amount(content["balance"]),
        }

    def _line(self, place: int, line: Content) -> Fields:
        return {
            "BT-126": str(place),
            "BT-129": str(line["quantity"]),
            "BT-130": _PIECE,
            "BT-131": self._amount(line["amount"]),
            "BT-146": self._amount(line["unit_price"]),
            "BT-151": self._category(line["tax_basis_points"]),
            **self._rate("BT-152", line["tax_basis_points"]),
            "BT-153": line["name"],
            **({"BT-154": line["note"]} if line["note"] else {}),
        }

    def _charges(self) -> list[Fields]:
        content = self.content
        charges = [self._charge(fee, fee["label"]) for fee in content["fees"]]
        if content["freight"]:
            word = WORDS["freight"].within(self.language)
            charges.append(self._charge(content["freight"], word) | {"reason_code": _FREIGHT})
        return charges

    def _charge(self, item: Content, reason: str) -> Fields:
        return {
            "amount": self._amount(item["amount"]),
            "reason": reason,
            "vat_category_code": self._category(item["tax_basis_points"]),
            **self._rate("vat_rate", item["tax_basis_points"]),
        }

    def _tax(self, tax: Content) -> Fields:
        category = self._category(tax["basis_points"])
        why = {} if category == _ORDINARY else {"BT-120": self.house["tax_note"] or _WHY[category]}
        return {
            "BT-116": self._amount(tax["base"]),
            "BT-117": self._amount(tax["amount"]),
            "BT-118": category,
            **self._rate("BT-119", tax["basis_points"]),
            **why,
        }

    def _category(self, basis_points: int) -> str:
        if basis_points:
            return _ORDINARY
        return _EXEMPT if self.house["vat_id"] or self.content["tax_total"] else _OUTSIDE

    def _rate(self, name: str, basis_points: int) -> Fields:
        outside = self._category(basis_points) == _OUTSIDE
        return {} if outside else {name: f"{Decimal(basis_points) / 100:.2f}"}

    def _seller(self) -> Fields:
        house = self.house
        street = dict(zip(("addr_l1", "addr_l2", "addr_l3"), house["street"], strict=False))
        contact = {"name": house["name"], "email": house["email"], "phone": house["phone"]}
        return _present(
            {
                "name": house["name"],
                "country_code": house["country"],
                "city": house["city"],
                "postcode": house["postcode"],
                **street,
                "vat_identifier": house["vat_id"],
                "legal_identifier": house["registration"],
                "legal_info": house["legal"],
                "contacts": [_present(contact)],
            }
        )

    def _buyer(self) -> Fields:
        contact = {"name": self.content["buyer"]["name"], "email": self.content["buyer"]["email"]}
        return self._deliver_to() | {"contacts": [contact]}

    def _deliver_to(self) -> Fields:
        buyer = self.content["buyer"]
        address: Content = buyer["address"] or {}
        return _present(
            {
                "name": address.get("company") or address.get("name") or buyer["name"],
                "country_code": address.get("country") or self.house["country"],
                "city": address.get("city"),
                "postcode": address.get("postcode"),
                "addr_l1": address.get("line1"),
                "addr_l2": address.get("line2"),
                "country_subdivision": address.get("region"),
            }
        )

    def _account(self) -> Fields:
        if not self.house["iban"]:
            return {}
        iban, bic = self.house["iban"].replace(" ", ""), self.house["bic"]
        return _present({"BT-81": _TRANSFER, "BT-83": self.content["number"], "BT-84": iban, "BT-86": bic})

    def _corrected(self) -> list[Fields]:
        if not self.content["corrects"]:
            return []
        return [{"BT-25": self.content["corrects"], "BT-26": self._day(self.content["corrects_issued_at"])}]

    def _notes(self) -> list[str]:
        return [text for text in (self.content["reason"], self.content.get("remarks")) if text]

    def _day(self, instant: str) -> date:
        return datetime.fromisoformat(instant).astimezone(ZoneInfo(self.house["time_zone"])).date()

    def _amount(self, amount: int) -> str:
        return f"{major(amount, self.content['currency']):f}"


_WHY: Final = {_EXEMPT: "Exonération de TVA / VAT exempt", _OUTSIDE: "Hors champ de la TVA / Not subject to VAT"}


def _present(fields: Fields) -> Fields:
    return {name: value for name, value in fields.items() if value}


def _without_controls(value: Any) -> Any:
    """The same without the characters that XML can't hold."""
    if isinstance(value, str):
        return "".join(sign for sign in value if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cs", "Cn"})
    if isinstance(value, dict):
        return {name: _without_controls(item) for name, item in cast("Fields", value).items()}
    if isinstance(value, list):
        return [_without_controls(item) for item in cast("list[Any]", value)]
    return value
