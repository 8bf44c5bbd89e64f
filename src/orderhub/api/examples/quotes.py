"""Examples of quotes: Awa and Koffi ask for them, Chloé prices them. Each action has a quote of its own."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from orderhub.api.examples.carts import cart
from orderhub.api.examples.sample import Sample, Samples, euros
from orderhub.domain.samples import AWA, CHLOE, KOFFI, Carts, Quotes, SamplePerson, cart_of, lines_of
from orderhub.kit.ids import show_id


def quote(value: UUID) -> Mapping[str, str]:
    """The path of something about a quote."""
    return {"quote_id": show_id("quo", value)}


def _act(caller: SamplePerson, quote_id: UUID, action: str, summary: str, **fields: Any) -> tuple[str, Sample]:
    body = {"action": action, **fields}
    return action, Sample(caller, quote(quote_id), body=body, summary=f"{caller.name} {summary}")


_INDIGO, _WAX = (show_id("lin", line) for line in lines_of(cart_of(Quotes.IN_PREPARATION))[:2])

SAMPLES: Final[Samples] = {
    "request_quote": Sample(
        AWA,
        cart(Carts.TO_REQUEST),
        body={
            "accept_terms_version": 1,
            "address": {
                "name": "Awa Diallo",
                "line1": "12 rue Oberkampf",
                "line2": "Bâtiment B",
                "postcode": "75011",
                "city": "Paris",
                "country": "FR",
                "phone": "06 12 34 56 78",
            },
            "message": "Si l’indigo foncé manque, le clair me va aussi.",
        },
    ),
    "list_quotes": Sample(AWA, query={"status": "issued"}),
    "get_quote": Sample(AWA, quote(Quotes.ISSUED_ACCEPT)),
    "save_quote_draft": Sample(
        CHLOE,
        quote(Quotes.IN_PREPARATION),
        body={
            "currency": "EUR",
            "lines": [
                {
                    "id": _INDIGO,
                    "unit_price": euros(4590),
                    "tax_basis_points": 2000,
                    "conversion_note": "29 500 XOF à 655,957 XOF pour 1 EUR, plus 2 % de change.",
                },
                {"id": _WAX, "unit_price": euros(3200), "tax_basis_points": 2000},
                {"name": "Pochette cadeau", "quantity": 1, "unit_price": euros(350), "tax_basis_points": 2000},
            ],
            "fees": [{"label": "Frais de service", "amount": euros(900), "tax_basis_points": 2000}],
            "freight": {"basis": "weight", "weight_grams": 1850, "rate_per_kg": euros(890), "tax_basis_points": 0},
            "deposit_percent": 40,
            "valid_for": "P7D",
            "purchase_by": "2036-12-01",
            "arrive_by": "2036-12-20",
            "payment_instructions": [
                {
                    "method": "transfer",
                    "label": "Virement SEPA",
                    "details": "IBAN FR76 3000 6000 0112 3456 7890 189\nBIC AGRIFRPP",
                }
            ],
            "remarks": "Les teintes varient légèrement d’un bain à l’autre.",
        },
    ),
    "act_on_quote": dict(
        (
            _act(CHLOE, Quotes.REQUESTED_TAKE, "take", "begins to prepare it"),
            _act(CHLOE, Quotes.DRAFTED, "issue", "publishes the draft as the next version"),
            _act(
                AWA, Quotes.ISSUED_ACCEPT, "accept", "accepts the version that she read: the order is placed", version=1
            ),
            _act(AWA, Quotes.ISSUED_DECLINE, "decline", "declines"),
            _act(
                AWA,
                Quotes.ISSUED_CHANGES,
                "ask_changes",
                "asks for another version",
                message="Un seul coupon d’indigo suffit, et sans le wax.",
            ),
            _act(
                CHLOE,
                Quotes.ISSUED_WITHDRAW,
                "withdraw",
                "withdraws it",
                reason="La boutique a changé ses prix, nous vous en préparons une autre.",
            ),
            _act(AWA, Quotes.EXPIRED, "renew", "asks for it again"),
            _act(AWA, Quotes.REQUESTED_CANCEL, "cancel", "no longer wants it"),
            _act(
                CHLOE,
                Quotes.REQUESTED_REJECT,
                "reject",
                "can't answer the request",
                reason="Nous ne pouvons pas faire voyager de batteries au lithium.",
            ),
        )
    ),
    "list_quote_versions": Sample(KOFFI, quote(Quotes.VERSIONS)),
    "list_quote_transitions": Sample(KOFFI, quote(Quotes.VERSIONS)),
}
