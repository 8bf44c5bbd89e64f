"""The room of the kind `sourced`: the house buys on a customer's behalf, for a quote that was accepted."""

from typing import Final

from orderhub.domain.documents.kinds import DocumentKind
from orderhub.domain.orders.kinds.kind import Kind, Late, Parcels, ParcelStatus, Personal, Proofs, Sent, Shown
from orderhub.domain.orders.kinds.sourced import personal_data, presentation
from orderhub.domain.orders.kinds.sourced.clocks import DURATIONS
from orderhub.domain.orders.kinds.sourced.details import SourcedDetails, details_of, promised_arrival
from orderhub.domain.orders.kinds.sourced.dues import due
from orderhub.domain.orders.kinds.sourced.effects import leave
from orderhub.domain.orders.kinds.sourced.issuing import issue
from orderhub.domain.orders.kinds.sourced.table import SOURCED, UNDER_WAY, awaiting_balance, awaiting_deposit
from orderhub.domain.orders.kinds.sourced.waits import WAITS
from orderhub.domain.orders.kinds.sourced.wording import WORDS
from orderhub.domain.orders.state import OrderState
from orderhub.domain.policies.rules import Sale
from orderhub.domain.process import By


def _sent(order: OrderState) -> Sent | None:
    details = details_of(order)
    carrier, number = details.carrier, details.tracking_number
    return Sent(carrier, number) if carrier and number else None


SOURCED_ORDERS: Final = Kind(
    table=SOURCED,
    details=SourcedDetails,
    due=due,
    leave=leave,
    shown=Shown(presentation.line, presentation.show, presentation.ABSENT),
    words=WORDS,
    durations=DURATIONS,
    sale=Sale(by_house=True),
    late={
        status.code: Late("receive", frozenset({By.BUYER, By.SELLER}), promised=promised_arrival)
        for status in UNDER_WAY
    },
    waits=WAITS,
    issue=issue,
    parcels=Parcels(_sent, {ParcelStatus.DELIVERED: "confirm_receipt"}),
    personal=Personal(personal_data.export, personal_data.forget, personal_data.QUOTED),
    proofs=Proofs(
        presentation.pending_proof,
        {DocumentKind.PROFORMA: awaiting_deposit.code, DocumentKind.FINAL_INVOICE: awaiting_balance.code},
    ),
)
