"""What a document is, and the series that numbers it."""

from enum import StrEnum


class Series(StrEnum):
    """The number series: the first letters of every number."""

    PROFORMA = "PF"
    FINAL_INVOICE = "FA"
    CREDIT_NOTE = "AV"


class DocumentKind(StrEnum):
    """The kinds of document."""

    PROFORMA = "proforma"
    FINAL_INVOICE = "final_invoice"
    CREDIT_NOTE = "credit_note"

    @property
    def series(self) -> Series:
        """The series of its numbers."""
        return Series[self.name]
