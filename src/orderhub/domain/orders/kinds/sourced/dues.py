"""What the buyer of a sourced order can pay now: what is left of the deposit, or of the balance."""

from collections.abc import Sequence

from orderhub.domain.orders.kinds.kind import Document, Due
from orderhub.domain.orders.kinds.sourced.details import details_of
from orderhub.domain.orders.kinds.sourced.details import due as left_to_pay
from orderhub.domain.orders.state import OrderState
from orderhub.domain.payments.methods import MANUAL_METHODS, PaymentMethod


def due(order: OrderState) -> Sequence[Due]:
    """By card and wallet, and by hand as far as staff have said how."""
    amount = left_to_pay(order)
    return (Due(None, order.title, amount, order.currency, _by_hand(order)),) if amount else ()


def _by_hand(order: OrderState) -> dict[PaymentMethod, Document]:
    """What staff said on the proforma, and what to write as the reference."""
    details = details_of(order)
    said = {
        method: [each for each in details.payment_instructions if each["method"] == method.value]
        for method in MANUAL_METHODS
    }
    return {
        method: {"type": "instructions", "instructions": instructions, "reference": details.number}
        for method, instructions in said.items()
        if instructions
    }
