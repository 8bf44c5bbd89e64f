"""What happened to an offer."""

from typing import Annotated

from pydantic import MISSING, Field

from orderhub.api.schemas.base import OfferId, OrderId, Output
from orderhub.api.schemas.history import Happened
from orderhub.api.schemas.process_codes import OfferStatus, OfferTransitionName
from orderhub.domain.offers.process import Because


class OfferSaid(Output):
    """What was said with a change of an offer, whichever: the document has a form for each action, made of its rows."""

    countered_by: Annotated[OfferId, Field(description="The offer that answers it.")] | MISSING = MISSING
    because: Annotated[Because, Field(description="Why it is worth nothing any more.")] | MISSING = MISSING
    order_id: Annotated[OrderId, Field(description="The order that has used it.")] | MISSING = MISSING


class OfferHistoryOut(Happened):
    """One thing that happened to an offer; ``from`` null made it."""

    action: OfferTransitionName
    from_status: Annotated[OfferStatus | None, Field(alias="from")]
    to_status: Annotated[OfferStatus, Field(alias="to")]
    said: OfferSaid


class OfferHistoryListOut(Output):
    """Everything that happened to an offer, the newest first."""

    data: Annotated[list[OfferHistoryOut], Field(max_length=4)]
