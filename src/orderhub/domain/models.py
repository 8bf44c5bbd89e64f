"""Every table, for the migrations: import this to have the whole metadata."""

from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

import orderhub.domain
import orderhub.infra.business_clock
import orderhub.infra.idempotency
import orderhub.infra.queue_recurring
from orderhub.infra.database import Base

for _package in iter_modules(orderhub.domain.__path__, "orderhub.domain."):
    if _package.ispkg and find_spec(f"{_package.name}.models"):
        import_module(f"{_package.name}.models")

METADATA = Base.metadata
