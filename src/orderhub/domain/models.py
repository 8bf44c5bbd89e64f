"""Every table, for the migrations: import this to have the whole metadata."""

from importlib import import_module
from pkgutil import iter_modules

import orderhub.domain as domain
from orderhub.infra.database import Base

for _package in iter_modules(domain.__path__, f"{domain.__name__}."):
    if _package.ispkg and any(m.name == "models" for m in iter_modules([f"{domain.__path__[0]}/{_package.name.rsplit('.', 1)[1]}"])):
        import_module(f"{_package.name}.models")

METADATA = Base.metadata
