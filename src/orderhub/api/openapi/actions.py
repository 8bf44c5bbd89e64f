"""The table at the top of each operation that takes a row: who may do what, from which status, with which fields."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.process import PARTIES, STAFF, By, Process, Row, Target
from orderhub.domain.processes import PROCESSES

_TABLES: Final = {
    "act_on_quote": ("quote",),
    "act_on_payment": ("payment",),
    "act_on_refund": ("refund",),
}
_PEOPLE: Final = PARTIES | STAFF
_HEAD: Final = "| action | who | from | to | fields |\n|---|---|---|---|---|\n"


def say_actions(document: dict[str, Any]) -> None:
    """Add its table to the description of each such operation, made from the rows and from the body's schemas."""
    tables = {"act_on_order": tuple(KINDS), **_TABLES}
    items: list[dict[str, dict[str, Any]]] = [*document["paths"].values()]
    for entry in (entry for item in items for entry in item.values()):
        if names := tables.get(entry["operationId"]):
            bodies = _bodies(entry, document["components"]["schemas"])
            parts = [entry["description"], *(_table(PROCESSES[name], bodies) for name in names)]
            entry["description"] = "\n\n".join(parts)


def _bodies(entry: Mapping[str, Any], schemas: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema of each action's body."""
    schema = _followed(entry["requestBody"]["content"]["application/json"]["schema"], schemas)
    mapping = schema["discriminator"]["mapping"]
    return {action: _followed({"$ref": ref}, schemas) for action, ref in mapping.items()}


def _followed(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Mapping[str, Any]:
    return _followed(schemas[schema["$ref"].rpartition("/")[2]], schemas) if "$ref" in schema else schema


def _table(process: Process[Any], bodies: Mapping[str, Any]) -> str:
    lines = "\n".join(_lines(process, bodies))
    link = f"[`{process.name}`](/v1/processes/{process.name})"
    return f"**The rows of {link}** (a field in bold is required)\n\n{_HEAD}{lines}"


def _lines(process: Process[Any], bodies: Mapping[str, Any]) -> Iterator[str]:
    """A line for each action, actor and target; the statuses that it is possible from stand together."""
    found: dict[tuple[str, frozenset[By], str], list[str]] = {}
    for row in process.rows:
        if row.start is not None and row.by & _PEOPLE and row.action in bodies:
            found.setdefault((row.action, row.by & _PEOPLE, _to(process, row)), []).append(row.start.code)
    for (action, by, to), starts in found.items():
        since = ", ".join(f"`{code}`" for code in dict.fromkeys(starts))
        yield f"| `{action}` | {', '.join(sorted(by))} | {since} | {to} | {_fields(bodies[action])} |"


def _to(process: Process[Any], row: Row[Any]) -> str:
    if row.to is Target.SAME:
        return "same"
    if row.to is Target.RESUME:
        return "the status it was in"
    return ", ".join(f"`{status.code}`" for status in process.targets(row))


def _fields(body: Mapping[str, Any]) -> str:
    required = set(body.get("required", ()))
    names = [name for name in body["properties"] if name != "action"]
    return ", ".join(f"**`{name}`**" if name in required else f"`{name}`" for name in names)
