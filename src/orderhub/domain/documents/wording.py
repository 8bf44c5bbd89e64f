"""How documents are called."""

from typing import Final

from orderhub.domain.documents.kinds import DocumentKind
from orderhub.kit.text import Label

TITLES: Final = {
    DocumentKind.PROFORMA: Label("Proforma", "Proforma"),
    DocumentKind.FINAL_INVOICE: Label("Facture", "Invoice"),
    DocumentKind.CREDIT_NOTE: Label("Avoir", "Credit note"),
}
