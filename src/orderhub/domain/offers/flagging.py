"""Contact details in an offer: masked for its reader, and flagged for staff, one case a listing.

The caller holds the listing's lock, so that two offers never open two cases.
"""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Uuid, bindparam, select

from orderhub.domain.cases.models import Case, CaseKind
from orderhub.domain.contact_details.masking import find, hidden
from orderhub.domain.flags.models import Flag
from orderhub.domain.flags.service import OPENED, Place
from orderhub.domain.offers.advance import merge
from orderhub.domain.offers.loading import Loaded
from orderhub.domain.transitions.change import Rows
from orderhub.infra.database import HotTransaction, Statement
from orderhub.kit.ids import new_id, show_id

_OPEN: Final = Statement(
    select(Case.id)
    .join(Flag, Flag.case_id == Case.id)
    .where(Flag.listing_id == bindparam("listing_id", type_=Uuid()), Case.closed_at.is_(None))
    .limit(1)
)


async def flag(transaction: HotTransaction, offers: Sequence[Loaded], rows: Rows) -> None:
    """Append to the rows of offers on one listing the flags of those that lead away from the hub."""
    found = [(loaded, kinds) for loaded in offers if (kinds := _kinds(loaded))]
    if not found:
        return
    first = found[0][0]
    known = await transaction.row(_OPEN, {"listing_id": first.offer.listing_id})
    case_id: UUID = new_id() if known is None else known["id"]
    if known is None:
        merge(rows, _case(first, case_id))
    merge(rows, {Flag.__tablename__: [_flag(loaded, kinds, case_id) for loaded, kinds in found]})


def _kinds(loaded: Loaded) -> list[str]:
    countries = frozenset((loaded.buyer.country, loaded.seller.country, *loaded.countries))
    written = (loaded.offer.message, loaded.offer.scope)
    spans = [span for text in written if text for span in hidden(find(text, countries), paid=loaded.paid)]
    return sorted({span.kind.value for span in spans})


def _flag(loaded: Loaded, kinds: list[str], case_id: UUID) -> dict[str, Any]:
    offer = loaded.offer
    return {
        "id": new_id(),
        "offer_id": offer.id,
        "listing_id": offer.listing_id,
        "account_id": offer.author_id,
        "case_id": case_id,
        "kinds": kinds,
        "flagged_at": offer.made_at,
    }


def _case(loaded: Loaded, case_id: UUID) -> Rows:
    place, offer = Place(listing_id=loaded.offer.listing_id), loaded.offer
    case = {
        "id": case_id,
        "kind": CaseKind.CONTACT_DETAILS.value,
        "reason": f"Contact details in {place.shown}.",
        "opened_at": offer.made_at,
    }
    event = {
        "id": new_id(),
        "topic": OPENED,
        "subject": show_id("cas", case_id),
        "sequence": 1,
        "first_party": None,
        "second_party": None,
        "at": offer.made_at,
        "data": {"case_id": show_id("cas", case_id), "kind": case["kind"], "order_id": None},
    }
    return {Case.__tablename__: [case], "events": [event]}
