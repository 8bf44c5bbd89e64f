"""Who reads what of a text that says how to reach and to pay its author."""

from orderhub.domain.contact_details.disclosure import AS_WRITTEN, between, to_public

SAID = {"reason": "06 12 34 56 78", "links": ["paypal.me/awa", {"note": "70 12 34 56"}], "days": 3}


def test_the_author_reads_it_as_it_was_written() -> None:
    assert AS_WRITTEN.document(SAID) == SAID


def test_the_other_party_reads_numbers_once_an_order_is_paid_and_ways_to_pay_never() -> None:
    unpaid = {"reason": "•••••", "links": ["•••••", {"note": "•••••"}], "days": 3}
    assert between(("ML", "FR"), paid=False).document(SAID) == unpaid
    paid = {"reason": "06 12 34 56 78", "links": ["•••••", {"note": "70 12 34 56"}], "days": 3}
    assert between(("ML", "FR"), paid=True).document(SAID) == paid


def test_everybody_else_reads_neither_and_a_number_of_elsewhere_is_a_figure() -> None:
    shown = {"reason": "•••••", "links": ["•••••", {"note": "70 12 34 56"}], "days": 3}
    assert to_public(("FR",)).document(SAID) == shown
