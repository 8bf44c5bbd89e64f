"""A URL is compared with shops' sites by its host and those above it."""

import pytest

from orderhub.domain.shops.hosts import host_of, hosts_of, is_shared


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://boutique.example/robes/42?taille=M#avis", "boutique.example"),
        ("HTTP://WWW.Boutique.Example:8443", "boutique.example"),
        ("boutique.example/robes", "boutique.example"),
        ("boutique.example:443/robes", "boutique.example"),
        ("https://boutique.example./", "boutique.example"),
        ("https://fr.boutique.example", "fr.boutique.example"),
        ("https://www2.boutique.example", "www2.boutique.example"),
        ("https://épicerie.example/miel", "xn--picerie-9xa.example"),
        ("https://xn--picerie-9xa.example/miel", "xn--picerie-9xa.example"),
        ("https://straße.example", "xn--strae-oqa.example"),
        ("https://ｂｏｕｔｉｑｕｅ。example", "boutique.example"),
        ("https://dakar.com.sn/wax", "dakar.com.sn"),
    ],
)
def test_hosts_are_kept_as_browsers_read_them(url: str, host: str) -> None:
    assert host_of(url) == host


@pytest.mark.parametrize(
    "url",
    [
        "",
        "robe bleue",
        "localhost",
        "https://",
        "ftp://boutique.example/prix.csv",
        "javascript://boutique.example/%0aalert(1)",
        "mailto:vente@boutique.example",
        "https://boutique.example@autre.example/",
        "https://autre.example\\@boutique.example/",
        "https://192.0.2.7/robes",
        "https://[2001:db8::7]/robes",
        "https://[2001:db8/robes",
        "https://boutique.example:99999/",
        "https://boutique.example:0/",
        "https://-boutique.example",
        "https://bou_tique.example",
        "https://bou%74ique.example",
        "https://boutique..example",
        f"https://{'a' * 64}.example",
        "https://" + "a." * 126 + "example",
    ],
)
def test_what_no_shop_could_have_is_refused(url: str) -> None:
    assert host_of(url) is None
    assert hosts_of(url) == []


def test_the_nearest_comes_first() -> None:
    assert hosts_of("https://www.soldes.fr.boutique.example/a") == [
        "soldes.fr.boutique.example",
        "fr.boutique.example",
        "boutique.example",
    ]


@pytest.mark.parametrize(
    ("url", "hosts"),
    [
        ("https://souk.com.tn/tapis", ["souk.com.tn"]),
        ("https://atelier.myshopify.com/products/bol", ["atelier.myshopify.com"]),
        ("https://com.tn", []),
        ("https://www.co.uk", []),
        ("https://co.example", ["co.example"]),
        ("https://shop.bazin.com.sn", ["shop.bazin.com.sn", "bazin.com.sn"]),
        ("https://awa.github.io/boutique", ["awa.github.io"]),
        ("https://robes.awa.wordpress.com", ["robes.awa.wordpress.com", "awa.wordpress.com"]),
        ("https://photos.s3.amazonaws.com/wax.jpg", ["photos.s3.amazonaws.com"]),
        ("https://press.ma", []),
    ],
)
def test_what_strangers_share_is_nobodys(url: str, hosts: list[str]) -> None:
    assert hosts_of(url) == hosts


def test_only_a_platform_and_a_registry_are_shared() -> None:
    shared = ["com.tn", "co.uk", "asso.fr", "gouv.sn", "or.ci", "xn--p1ai", "myshopify.com", "wordpress.com", "com.tg"]
    assert [host for host in (*shared, "boutique.tn", "fr.com", "a.com.tn", "wix.com") if is_shared(host)] == shared
