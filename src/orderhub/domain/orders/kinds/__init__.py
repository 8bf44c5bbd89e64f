"""The transition tables of the orders, one file a kind, and their index."""

from orderhub.domain.orders.kinds.service.table import SERVICE
from orderhub.domain.orders.kinds.sourced.table import SOURCED
from orderhub.domain.orders.state import Facts
from orderhub.domain.process import Process

ORDER_PROCESSES: dict[str, Process[Facts]] = {SERVICE.name: SERVICE, SOURCED.name: SOURCED}
"""By the kind of order."""
