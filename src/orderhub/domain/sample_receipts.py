"""The receipts of the sample data: real small PDF files, always the same, so that examples can name their hash."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Final
from uuid import UUID

from orderhub.domain.samples import Files

_FIRST: Final = b"%PDF-1.4\n"
_FONT: Final = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
_PAGE: Final = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 150]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>"


def _receipt(*lines: str) -> bytes:
    """A page with these lines."""
    shown = "".join(f"({line}) Tj T* " for line in lines)
    text = f"BT /F 12 Tf 24 110 Td 18 TL {shown}ET"
    stream = f"<</Length {len(text.encode('cp1252'))}>>stream\n{text}\nendstream"
    bodies = ("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", _PAGE, stream, _FONT)
    content, places = _FIRST, list[int]()
    for number, body in enumerate(bodies, 1):
        places.append(len(content))
        content += f"{number} 0 obj{body}endobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer<</Size 6/Root 1 0 R>>\nstartxref\n{len(content)}\n%%EOF\n"
    return content + f"xref\n0 6\n0000000000 65535 f \n{table}{trailer}".encode()


RECEIPTS: Final[Mapping[UUID, bytes]] = {
    Files.RECEIPT_OF_AWA: _receipt("Banque du Canal", "Virement SEPA exécuté", "Awa Diallo, VIR AWA"),
    Files.NEW_RECEIPT_OF_AWA: _receipt("Banque du Canal", "Virement SEPA exécuté", "Awa Diallo, VIR AWA 2"),
    Files.RECEIPT_OF_KOFFI: _receipt("Wave", "Paiement réussi", "Koffi N'Guessan, ORDERHUB"),
    Files.RECEIPT_OF_LEA: _receipt("Banque du Rhône", "Virement international exécuté", "Léa Fontaine"),
}


def hash_of(file_id: UUID) -> bytes:
    """The SHA-256 of a receipt, as it is stored with its proof."""
    return sha256(RECEIPTS[file_id]).digest()
