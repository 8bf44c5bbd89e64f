"""The transition tables as pages: the diagram that the rows draw, the statuses, the rows."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from fastapi.responses import HTMLResponse

from orderhub.api.site.page import WORDS, show
from orderhub.domain.process import Process
from orderhub.domain.processes import PROCESSES, describe
from orderhub.kit.text import Language


def index(language: Language, root: str) -> HTMLResponse:
    """The list of all tables."""
    found = [(name, len(process.rows)) for name, process in PROCESSES.items()]
    return show("tables", WORDS["all_tables"].within(language), language, root, tables=found)


def page(process: Process[Any], language: Language, durations: Mapping[str, str], root: str) -> HTMLResponse:
    """One table; ``durations`` are the current policy's."""
    table = describe(process, language, durations)
    labels = {status["code"]: status for status in table["statuses"]}
    title = f"{WORDS['table_of'].within(language)} {process.name}"
    drawn = diagram(process.name, language)
    return show("table", title, language, root, table=table, labels=labels, diagram=drawn)


def diagram(name: str, language: Language) -> str:
    """The drawing that ``make diagrams`` made of the rows; empty for a table that came later."""
    file = files("orderhub.api.site") / "diagrams" / f"{name}.{language.value}.svg"
    return file.read_text("utf-8") if file.is_file() else ""
