"""The receipts of the sample data: PDF files that a strict reader takes, each with a hash of its own."""

from io import BytesIO

from pypdf import PdfReader

from orderhub.domain.sample_receipts import RECEIPTS, hash_of
from orderhub.domain.samples import Files


def test_a_receipt_is_a_page_that_can_be_read() -> None:
    (page,) = PdfReader(BytesIO(RECEIPTS[Files.RECEIPT_OF_LEA]), strict=True).pages
    assert page.extract_text().split("\n")[1:3] == ["Virement international exécuté", "Léa Fontaine"]


def test_no_two_receipts_have_the_same_hash() -> None:
    assert len({hash_of(file) for file in RECEIPTS}) == len(RECEIPTS)
