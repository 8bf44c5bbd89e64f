"""The XML within an invoice is read back: valid by the official schema, and the same to the minor unit."""

import io
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import facturx
import pytest
from pypdf import PdfReader

from orderhub.adapters.documents.factur_x import invoice_xml
from orderhub.adapters.documents.glyphs import FONTS
from orderhub.adapters.documents.printing import print_document
from orderhub.domain.documents.content import Content, Parties
from orderhub.domain.documents.credits import credit_part
from orderhub.domain.documents.house import Addressee
from orderhub.domain.documents.kinds import DocumentKind
from orderhub.kit.money import major
from orderhub.kit.text import Language
from tests.adapters.documents.reading import attachment
from tests.adapters.documents.test_printing import HOSTILE, NAMES, hostile
from tests.making import documents

INVOICE, CREDIT = DocumentKind.FINAL_INVOICE, DocumentKind.CREDIT_NOTE
FRENCH = Language.FRENCH

_check: Any = facturx.xml_check_xsd  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] - it has no types
_parse: Any = facturx.parse_ubl_cii_xml  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] - likewise


def read_back(xml: bytes) -> Mapping[str, Any]:
    """The terms of valid XML by their numbers."""
    assert _check(xml, flavor="factur-x", level="en16931") is True
    return _parse(xml)


def assert_sums(said: Mapping[str, Any], content: Content) -> None:
    """Every sum of the XML is the content's."""

    def amount(minor: int) -> Decimal:
        return major(minor, content["currency"])

    expected = {
        "BT-106": content["goods"],
        "BT-109": content["total"] - content["tax_total"],
        "BT-110": content["tax_total"],
        "BT-112": content["total"],
        "BT-115": content["balance"],
    }
    assert {term: Decimal(str(said[term])) for term in expected} == {
        term: amount(minor) for term, minor in expected.items()
    }
    lines = [(Decimal(str(line["BT-129"])), Decimal(str(line["BT-131"]))) for line in said["BG-25"]]
    assert lines == [(line["quantity"], amount(line["amount"])) for line in content["lines"]]
    taxes = [(Decimal(str(tax["BT-116"])), Decimal(str(tax["BT-117"]))) for tax in said["BG-23"]]
    assert taxes == [(amount(tax["base"]), amount(tax["amount"])) for tax in content["taxes"]]
    charges: list[dict[str, Any]] = said.get("BG-21") or []
    assert sum(Decimal(str(charge["amount"])) for charge in charges) == amount(
        content["fees_total"] + content["freight_total"]
    )


@pytest.mark.parametrize("currency", ["EUR", "CHF", "XOF", "XAF", "TND"])
def test_an_invoice_says_the_same_in_xml(currency: str) -> None:
    content = documents.final_invoice(documents.priced_content(currency))
    said = read_back(attachment(print_document(INVOICE, content, FRENCH)))
    assert (said["BT-1"], said["BT-3"], said["BT-5"]) == ("FA-2026-000042", "380", currency)
    assert str(said["BT-2"]) == "2026-11-22"
    assert said["BG-4"]["vat_identifier"] == "FR32123456789"
    assert (said["BG-7"]["name"], said["BG-7"]["country_code"]) == ("Awa Diop", "SN")
    assert Decimal(str(said["BT-113"])) == major(content["paid"], currency)
    assert_sums(said, content)


def test_eighty_lines_are_eighty_lines() -> None:
    lines = [documents.article(place) for place in range(80)]
    content = documents.final_invoice(documents.priced_content("XOF", lines))
    assert_sums(read_back(invoice_xml(INVOICE, content, FRENCH)), content)


def test_a_credit_note_names_the_invoice() -> None:
    invoice = documents.final_invoice()
    content = documents.credit_note(credit_part(invoice, 12_345, "Casserole cabossée"), invoice)
    said = read_back(attachment(print_document(CREDIT, content, FRENCH)))
    assert (said["BT-1"], said["BT-3"]) == ("AV-2026-000007", "381")
    assert [(each["BT-25"], str(each["BT-26"])) for each in said["BG-3"]] == [("FA-2026-000042", "2026-11-22")]
    assert_sums(said, content)


def test_a_house_without_vat_says_why_there_is_none() -> None:
    house = documents.house(vat_id=None, iban=None, street=(), city=None, tax_note="Franchise en base")
    parties = Parties(Addressee("Awa", "awa@example.org", None), house)
    lines = [documents.article(0, tax_basis_points=0)]
    content = documents.final_invoice(documents.priced_content("EUR", lines, fees=(), freight=None), parties=parties)
    said = read_back(invoice_xml(INVOICE, content, FRENCH))
    assert [(tax["BT-118"], tax["BT-120"]) for tax in said["BG-23"]] == [("O", "Franchise en base")]
    assert_sums(said, content)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_wrote_is_text_in_the_xml(text: str) -> None:
    content = hostile(INVOICE, f"</ram:Name>&{text}")
    said = read_back(invoice_xml(INVOICE, content, FRENCH))
    wanted = f"</ram:Name>&{text}".replace("\x07", "")
    assert said["BG-25"][0]["BT-153"] == wanted.strip()
    assert_sums(said, content)


@pytest.mark.parametrize("content", [documents.final_invoice(), hostile(INVOICE, " ".join(NAMES.values()))])
def test_the_file_says_that_it_is_pdf_a_with_an_invoice_within(content: Content) -> None:
    pdf = print_document(INVOICE, content, FRENCH)
    reader = PdfReader(io.BytesIO(pdf))
    root: Any = reader.root_object
    metadata = root["/Metadata"].get_object().get_data().decode()
    for part in (
        "<pdfaid:part>3</pdfaid:part>",
        "<pdfaid:conformance>B</pdfaid:conformance>",
        "<fx:DocumentType>INVOICE</fx:DocumentType>",
        "<fx:DocumentFileName>factur-x.xml</fx:DocumentFileName>",
        "<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>",
        "<pdfaSchema:prefix>fx</pdfaSchema:prefix>",
    ):
        assert part in metadata
    assert root["/AF"][0].get_object()["/AFRelationship"] == "/Data"
    assert root["/OutputIntents"]
    fonts = {str(font) for page in reader.pages for font in _fonts(page)}
    assert fonts, "no font is in the file"
    families = {font.partition("+")[2].partition("-")[0].casefold() for font in fonts}
    assert families <= {name.replace(" ", "").casefold() for name in FONTS}, "every font is a subset of a known one"


def _fonts(page: Any) -> list[str]:
    found: list[str] = []
    for font in page["/Resources"]["/Font"].values():
        descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert any(name in descriptor for name in ("/FontFile", "/FontFile2", "/FontFile3"))
        found.append(descriptor["/FontName"])
    return found
