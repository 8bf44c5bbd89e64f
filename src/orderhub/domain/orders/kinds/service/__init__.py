"""The room of the kind `service`: a freelancer works for a buyer."""

from typing import Final

from orderhub.domain.catalog.categories import OF_KIND
from orderhub.domain.catalog.models import ListingKind
from orderhub.domain.orders.clocks import SELLER
from orderhub.domain.orders.kinds.kind import DISPUTE, Kind, Late, Personal, Shown, StaffWait
from orderhub.domain.orders.kinds.service import offers, personal_data, presentation
from orderhub.domain.orders.kinds.service.clocks import DURATIONS
from orderhub.domain.orders.kinds.service.details import ServiceDetails
from orderhub.domain.orders.kinds.service.dues import due
from orderhub.domain.orders.kinds.service.effects import leave
from orderhub.domain.orders.kinds.service.files import answered_with
from orderhub.domain.orders.kinds.service.placing import PLACING
from orderhub.domain.orders.kinds.service.table import SERVICE, disputed, in_progress
from orderhub.domain.orders.kinds.service.wording import WORDS
from orderhub.domain.policies.rules import Sale

SERVICE_ORDERS: Final = Kind(
    table=SERVICE,
    details=ServiceDetails,
    placing=PLACING,
    due=due,
    leave=leave,
    shown=Shown(
        presentation.line,
        presentation.show,
        presentation.ABSENT,
        presentation.figures,
        presentation.buyers,
        presentation.pending,
        presentation.sellers,
        presentation.NOT_PENDING,
    ),
    words=WORDS,
    durations=DURATIONS,
    sale=Sale(categories=frozenset(OF_KIND[ListingKind.SERVICE])),
    late={in_progress.code: Late("deliver", SELLER, reminds=True)},
    waits=(StaffWait(DISPUTE, disputed.code),),
    personal=Personal(personal_data.export, personal_data.forget),
    named_in=answered_with,
    settles=offers.settle,
)
