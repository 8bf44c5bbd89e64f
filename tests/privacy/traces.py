"""Where marks are left: every column of every table, and every stored file."""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from tests.privacy.marks import numbers_in

_COLUMNS = """
SELECT c.relname AS table, a.attname AS column, format_type(a.atttypid, a.atttypmod) AS type
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'm') AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY 1, a.attnum
"""


async def marks_in_tables(session: AsyncSession) -> Mapping[str, set[int]]:
    """The marks in each ``table.column`` that has any."""
    found: dict[str, set[int]] = defaultdict(set)
    for table, column, kind in (await session.execute(text(_COLUMNS))).all():
        shown = f"encode({column}, 'escape')" if kind == "bytea" else f'"{column}"::text'
        shown = shown.replace(column, f'"{column}"') if kind == "bytea" else shown
        rows = await session.scalars(text(f"SELECT {shown} FROM {table} WHERE lower({shown}) ~ 'zephyr|3361298'"))
        for row in rows:
            found[f"{table}.{column}"] |= numbers_in(row.lower())
    return found


def marks_in_files(folder: Path) -> Mapping[str, set[int]]:
    """The marks in each stored file that has any."""
    found: dict[str, set[int]] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and (numbers := numbers_in(path.read_bytes().decode("latin-1"))):
            found[str(path)] = numbers
    return found
