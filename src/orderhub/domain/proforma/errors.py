"""Refusals of a proforma that does not add up."""

from orderhub.kit.errors import FieldError, InvalidError
from orderhub.kit.text import Label


class ProformaAmountError(InvalidError):
    """An amount, or a sum of them, is nothing or more than can be asked for."""

    code = "proforma_amount"
    title = Label("Montant impossible", "This amount is not possible")


class ProformaDatesError(InvalidError):
    """The promised dates, or the validity, make no sense."""

    code = "proforma_dates"
    title = Label("Dates incohérentes", "These dates make no sense")


def bad_amount(pointer: str, detail: Label) -> ProformaAmountError:
    """The refusal of one amount."""
    return ProformaAmountError(detail, errors=(FieldError(pointer, ProformaAmountError.code, detail),))


def bad_dates(pointer: str, detail: Label) -> ProformaDatesError:
    """The refusal of one date or duration."""
    return ProformaDatesError(detail, errors=(FieldError(pointer, ProformaDatesError.code, detail),))
