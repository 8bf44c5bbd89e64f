"""Names as clients write them are read; what could mislead whoever sees them is left out."""

import pytest

from orderhub.domain.files.names import read_name, safe_name


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("reçu.pdf", "reçu.pdf"),
        ("=?UTF-8?B?cmXDp3UucGRm?=", "reçu.pdf"),
        ("=?utf-8?q?re=C3=A7u=2Epdf?=", "reçu.pdf"),
        ("=?iso-8859-1?Q?re=E7u?= =?iso-8859-1?Q?_2.pdf?=", "reçu 2.pdf"),
        ("=?klingon?B?cmXDp3UucGRm?=", "=?klingon?B?cmXDp3UucGRm?="),
        ("=?UTF-8?B?!?=", ""),
        ("re%C3%A7u.pdf", "reçu.pdf"),
        ("re%C3%A7u%202.pdf", "reçu 2.pdf"),
        ("re%E7u.pdf", "re%E7u.pdf"),
        ("100%.pdf", "100%.pdf"),
        ("50 %20 remise.pdf", "50 %20 remise.pdf"),
        ("reçu %22final%22.pdf", 'reçu "final".pdf'),
        ("", ""),
    ],
)
def test_what_clients_write_is_read(written: str, name: str) -> None:
    assert read_name(written) == name


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Logo final.PDF", "Logo final.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Bureau\\devis.pdf", "devis.pdf"),
        ("\\\\serveur\\partage\\devis.pdf", "devis.pdf"),
        ("contrat.exe", "contrat.pdf"),
        ('a"b\r\nSet-Cookie: x.pdf', "abSet-Cookie x.pdf"),
        ("facture\u202efdp.exe", "facturefdp.pdf"),
        ("facture\u2066\u2069.pdf", "facture.pdf"),
        ("re\u00adçu\u200b.pdf", "reçu.pdf"),
        ("rec\u0327u.pdf", "reçu.pdf"),
        ("reçu\u00a02.pdf", "reçu 2.pdf"),
        ("\u200b\u3164.pdf", "file.pdf"),
        ("\u2800\u115f\ufe0f", "file.pdf"),
        ("\u200d\u200c.pdf", "file.pdf"),
        ("نیم\u200cفاصله.pdf", "نیم\u200cفاصله.pdf"),
        ("👩\u200d🎨.pdf", "👩\u200d🎨.pdf"),
        ("\ud800.pdf", "file.pdf"),
        ("", "file.pdf"),
        ("...", "file.pdf"),
        (".pdf", "file.pdf"),
        ("/", "file.pdf"),
        ("é" * 300, "é" * 100 + ".pdf"),
        ("x" * 99 + " " + "y" * 9, "x" * 99 + ".pdf"),
    ],
)
def test_names_are_made_harmless(given: str, kept: str) -> None:
    assert safe_name(given, "application/pdf") == kept


def test_a_photo_of_a_telephone_is_named_as_it_is_shown() -> None:
    assert safe_name("IMG_0042.HEIC", "image/jpeg") == "IMG_0042.jpg"
    assert safe_name("IMG_0042.jpg", "image/heic") == "IMG_0042.heic"
