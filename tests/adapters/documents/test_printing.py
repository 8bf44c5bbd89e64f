"""Documents are printed and read back: text, totals, pages; nothing leaves its place, whatever people wrote."""

import io
import json
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import typst
from pypdf import PdfReader

from orderhub.adapters.documents.glyphs import BOUNDS, FONTS, has_glyph, printable
from orderhub.adapters.documents.printing import fonts, print_document
from orderhub.domain.documents.content import Content, Parties
from orderhub.domain.documents.house import Addressee
from orderhub.domain.documents.kinds import DocumentKind
from orderhub.domain.proforma.draft import FlatFreight
from orderhub.kit.text import Language
from tests.adapters.documents.reading import Page, margins_are_white, plain, read, text_of
from tests.making import documents

FRENCH, ENGLISH = Language.FRENCH, Language.ENGLISH
PROFORMA, INVOICE, CREDIT = DocumentKind.PROFORMA, DocumentKind.FINAL_INVOICE, DocumentKind.CREDIT_NOTE

TOTALS = {
    ("EUR", FRENCH): ("783,07 €", "313,23 €", "469,84 €"),
    ("EUR", ENGLISH): ("€783.07", "€313.23", "€469.84"),
    ("CHF", FRENCH): ("783,07 CHF", "313,23 CHF", "469,84 CHF"),
    ("CHF", ENGLISH): ("CHF 783.07", "CHF 313.23", "CHF 469.84"),
    ("XOF", FRENCH): ("78 307 F CFA", "31 323 F CFA", "46 984 F CFA"),
    ("XOF", ENGLISH): ("F CFA 78,307", "F CFA 31,323", "F CFA 46,984"),
    ("XAF", FRENCH): ("78 307 FCFA", "31 323 FCFA", "46 984 FCFA"),
    ("XAF", ENGLISH): ("FCFA 78,307", "FCFA 31,323", "FCFA 46,984"),
    ("TND", FRENCH): ("78,307 TND", "31,323 TND", "46,984 TND"),
    ("TND", ENGLISH): ("TND 78.307", "TND 31.323", "TND 46.984"),
}
"""Total, deposit and balance of the same whole amounts in each currency."""


@pytest.mark.parametrize(("currency", "language"), TOTALS, ids=str)
def test_totals_are_those_of_the_content(currency: str, language: Language) -> None:
    content = documents.priced_content(currency)
    assert (content["total"], content["deposit"], content["balance"]) == (78_307, 31_323, 46_984)
    said = text_of(print_document(PROFORMA, documents.proforma(content), language))
    for amount in TOTALS[currency, language]:
        assert amount in said, said


def test_a_proforma_says_everything_in_french() -> None:
    (page,) = read(print_document(PROFORMA, documents.proforma(), FRENCH))
    for text in (
        "PROFORMA",
        "PF-2026-000123",
        "Maison Kéita & Fils",
        "3 quai de Rive-Neuve",
        "13007 Marseille",
        "22 novembre 2026",
        "29 novembre 2026, 14:05 (UTC+01:00)",
        "1er décembre 2026",
        "20 décembre 2026",
        "Awa Diop",
        "12 rue Félix-Faure",
        "10700 Dakar",
        "Sénégal",
        "Cafetière à piston, 1 litre",
        "Comptoir de l’Est",
        "Verre trempé, couleur cuivre",
        "1 890 JPY, au cours du 20 novembre",
        "Livre « L’Œuvre » d’Émile Zola",
        "361,50",
        "Frais de service",
        "12,5 kg à 14,00 € le kilogramme",
        "Montants en euros (EUR), hors taxes.",
        "Total HT",
        "TVA 20 % sur 496,10 €",
        "99,22 €",
        "Acompte à verser (40 %)",
        "Référence à rappeler : PF-2026-000123",
        "IBAN FR76 3000 6000 0112 3456 7890 189",
        "Orange Money Sénégal",
        "Merci de votre confiance !",
        "Cette proforma ne vaut pas facture.",
        "RCS Marseille 123 456 789",
        "N° TVA FR32123456789",
        "Page 1 sur 1",
    ):
        assert text in page.text, (text, page.text)


def test_a_proforma_says_everything_in_english() -> None:
    (page,) = read(print_document(PROFORMA, documents.proforma(), ENGLISH))
    for text in (
        "29 November 2026, 14:05 (GMT+01:00)",
        "1 December 2026",
        "Senegal",
        "Amounts in euros (EUR), before tax.",
        "VAT 20% on €496.10",
        "Deposit to pay (40%)",
        "12.5 kg at €14.00 a kilogram",
        "Bank transfer",
        "This proforma is not an invoice.",
        "Page 1 of 1",
    ):
        assert text in page.text, (text, page.text)


@pytest.mark.parametrize(
    ("paid", "said"),
    [(31_323, "Solde à payer 469,84 €"), (78_307, "Solde : rien à payer"), (80_000, "Trop-perçu à rembourser 16,93 €")],
)
def test_an_invoice_says_what_is_left_to_pay(paid: int, said: str) -> None:
    printed = text_of(print_document(INVOICE, documents.final_invoice(paid=paid), FRENCH)).replace("\n", " ")
    assert "FACTURE" in printed
    assert said in printed
    assert ("Moyens de paiement".upper() in printed) is (paid < 78_307)


def test_a_credit_note_names_the_invoice_and_the_reason() -> None:
    invoice = documents.final_invoice()
    printed = text_of(print_document(CREDIT, documents.whole_credit_note(invoice), FRENCH))
    for text in ("AVOIR", "AV-2026-000007", "FA-2026-000042 du 22 novembre 2026", "783,07 €", "cabossée"):
        assert text in printed


def test_a_draft_is_marked_and_asks_for_nothing() -> None:
    printed = text_of(print_document(PROFORMA, documents.draft(), FRENCH))
    assert "BROUILLON" in printed.replace("\n", "")
    assert "PF-" not in printed
    assert "IBAN FR76 3000 6000 0112 3456 7890 189\nBIC" not in printed


def test_untaxed_prices_show_no_tax_but_the_reason() -> None:
    line = documents.article(0, tax_basis_points=0)
    house = documents.house(tax_note="TVA non applicable, art. 293 B du CGI")
    content = documents.priced_content(lines=[line], fees=(), freight=None)
    printed = text_of(print_document(PROFORMA, documents.proforma(content, Parties(documents.AWA, house)), FRENCH))
    assert "Total HT" not in printed
    assert "TVA non applicable, art. 293 B du CGI" in printed


def eighty(currency: str = "XOF") -> Content:
    lines = [documents.article(place, name=f"Article n° {place + 1}") for place in range(80)]
    return documents.final_invoice(documents.priced_content(currency, lines))


@pytest.mark.parametrize("language", [FRENCH, ENGLISH])
def test_many_lines_take_several_pages_each_with_the_table_head(language: Language) -> None:
    pages = read(print_document(INVOICE, eighty(), language))
    of = "sur" if language is FRENCH else "of"
    assert len(pages) > 2
    for place, page in enumerate(pages, 1):
        assert f"Page {place} {of} {len(pages)}" in page.text
        assert "FA-2026-000042" in page.text
        if "Article n° " in page.text:
            assert ("Prix unitaire HT" if language is FRENCH else "Unit price") in page.text
    everything = "\n".join(page.text for page in pages).splitlines()
    for place in range(80):
        assert sum(line.split(" ")[:3] == ["Article", "n°", str(place + 1)] for line in everything) == 1


def test_one_line_fits_one_page() -> None:
    content = documents.priced_content(lines=[documents.article(1)], fees=(), freight=None)
    (page,) = read(print_document(INVOICE, documents.final_invoice(content), FRENCH))
    assert "Robe d’été en lin" in page.text


def test_the_same_content_gives_the_same_bytes() -> None:
    for kind, content in ((PROFORMA, documents.proforma()), (INVOICE, documents.final_invoice())):
        assert print_document(kind, content, FRENCH) == print_document(kind, content, FRENCH)
        assert print_document(kind, content, FRENCH) != print_document(kind, content, ENGLISH)


def test_nothing_but_the_template_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    printed = print_document(INVOICE, documents.final_invoice(), FRENCH)
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert print_document(INVOICE, documents.final_invoice(), FRENCH) == printed


PILED_UP = "修\u05a3\u1cee\ufe2c"
"""A Chinese letter below a Hebrew, a Vedic and a half mark: no font has them all."""

HOSTILE = (
    '#panic("x")',
    '#read("/etc/passwd") #eval("1+1")',
    "*gras* _italique_ $x^2$ `code` = titre <label> @ref \\ // fin",
    '"; } ] ) #let x = 1; [',
    "#image(\"x\") #link('https://evil.example')[clic]",
    "https://boutique.example/" + "a" * 300,
    "W" * 400,
    "Robe 🌸 中文 עברית عربي Ω Ж ﬁ ½ ™ \u202eevil\u202c \x07",
    "…—–-«»“”’'",
    "深圳市" * 80,
    "م" * 200,
    "שלום " + "ש" * 200,
    "عربي https://boutique.example/" + "a" * 100 + " عربي",
    PILED_UP,
)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("kind", [PROFORMA, INVOICE])
def test_what_people_wrote_is_printed_as_it_is(kind: DocumentKind, text: str) -> None:
    content = hostile(kind, text)
    pages = read(print_document(kind, content, FRENCH))
    printed = "".join(page.text for page in pages).replace("\n", "").replace(" ", "")
    wanted = plain(printable(text)).replace("\n", "").replace(" ", "")
    if text.isascii() or text.startswith("…"):
        assert printed.count(wanted) >= 5, (wanted, printed)
    assert_in_place(pages)


def hostile(kind: DocumentKind, text: str) -> Content:
    """A content that says the same hostile thing wherever people or staff write."""
    line = documents.article(0, name=text, note=text, conversion_note=text, shop={"id": "shp_x", "name": text})
    content = documents.priced_content(lines=[line], remarks=f"{text}\n{text}")
    content["fees"][0]["label"] = text
    content["payment_instructions"][0] |= {"label": text, "details": text}
    address: dict[str, Any] = {**(documents.AWA.address or {}), "name": text, "line1": text, "city": text}
    parties = Parties(Addressee(text, "awa@example.org", address), documents.HOUSE)
    if kind is PROFORMA:
        return documents.proforma(content, parties)
    return documents.final_invoice(content, parties=parties)


def assert_in_place(pages: Sequence[Page]) -> None:
    """Nothing is in the margins of any page."""
    for place, page in enumerate(pages):
        assert margins_are_white(page, is_first=place == 0), f"page {place + 1}"


@pytest.mark.parametrize("currency", ["EUR", "CHF", "XOF", "XAF", "TND"])
def test_the_largest_amounts_stay_in_their_columns(currency: str) -> None:
    lines = [documents.article(place, 99_999_999_999, quantity=8) for place in range(1)]
    content = documents.priced_content(currency, lines, fees=(), freight=FlatFreight(11_111))
    assert_in_place(read(print_document(PROFORMA, documents.proforma(content), FRENCH)))


def test_a_long_document_stays_within_its_margins() -> None:
    assert_in_place(read(print_document(INVOICE, eighty("TND"), FRENCH)))


def test_every_character_that_counts_as_printable_has_a_glyph() -> None:
    # In PDF/A, Typst refuses a character without a glyph. Marks stand on a letter.
    source = b"""
        #set text(font: json(bytes(sys.inputs.fonts)), fallback: false)
        #let text = json(bytes(sys.inputs.text))
        #text *#text*
    """
    for first, end in list(pairwise(BOUNDS))[::2]:
        for at in range(first, end, 2000):
            letters = [chr(point) for point in range(at, min(at + 2000, end))]
            text = " ".join("a" + letter if unicodedata.combining(letter) else letter for letter in letters)
            inputs = {"fonts": json.dumps(FONTS), "text": json.dumps(text)}
            typst.compile(source, font_paths=fonts(), ignore_system_fonts=True, sys_inputs=inputs, pdf_standards="a-3b")


NAMES = {
    "Ewe": "Adjoa Kɔnan-Agbɛnu",
    "Fulah": "Ɓaawo Ŋgal Ƴellitaare ɗ ƙ ɲ",
    "Vietnamese": "Nguyễn Văn Đạt",
    "Greek": "Ελένη Παπαδοπούλου",
    "Russian": "Анна Ковалёва",
    "Chinese": "张伟明",
    "Japanese": "山田 太郎 ヤマダ",
    "Korean": "김민준",
    "Arabic": "محمد بن علي الحسن",
    "Persian": "علی رضا پژوهش",
    "Hebrew": "יוסף כהן",
    "Amharic": "አበበ ቢቂላ",
    "Georgian": "ნინო ბერიძე",
    "Thai": "สมชาย ใจดี",
}


@pytest.mark.parametrize("kind", [PROFORMA, INVOICE])
@pytest.mark.parametrize("language", NAMES)
def test_names_are_printed_and_copied_as_they_are_written(kind: DocumentKind, language: str) -> None:
    name = NAMES[language]
    pages = read(print_document(kind, hostile(kind, name), FRENCH))
    printed = "\n".join(page.text for page in pages)
    assert printed.count(name) >= 5, printed
    assert "□" not in printed
    assert_in_place(pages)


def test_right_to_left_names_are_read_from_the_right() -> None:
    address = {**(documents.AWA.address or {}), "name": "יוסף כהן", "line1": "شارع الحبيب بورقيبة 12"}
    content = documents.proforma(parties=Parties(Addressee("יוסף כהן", "yossef@example.org", address), documents.HOUSE))
    places = places_of(print_document(PROFORMA, content, FRENCH))
    assert places["י"] > places["ו"] > places["כ"] > places["ן"]
    assert places["ش"] > places["ح"] > places["ق"], "the street begins at the right, and its number is at the left"


def places_of(pdf: bytes) -> dict[str, float]:
    """How far from the left edge each character first stands."""
    page: Any = pypdfium2.PdfDocument(pdf)[0]
    text = page.get_textpage()
    letters = text.get_text_range()
    return {letters[place]: text.get_charbox(place)[0] for place in reversed(range(len(letters)))}


def test_an_iban_is_copied_in_one_piece() -> None:
    iban = "FR7630006000011234567890189"
    content = documents.priced_content()
    content["payment_instructions"][0]["details"] = iban
    pdf = print_document(PROFORMA, documents.proforma(content), FRENCH)
    assert iban in text_of(pdf)
    assert iban in "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_is_copied_that_nobody_wrote(text: str) -> None:
    document: Any = pypdfium2.PdfDocument(print_document(PROFORMA, hostile(PROFORMA, text), FRENCH))
    copied = "".join(page.get_textpage().get_text_range() for page in document)
    invisible = {letter for letter in copied if unicodedata.category(letter) == "Cf"}
    assert invisible == set()


def test_other_characters_are_written_another_way() -> None:
    assert printable("Robe 🌸 中 𞤀") == "Robe  中 □"
    assert printable("𝐀wa \u202eevil") == "Awa evil"
    assert printable("e\u0301 1\u202f234,50\u00a0€ F\u202fCFA œ") == "é 1\u202f234,50\u00a0€ F\u202fCFA œ"
    assert printable("é\u05a3", plain=True) == "é"
    assert not has_glyph("🌸")
