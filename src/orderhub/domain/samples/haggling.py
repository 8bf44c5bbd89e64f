"""What people of the sample data offer each other for items."""

from typing import Final

from orderhub.domain.samples.ids import fixed_id

COAT: Final = fixed_id(231)
"""Bruno's woollen coat for 60 EUR, which takes offers: from 55 EUR on at once, and none under 30."""
COAT_PHOTO: Final = fixed_id(171)


class Offers:
    """Offers on the coat. Those that wait for an answer are called by the action that is their example."""

    TO_ACCEPT: Final = fixed_id(951)
    """Awa's."""
    TO_DECLINE: Final = fixed_id(952)
    """Koffi's."""
    TO_COUNTER: Final = fixed_id(953)
    """Théo's."""
    TO_WITHDRAW: Final = fixed_id(954)
    """Léa's, who may take it back."""
    ACCEPTED: Final = fixed_id(955)
    """Nadia's, which Bruno's secret floor accepted at once."""


class PastOffers:
    """Offers on Léa's dress and Bruno's boots, by what became of them."""

    EXPIRED: Final = fixed_id(956)
    LAPSED: Final = fixed_id(957)
    DECLINED: Final = fixed_id(958)
    WITHDRAWN: Final = fixed_id(959)
    COUNTERED: Final = fixed_id(960)
    ORDERED: Final = fixed_id(961)
    SUPERSEDED: Final = fixed_id(962)


ORDER_OF_BOOTS: Final = fixed_id(331, 15)
"""Awa's, with the offer that Bruno accepted."""
