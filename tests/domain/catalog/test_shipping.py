"""What items cost with shipping and the buyer's protection."""

import pytest

from orderhub.domain.catalog.shipping import NotShippedError, charge, parcel_of, zone_of
from orderhub.domain.policies.charges import Protection, Shipping, protection_faults, shipping_faults

SHIPPING = Shipping(
    (("BE", "CH", "FR"), ("CI", "SN")),
    {"EUR": {"small": {"domestic": 399, "near": 799}, "medium": {"domestic": 599}, "large": {"domestic": 999}}},
)
PROTECTION = Protection(500, {"EUR": 70})


def price(destination: str, *sizes: str, amount: int = 2_500, currency: str = "EUR") -> tuple[int, int, int]:
    found = charge(
        SHIPPING, PROTECTION, currency=currency, price=amount, sizes=sizes, origin="FR", destination=destination
    )
    return found.shipping, found.fee, found.total


@pytest.mark.parametrize(
    ("sizes", "parcel"),
    [
        (["small"], "small"),
        (["small", "small"], "small"),
        (["small"] * 3, "medium"),
        (["small"] * 4, "medium"),
        (["small"] * 5, "large"),
        (["medium"], "medium"),
        (["medium", "medium"], "medium"),
        (["medium", "medium", "small"], "large"),
        (["large"], "large"),
    ],
)
def test_one_parcel_has_room_for_all(sizes: list[str], parcel: str) -> None:
    assert parcel_of(sizes) == parcel


def test_zones() -> None:
    assert zone_of("FR", "FR", ()) == "domestic"
    assert zone_of("FR", "BE", SHIPPING.near_to("FR")) == "near"
    assert zone_of("FR", "CI", SHIPPING.near_to("FR")) == "far"
    assert SHIPPING.near_to("SN") == ("CI",)


def test_price_shipping_and_fee() -> None:
    assert price("FR", "small") == (399, 195, 3_094)
    assert price("BE", "small") == (799, 195, 3_494)
    assert price("FR", "small", "medium", amount=10_000) == (599, 570, 11_169)


def test_the_share_is_rounded_half_to_even() -> None:
    assert [PROTECTION.fee(amount, "EUR") - 70 for amount in (10, 30, 50)] == [0, 2, 2]


@pytest.mark.parametrize(
    ("destination", "size", "currency"), [("CI", "small", "EUR"), ("BE", "medium", "EUR"), ("FR", "small", "XOF")]
)
def test_what_has_no_price_is_not_shipped(destination: str, size: str, currency: str) -> None:
    with pytest.raises(NotShippedError):
        price(destination, size, currency=currency)


def test_what_may_not_be_charged() -> None:
    wrong = Shipping(rates={"EUR": {"small": {"domestic": 500, "far": 400}, "medium": {"domestic": 1}}, "LEGO": {}})
    faults = {(fault.pointer, fault.code) for fault in shipping_faults(wrong)}
    assert faults >= {
        ("/rates/EUR/small", "not_rising"),
        ("/rates/EUR/large/domestic", "missing"),
        ("/rates/LEGO", "unknown_currency"),
    }
    assert shipping_faults(Shipping(rates={"EUR": SHIPPING.rates["EUR"]})) == ()
    assert [fault.pointer for fault in protection_faults(Protection(1, {"LEGO": 1}))] == ["/fixed/LEGO"]
