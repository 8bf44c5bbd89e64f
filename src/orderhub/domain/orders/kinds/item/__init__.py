"""The room of the kind `item`: a person sells what they have, and sends it."""

from typing import Final

from orderhub.domain.orders.kinds.item import personal_data, presentation
from orderhub.domain.orders.kinds.item.clocks import DURATIONS
from orderhub.domain.orders.kinds.item.details import ItemDetails, details_of
from orderhub.domain.orders.kinds.item.dues import due
from orderhub.domain.orders.kinds.item.effects import leave
from orderhub.domain.orders.kinds.item.placing import PLACING
from orderhub.domain.orders.kinds.item.settling import settle
from orderhub.domain.orders.kinds.item.table import ITEM, disputed
from orderhub.domain.orders.kinds.item.wording import WORDS
from orderhub.domain.orders.kinds.kind import DISPUTE, Kind, Parcels, ParcelStatus, Personal, Sent, Shown, StaffWait
from orderhub.domain.orders.state import OrderState
from orderhub.domain.policies.rules import Sale


def _sent(order: OrderState) -> Sent | None:
    """The parcel on its way back, once there is one; else that on its way there."""
    details = details_of(order)
    parcel = (details.returned and details.returned.parcel) or details.parcel
    return None if parcel is None else Sent(parcel.carrier, parcel.tracking_number)


ITEM_ORDERS: Final = Kind(
    table=ITEM,
    details=ItemDetails,
    placing=PLACING,
    due=due,
    leave=leave,
    shown=Shown(
        presentation.line, figures=presentation.figures, absent=presentation.ABSENT, of_both=presentation.of_both
    ),
    words=WORDS,
    durations=DURATIONS,
    sale=Sale(),
    waits=(StaffWait(DISPUTE, disputed.code),),
    parcels=Parcels(_sent, {ParcelStatus.DELIVERED: "mark_delivered", ParcelStatus.RETURNED: "return_to_sender"}),
    settles=settle,
    evidence_only=True,
    personal=Personal(personal_data.export, personal_data.forget),
)
