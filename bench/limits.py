"""The bare handler, held against a server that bounds what this machine can do, where that one is present."""

from pathlib import Path
from typing import Final

from bench import subjects
from bench.cluster import Cluster, Hub, psql
from bench.figures import LEAST, Figure, Promise
from bench.load import Load, write_lines
from bench.rounds import Plan, compare

_SHARED: Final = "limit_app's /raw"
READ: Final = Promise("the bare handler: a row with its lines", _SHARED, LEAST, 0.9, 1.0)
LIST: Final = Promise("the bare handler: a page of 20", _SHARED, LEAST, 0.9, 1.0)
_PATHS: Final = {READ: "orders/{}", LIST: "orders?before={}"}


def measure(cluster: Cluster, folder: Path, plan: Plan) -> list[Figure]:
    """Both on the limit's own rows; nothing where it isn't there."""
    if not (subjects.SHARED / "limit_app.py").is_file():
        return []
    psql(cluster.server.url("postgres"), "-c", "CREATE DATABASE limits")
    hub = Hub("limits", cluster.server.url("limits"))
    psql(hub.url, "-v", f"rows={plan.orders}", "-f", subjects.SHARED / "schema.sql")
    numbers = [number for (number,) in hub.ask("SELECT id FROM lim_order WHERE id > 20 ORDER BY md5(id::text)")]
    with subjects.bare(hub.url, folder / "bare-limit") as ours, subjects.limit(hub.url, folder / "limit") as other:
        found: list[Figure] = []
        for promise, pattern in _PATHS.items():
            paths = [pattern.format(number) for number in numbers]
            mine = write_lines(folder / "limit-bare.txt", (f"/limit/{path} -" for path in paths))
            theirs = write_lines(folder / "limit-app.txt", (f"/raw/{path} -" for path in paths))
            loads = Load(ours, "reads", mine), Load(other, "reads", theirs)
            found.append(compare(plan, promise, loads[0].rate, loads[1].rate))
        return found
