"""Figures of the queue as a whole, for ``/metrics``: what waits, runs and is held, whichever worker has it."""

from typing import Final

from prometheus_client import CollectorRegistry, Gauge, generate_latest
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.sql import column, table, text

from orderhub.infra.database import Database
from orderhub.kit.errors import OverloadedError

_jobs = table("pgqueuer", column("status"), column("execute_after"))
_READ: Final = select(
    func.count().filter(text("status = 'queued' AND execute_after <= now()")).label("ready"),
    func.count().filter(text("status = 'queued' AND execute_after > now()")).label("waiting"),
    func.count().filter(text("status = 'picked'")).label("running"),
    func.count().filter(text("status = 'failed'")).label("held"),
    func.coalesce(
        func.extract("epoch", func.max(text("now() - execute_after")).filter(text("status = 'queued'"))), 0
    ).label("oldest"),
).select_from(_jobs)


async def queue_figures(database: Database) -> bytes:
    """The figures in Prometheus's text form; nothing when the database can't be asked."""
    try:
        async with database.session() as session:
            row = (await session.execute(_READ)).mappings().one()
    except (OverloadedError, OSError, SQLAlchemyError):
        return b""
    registry = CollectorRegistry()
    jobs = Gauge("orderhub_queue_jobs", "Jobs in the queue by state.", ["state"], registry=registry)
    for state in ("ready", "waiting", "running", "held"):
        jobs.labels(state).set(row[state])
    oldest = Gauge("orderhub_queue_oldest_seconds", "How long the oldest ready job waits.", registry=registry)
    oldest.set(max(0.0, float(row["oldest"])))
    return generate_latest(registry)
