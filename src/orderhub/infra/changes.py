"""One change of one versioned row with everything that belongs to it, written in one statement.

The row is updated where its version is still the one that was read (or inserted), and that feeds
every other part: appended rows, updates by id, and steps that a domain package prepares. Nothing is
written when the row wasn't. Statements are compiled once per shape and kept.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol
from uuid import UUID

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    LargeBinary,
    Table,
    Text,
    bindparam,
    column,
    func,
    literal_column,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB, insert

from orderhub.infra.database import Base, HotTransaction, Statement

Values = dict[str, Any]


class StepBuilder(Protocol):
    """Makes the CTEs of a step from the CTE ``moved``, whose column ``id`` is the changed row's."""

    def __call__(self, moved: CTE) -> Sequence[CTE]:
        """The CTEs; each must be executed for its effect."""
        ...


@dataclass(frozen=True, slots=True)
class Step:
    """A prepared part of the statement: its name stands for its shape, ``values`` are its parameters."""

    name: str
    build: StepBuilder
    values: Values


@dataclass(slots=True)
class Changes:
    """What one change writes. ``version`` None inserts the row with ``fields``."""

    table: str
    id: UUID
    version: int | None
    fields: Values
    rows: dict[str, list[Values]] = field(default_factory=dict[str, list[Values]])
    """Appended rows by table; the rows of one table have the same columns."""
    updates: dict[str, list[Values]] = field(default_factory=dict[str, list[Values]])
    """Other rows by table, each with its ``id`` and the columns to set; their version counts up."""
    steps: list[Step] = field(default_factory=list[Step])
    alive: tuple[str, Callable[[], ColumnElement[bool]], Values] | None = None
    """A condition, by name, that must still hold in the fresh statement: the session is alive."""


Shape = tuple[Any, ...]
_statements: Final[dict[Shape, Statement]] = {}


async def write(transaction: HotTransaction, changes: Changes) -> bool:
    """Write everything, or nothing when the version has moved on or ``alive`` no longer holds.

    Raises the driver's errors when the database refuses a part of it.
    """
    shape = _shape(changes)
    statement = _statements.get(shape)
    if statement is None:
        statement = _statements[shape] = _compile(changes)
    return await transaction.row(statement, _values(changes)) is not None


def _shape(changes: Changes) -> Shape:
    return (
        changes.table,
        changes.version is None,
        tuple(changes.fields),
        tuple((name, tuple(rows[0])) for name, rows in changes.rows.items()),
        tuple(_alike(changes.updates)),
        tuple(step.name for step in changes.steps),
        changes.alive and changes.alive[0],
    )


def _values(changes: Changes) -> Values:
    values: Values = {f"f_{name}": value for name, value in changes.fields.items()}
    values["row_id"] = changes.id
    if changes.version is not None:
        values["row_version"] = changes.version
    for name, rows in changes.rows.items():
        values[f"rows_{name}"] = rows
    for place, rows in enumerate(_alike(changes.updates).values()):
        values[f"updates_{place}"] = rows
    for step in changes.steps:
        values |= step.values
    if changes.alive is not None:
        values |= changes.alive[2]
    return values


def _compile(changes: Changes) -> Statement:
    moved = _moved(changes)
    parts = [_append(moved, name, tuple(rows[0])) for name, rows in changes.rows.items()]
    parts += [_update(moved, place, name, columns) for place, (name, columns) in enumerate(_alike(changes.updates))]
    for step in changes.steps:
        parts += step.build(moved)
    return Statement(select(moved.c.id).add_cte(*parts))


def _alike(updates: Mapping[str, Sequence[Values]]) -> dict[tuple[str, tuple[str, ...]], list[Values]]:
    """The other rows by table and columns: a captured payment changes in more than those it closes."""
    found: dict[tuple[str, tuple[str, ...]], list[Values]] = {}
    for name, rows in updates.items():
        for row in rows:
            found.setdefault((name, tuple(row)), []).append(row)
    return found


def _moved(changes: Changes) -> CTE:
    table = _table(changes.table)
    fields = {name: bindparam(f"f_{name}", type_=table.c[name].type) for name in changes.fields}
    if changes.version is None:
        return (
            insert(table)
            .values(id=bindparam("row_id", type_=table.c.id.type), **fields)
            .returning(table.c.id)
            .cte("moved")
        )
    statement = update(table).where(
        table.c.id == bindparam("row_id", type_=table.c.id.type),
        table.c.version == bindparam("row_version", type_=BigInteger()),
    )
    if changes.alive is not None:
        statement = statement.where(changes.alive[1]())
    return statement.values(version=table.c.version + 1, **fields).returning(table.c.id).cte("moved")


def _append(moved: CTE, name: str, columns: tuple[str, ...]) -> CTE:
    table = _table(name)
    records = _records(table, f"rows_{name}", columns)
    values = (_value(table, records, column) for column in columns)
    source = select(*values).select_from(moved.join(records, literal_column("true")))
    statement = insert(table).from_select(list(columns), source)
    if set(columns) == {column.name for column in table.primary_key}:
        statement = statement.on_conflict_do_nothing()  # a row that is nothing but its key says the same again
    return statement.cte(f"into_{name}")


def _update(moved: CTE, place: int, name: str, columns: tuple[str, ...]) -> CTE:
    table = _table(name)
    records = _records(table, f"updates_{place}", columns)
    values = {key: _value(table, records, key) for key in columns if key != "id"}
    return (
        update(table)
        .values(version=table.c.version + 1, **values)
        .where(table.c.id == records.c.id, moved.c.id.is_not(None))
        .returning(table.c.id)
        .cte(f"changed_{place}")
    )


def _records(table: Table, parameter: str, columns: tuple[str, ...]) -> Any:
    typed = [column(name, Text() if _is_binary(table, name) else table.c[name].type) for name in columns]
    return (
        func.jsonb_to_recordset(bindparam(parameter, type_=JSONB()))
        .table_valued(*typed, name=parameter)
        .render_derived(name=f"r_{table.name}", with_types=True)
    )


def _value(table: Table, records: Any, name: str) -> ColumnElement[Any]:
    """A column of the records; bytes travel in JSON as base 64."""
    return func.decode(records.c[name], "base64") if _is_binary(table, name) else records.c[name]


def _is_binary(table: Table, name: str) -> bool:
    return isinstance(table.c[name].type, LargeBinary)


def _table(name: str) -> Table:
    return Base.metadata.tables[name]
