"""Every table, for the migrations: import this to have the whole metadata."""

from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

from orderhub import domain
from orderhub.infra.database import Base

for _name in ("business_clock", "idempotency", "queue_recurring"):
    import_module(f"orderhub.infra.{_name}")
for _package in iter_modules(domain.__path__, f"{domain.__name__}."):
    if _package.ispkg and find_spec(f"{_package.name}.models"):
        import_module(f"{_package.name}.models")

import_module("orderhub.domain.orders.kinds")  # a kind may have indexes of its own

METADATA = Base.metadata
