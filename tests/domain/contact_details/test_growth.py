"""What a long hostile text costs: never more than in proportion to its length."""

import pytest

from orderhub.domain.contact_details.masking import find
from tests.making.growth import growth

LONGEST = 10_000
"""Characters of a listing's description, the longest text that one person writes for another."""
COUNTRIES = frozenset(("FR", "ML", "CA", "LU", "CD", "TN"))
PIECES = [
    *("a", "a@", "a@b.", "a.", "0", "00", "06 ", "6 ", "0 0 ", "70 12 ", "2222222222 ", "+1", "+1 ", "+262692123456 "),
    *(
        "1 234 ",
        "12/",
        "1|",
        "1,1",
        "1.1.1.",
        "12:30 ",
        "2026-01-01 ",
        "12 € ",
        "€1 ",
        "1'000",
        "rgb 1 ",
        "( ",
        "01 02 03 04 ",
    ),
    *("commande ", "commande 0612345678 ", "FA-", "tel ", "tel 70123456 ", "0️⃣", "\u200b", "O6 ", "o0"),
    *("un ", "zero ", "quatre-vingt-", "soixante dix ", "double "),
    *(
        "FR76 ",
        "FR76-30",
        "0x",
        "bc1",
        "550e8400-e29b-41d4-",
        "paypal ",
        "paypal . ",
        "wise / ",
        "www.",
        "x" * 30 + ".",
    ),
    *("a at ", "a at b dot ", "a (at) ", "a arobase b point ", "gmail ", "gmail:", "a" * 64 + "@"),
    *("insta ", "insta: ", "insta:a", "mon telegram ", "écris ", "écris-", "écris" + " " * 20, "@a sur ", "discord a#"),
]


@pytest.mark.parametrize("piece", PIECES)
def test_a_hostile_text_costs_what_its_length_costs(piece: str) -> None:
    assert growth(lambda text: find(text, COUNTRIES), piece, LONGEST) < 3
