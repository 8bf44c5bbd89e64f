"""Addresses as they are shown, and the networks that limits count by."""

import pytest

from orderhub.kit.networks import network_of, show_address


@pytest.mark.parametrize(
    ("address", "shown", "network"),
    [
        ("192.0.2.7", "192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7", "192.0.2.7"),
        ("::FFFF:C000:0207", "192.0.2.7", "192.0.2.7"),
        ("2001:DB8:0:1:0:0:0:7", "2001:db8:0:1::7", "2001:db8:0:1::/64"),
        ("2001:db8:0:1:ffff:ffff:ffff:ffff", "2001:db8:0:1:ffff:ffff:ffff:ffff", "2001:db8:0:1::/64"),
        ("2001:db8:0:2::", "2001:db8:0:2::", "2001:db8:0:2::/64"),
        ("fe80::1%eth0", "fe80::1", "fe80::/64"),
        ("::1", "::1", "::/64"),
        ("192.0.2.7, 192.0.2.8", "unknown", "unknown"),
        ("x" * 400, "unknown", "unknown"),
        ("", "unknown", "unknown"),
        (None, "unknown", "unknown"),
    ],
)
def test_an_address_is_shown_and_counted(address: str | None, shown: str, network: str) -> None:
    assert (show_address(address), network_of(address)) == (shown, network)
