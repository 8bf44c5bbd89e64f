"""Examples of orders; those of each action are in ``service.py`` and ``sourced.py``."""

from typing import Final

from orderhub.api.examples.orders.service import SERVICE_ACTIONS
from orderhub.api.examples.orders.sourced import SOURCED_ACTIONS
from orderhub.api.examples.sample import Sample, Samples, order
from orderhub.domain.samples import AWA, BRUNO, Listings, Options, Orders
from orderhub.kit.ids import show_id

SAMPLES: Final[Samples] = {
    "place_order": {
        "with_answers": Sample(
            AWA,
            body={
                "kind": "service",
                "listing_id": show_id("lst", Listings.LOGO),
                "options": [show_id("opt", Options.LOGO_BUSINESS_CARDS)],
                "answers": [
                    {"question_id": "activity", "text": "Épicerie de quartier"},
                    {"question_id": "style", "choice": "Sobre"},
                ],
            },
            summary="A logo with an option, the seller's questions answered at once",
        ),
        "plain": Sample(
            AWA,
            body={"kind": "service", "listing_id": show_id("lst", Listings.VIDEO)},
            summary="A video in CFA francs",
        ),
    },
    "list_orders": Sample(AWA, query={"role": "buyer", "stage": "in_progress"}),
    "count_orders": Sample(BRUNO),
    "read_order": Sample(AWA, path=order(Orders.IN_PROGRESS)),
    "list_order_transitions": Sample(AWA, path=order(Orders.REVIEWED_TWICE)),
    "read_order_forecast": Sample(AWA, path=order(Orders.IN_PROGRESS)),
    "act_on_order": {**SERVICE_ACTIONS, **SOURCED_ACTIONS},
    "read_order_escrow": Sample(AWA, path=order(Orders.DISPUTED)),
}
