"""Links that open WhatsApp for staff."""

from urllib.parse import parse_qs, urlsplit

from orderhub.domain.accounts.phones import normalise_phone, wa_me_link


def test_a_link_names_the_number_in_digits_and_carries_the_text() -> None:
    text = "Bonjour Awa & co,\nvotre colis vous attend : 100 % prêt + payé ? https://front.example/orders/ord_1#retrait"
    link = wa_me_link(normalise_phone("06 12 34 56 78", "FR"), text)
    found = urlsplit(link)
    assert (found.scheme, found.netloc, found.path, found.fragment) == ("https", "wa.me", "/33612345678", "")
    assert parse_qs(found.query, strict_parsing=True) == {"text": [text]}
    assert " " not in link


def test_a_link_says_nothing_else() -> None:
    assert wa_me_link("+221771234567", "Prêt") == "https://wa.me/221771234567?text=Pr%C3%AAt"
