"""Contents of documents, as the domain makes them, of named people: Awa buys, the house of Bruno sells."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from orderhub.domain.documents import content as contents
from orderhub.domain.documents.content import Content, Issue, Parties
from orderhub.domain.documents.credits import credit_whole
from orderhub.domain.documents.house import Addressee, House
from orderhub.domain.operator import Operator
from orderhub.domain.proforma.draft import (
    DraftLine,
    Fee,
    FlatFreight,
    Freight,
    FreightByWeight,
    PaymentInstruction,
    ProformaDraft,
)
from orderhub.domain.proforma.pricing import priced

QUOTE_ID: Final = UUID("01a1b9c4-5e80-7cc3-98c4-dc0c0c073901")
ORDER_ID: Final = UUID("01a1b9c4-5e80-7cc3-98c4-dc0c0c073902")
ISSUED_AT: Final = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)

HOUSE: Final = House(
    name="Maison Kéita & Fils",
    country="FR",
    time_zone="Europe/Paris",
    email="bonjour@maison-keita.example",
    street=("3 quai de Rive-Neuve", "Bâtiment B"),
    postcode="13007",
    city="Marseille",
    phone="+33 4 91 00 00 00",
    vat_id="FR32123456789",
    registration="RCS Marseille 123 456 789",
    legal="SAS au capital de 10 000 € — Pénalités de retard : trois fois le taux légal ; indemnité forfaitaire : 40 €.",
    bank="Banque du Vieux-Port",
    iban="FR76 3000 6000 0112 3456 7890 189",
    bic="AGRIFRPP",
)
AWA: Final = Addressee(
    "Awa Diop",
    "awa@example.org",
    {
        "name": "Awa Diop",
        "company": None,
        "line1": "12 rue Félix-Faure",
        "line2": "Près du marché Sandaga",
        "postcode": "10700",
        "city": "Dakar",
        "region": None,
        "country": "SN",
        "phone": "+221338210000",
    },
)
OPERATOR: Final = Operator(HOUSE, rulings_by_others=False)
PARTIES: Final = Parties(AWA, HOUSE)

_ARTICLES: Final = (
    ("Cafetière à piston, 1 litre", "Verre trempé, couleur cuivre", 2, 1890),
    ("Robe d’été en lin", "Taille 40, bleu nuit", 1, 5400),
    ("Casserole en cuivre Ø 20 cm", None, 3, 12_050),
    ("Livre « L’Œuvre » d’Émile Zola", "Édition de poche", 1, 780),
)
_BY_WEIGHT: Final = FreightByWeight(12_500, 1400, 0)
_SHOP: Final = {"id": "shp_01kgxn0p6mecs1hh3w4h2amdhz", "name": "Comptoir de l’Est"}


def article(place: int, unit_price: int | None = None, **changes: Any) -> DraftLine:
    """The article at a place; further ones repeat the first."""
    name, note, quantity, price = _ARTICLES[place % len(_ARTICLES)]
    fields: dict[str, Any] = {
        "id": f"lin_{place}",
        "shop": _SHOP if place % 2 == 0 else None,
        "name": name,
        "url": f"https://comptoir.example/articles/{place}",
        "note": note,
        "quantity": quantity,
        "unit_price": price if unit_price is None else unit_price,
        "tax_basis_points": 2000,
        "conversion_note": "1 890 JPY, au cours du 20 novembre" if place % 5 == 0 else None,
    }
    return DraftLine(**{**fields, **changes})


def priced_content(
    currency: str = "EUR",
    lines: Sequence[DraftLine] | None = None,
    *,
    freight: Freight | None = _BY_WEIGHT,
    fees: Sequence[Fee] = (Fee("Frais de service", 3500, 2000), Fee("Douane", 1275, 0)),
    **changes: Any,
) -> Content:
    """A priced proforma: four lines, two fees, freight by weight, taxes of two rates."""
    fields: dict[str, Any] = {
        "deposit_percent": 40,
        "valid_for": timedelta(days=7),
        "purchase_by": date(2026, 12, 1),
        "arrive_by": date(2026, 12, 20),
        "payment_instructions": (
            PaymentInstruction(
                "transfer", "Banque du Vieux-Port", "IBAN FR76 3000 6000 0112 3456 7890 189\nBIC AGRIFRPP"
            ),
            PaymentInstruction("mobile_money", "Orange Money Sénégal", "+221 77 000 00 00\nMaison Kéita"),
        ),
        "remarks": "Les délais courent dès réception de l’acompte.\nMerci de votre confiance !",
    }
    draft = ProformaDraft(
        currency=currency,
        lines=tuple(lines if lines is not None else [article(place) for place in range(4)]),
        fees=tuple(fees),
        freight=freight,
        **{**fields, **changes},
    )
    return priced(draft)


def flat(amount: int) -> FlatFreight:
    """Freight at one price, untaxed."""
    return FlatFreight(amount)


def proforma(content: Content | None = None, parties: Parties = PARTIES) -> Content:
    """Issued as version 2 of a quote."""
    return contents.proforma(
        content or priced_content(),
        parties,
        Issue("PF-2026-000123", ISSUED_AT),
        quote_id=QUOTE_ID,
        version=2,
        expires_at=ISSUED_AT + timedelta(days=7),
    )


def draft(content: Content | None = None) -> Content:
    """Not issued yet."""
    return contents.proforma_draft(content or priced_content(), PARTIES, quote_id=QUOTE_ID)


def final_invoice(content: Content | None = None, *, paid: int | None = None, parties: Parties = PARTIES) -> Content:
    """The invoice of an order whose deposit is paid."""
    found = content or priced_content()
    return contents.final_invoice(
        found,
        parties,
        Issue("FA-2026-000042", ISSUED_AT),
        order_id=ORDER_ID,
        paid=found["deposit"] if paid is None else paid,
        proforma_number="PF-2026-000123",
    )


def house(**changes: Any) -> House:
    """The house, but for what is said otherwise."""
    return replace(HOUSE, **changes)


def whole_credit_note(invoice: Content) -> Content:
    """Takes the whole invoice back."""
    return credit_note(credit_whole(invoice), invoice)


def credit_note(credited: Content, invoice: Content) -> Content:
    """A credit note of the day after the invoice."""
    issue = Issue("AV-2026-000007", ISSUED_AT + timedelta(days=1))
    return contents.credit_note(credited, issue, invoice=invoice, reason="Une casserole est arrivée cabossée.")
