"""Links are read as browsers read them, and kept encoded."""

import pytest

from orderhub.kit.urls import MAX_URL, read_url


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("https://boutique.example/été", "https://boutique.example/%C3%A9t%C3%A9"),
        ("Https://Boutique.Example/X", "https://boutique.example/X"),
        ("  https://boutique.example/x\n", "https://boutique.example/x"),
        ("www.boutique.example/x", "https://www.boutique.example/x"),
        ("boutique.example:8443/x", "https://boutique.example:8443/x"),
        ("//boutique.example/x", "https://boutique.example/x"),
        ("https:/boutique.example/x", "https://boutique.example/x"),
        ("https://boutique.example/x?a=b|c", "https://boutique.example/x?a=b%7Cc"),
        (
            "https://boutique.example/robe d’été?q=a b",
            "https://boutique.example/robe%20d%E2%80%99%C3%A9t%C3%A9?q=a%20b",
        ),
        ("https://épicerie.example/miel#à", "https://xn--picerie-9xa.example/miel#%C3%A0"),
        ("https://boutique.example/100%/{x}^`[1]", "https://boutique.example/100%25/%7Bx%7D%5E%60[1]"),
        ("https://boutique.example/%C3%A9", "https://boutique.example/%C3%A9"),
        ("https://boutique.example", "https://boutique.example"),
        ("https://boutique.example/", "https://boutique.example/"),
        ("https://boutique.example/a\nb", "https://boutique.example/ab"),
        ("https://boutique.example/\u202eevil", "https://boutique.example/%E2%80%AEevil"),
        ("http://localhost:3000/retour", "http://localhost:3000/retour"),
    ],
)
def test_a_link_is_kept_encoded_and_read_again_is_the_same(said: str, kept: str) -> None:
    assert read_url(said) == kept
    assert read_url(kept) == kept


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "robe bleue",
        "boutique",
        "https://",
        "ftp://boutique.example/x",
        "javascript:alert(1)",
        "mailto:vente@boutique.example",
        "tel:0612345678",
        "file:///etc/passwd",
        "https://boutique.example:99999/",
        "https://boutique.example/\ud800",
    ],
)
def test_what_is_no_web_page_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"web page|URL|unicode"):
        read_url(text)


def test_a_link_is_bounded_once_encoded() -> None:
    begin = "https://boutique.example/"
    assert len(read_url(begin + "a" * 2500)) == len(begin) + 2500
    assert len(read_url(begin + "a" * (MAX_URL - len(begin)))) == MAX_URL
    for longer in ("a" * (MAX_URL - len(begin) + 1), "é" * (MAX_URL // 4)):
        with pytest.raises(ValueError, match="longer than 8000"):
            read_url(begin + longer)
