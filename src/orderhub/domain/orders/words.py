"""Who reads whose words in an order, and how: what `contact_details.disclosure` is asked for. Pure."""

from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.contact_details.disclosure import AS_WRITTEN, Disclosure, between
from orderhub.domain.orders.loading import Loaded


def to_both(loaded: Loaded) -> Disclosure:
    """For what both parties read alike, such as an event."""
    order = loaded.order
    if order.seller_id == HOUSE_ID:
        return AS_WRITTEN
    return between((loaded.buyer.country, loaded.seller.country), paid=order.paid_at is not None)


def of_party(loaded: Loaded, author: str, reader: str) -> Disclosure:
    """The words of the party in the role ``author`` for a ``reader``: a party, or staff."""
    return AS_WRITTEN if reader in (author, "staff") else to_both(loaded)
