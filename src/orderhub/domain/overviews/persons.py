"""What all packages together hold of a person: the one page where they are put together."""

from orderhub.domain.accounts import open_matters, personal_data
from orderhub.domain.carts.personal_data import CARTS
from orderhub.domain.cases.personal_data import CASES
from orderhub.domain.catalog.favourites import FAVOURITES
from orderhub.domain.catalog.personal_data import LISTINGS
from orderhub.domain.comments.personal_data import COMMENTS
from orderhub.domain.files.personal_data import FILES
from orderhub.domain.messages.personal_data import MESSAGES
from orderhub.domain.notifications.personal_data import NOTIFICATIONS
from orderhub.domain.offers.personal_data import OFFERS, open_offers
from orderhub.domain.orders.personal_data import (
    ORDERS,
    PAYMENTS,
    PROOFS,
    open_orders,
    owed_balances,
    undecided_proofs,
)
from orderhub.domain.overviews.held_answers import ANSWERS
from orderhub.domain.overviews.held_documents import DOCUMENTS
from orderhub.domain.quotes.personal_data import QUOTES, open_quotes
from orderhub.domain.replies.personal_data import MAILS
from orderhub.domain.reviews.personal_data import REVIEWS
from orderhub.domain.shops.personal_data import SHOPS
from orderhub.domain.tracking.personal_data import PARCELS
from orderhub.domain.traders.personal_data import TRADER

_HOLDINGS = {
    "listings": LISTINGS,
    "favourites": FAVOURITES,
    "trader": TRADER,
    "shops": SHOPS,
    "carts": CARTS,
    "quotes": QUOTES,
    "offers": OFFERS,
    "orders": ORDERS,
    "parcels": PARCELS,
    "documents": DOCUMENTS,
    "payments": PAYMENTS,
    "proofs": PROOFS,
    "mails": MAILS,
    "cases": CASES,
    "messages": MESSAGES,
    "comments": COMMENTS,
    "reviews": REVIEWS,
    # These look at what the others have left: rows that name files, and what events say by now.
    "files": FILES,
    "notifications": NOTIFICATIONS,
    "answers": ANSWERS,
}
_OPEN = {
    "quotes": open_quotes,
    "offers": open_offers,
    "orders": open_orders,
    "proofs": undecided_proofs,
    "balances": owed_balances,
}


def register_all() -> None:
    """Have exports and erasures know every package; asked for once, when the application is built."""
    for name, holding in _HOLDINGS.items():
        personal_data.register(name, holding)
    for name, check in _OPEN.items():
        open_matters.register(name, check)
