"""The operator as the domain takes it from the settings: whose documents they are, and how orders are placed."""

from orderhub.domain.documents.house import House
from orderhub.domain.orders.kinds.sourced.placing import Placing
from orderhub.settings import Settings


def house_of(settings: Settings) -> House:
    """What documents say of the house."""
    return House(**settings.house.identity())


def placing_of(settings: Settings) -> Placing:
    """What the deployment says about the orders that accepted proformas place."""
    return Placing(settings.house.time_zone, settings.rulings_by_others)
