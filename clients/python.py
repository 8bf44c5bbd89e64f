"""Clients in Python."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from clients.client import GENERATED, HERE, ROOT, Client, Place, Step
from clients.machine import JAVA, PYTHON

_PYRIGHT: Final = Path(sys.executable).parent / "pyright"
_OF_CLIENTS: Final = {"PYTHONPATH": f"{GENERATED}:{GENERATED / 'openapi-generator-python'}"}


def _openapi_python_client(place: Place) -> Sequence[Step]:
    flags = ["--meta", "none", "--overwrite", "--config", "openapi-python-client.yml", "--fail-on-warning"]
    made = ["--path", place.document, "--output-path", place.out, *flags]
    return [
        Step([PYTHON / "openapi-python-client", "generate", *made], environment={"PATH": f"{PYTHON}:/usr/bin:/bin"})
    ]


def _openapi_generator(place: Place) -> Sequence[Step]:
    made = ["-g", "python", "-i", place.document, "-o", place.out]
    return [Step([PYTHON / "openapi-generator-cli", "generate", *made])]


def _checked(life: str) -> Step:
    """Pyright, strict about the program that uses the client."""
    return Step([_PYRIGHT, "--project", HERE / "lives" / "pyrightconfig.json", HERE / "lives" / f"{life}.py"], ROOT)


def _imported(place: Place) -> Step:
    """Import every module of the client, with warnings as errors."""
    return Step([PYTHON / "python", "-W", "error", HERE / "import_all.py", place.out], environment=_OF_CLIENTS)


def _run(life: str, url: str) -> Step:
    return Step([PYTHON / "python", HERE / "lives" / f"{life}.py", url], environment=_OF_CLIENTS)


PYTHON_CLIENTS: Final = (
    Client(
        key="openapi_python_client",
        name="openapi-python-client",
        generator="openapi-python-client",
        npm=False,
        generate=_openapi_python_client,
        compile=lambda place: [_imported(place), _checked("with_openapi_python_client")],
        compiled_by="pyright, strict",
        live=lambda _, url: _run("with_openapi_python_client", url),
        union="the body is `AcceptOrder | AddExtra | …`; each has `action: Literal[…]`",
        union_file="api/orders/act_on_order.py",
    ),
    Client(
        key="openapi-generator-python",
        name="openapi-generator python",
        generator="openapi-generator-cli",
        npm=False,
        needs=(JAVA,),
        generate=_openapi_generator,
        compile=lambda place: [_imported(place), _checked("with_openapi_generator")],
        compiled_by="pyright, strict",
        live=lambda _, url: _run("with_openapi_generator", url),
        union="`OrderAction(AcceptOrder(…))`; `actual_instance` is the action",
        union_file="openapi_client/models/order_action.py",
    ),
)
