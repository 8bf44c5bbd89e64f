"""Logs, figures and traces. A log line has ids and no other personal data.

Logs are JSON or, for a terminal, plain lines; figures are Prometheus's; traces go to an OTLP
endpoint when one is configured.
"""

import asyncio
import logging
import sys
from collections.abc import Callable, MutableMapping
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import msgspec
import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from orderhub.settings import TelemetrySettings

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

REQUEST_ID: Final[ContextVar[str | None]] = ContextVar("request_id", default=None)
"""The request that is being worked on; every log line written meanwhile carries it."""

_SECONDS: Final = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


def configure_logs(settings: TelemetrySettings) -> None:
    """Send our logs and those of the libraries to standard error, in one form."""
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    shared: list[Any] = [
        _add_request_id,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    render: Any = structlog.processors.JSONRenderer(serializer=_dump) if settings.log_json else _console()
    structlog.configure(
        processors=[*shared, render],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, render],
        )
    )
    logging.basicConfig(handlers=[handler], level=max(level, logging.WARNING), force=True)


def _console() -> Any:
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())


def _dump(value: Any, **_: Any) -> str:
    return msgspec.json.encode(value, enc_hook=str).decode()


def _add_request_id(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    identity = REQUEST_ID.get()
    if identity is not None:
        event.setdefault("request_id", identity)
    return event


class AccessLog:
    """One line a request, with ids only. Written without structlog: 3 µs instead of 22."""

    def __init__(self, settings: TelemetrySettings) -> None:
        self._json = settings.log_json
        self._silent = logging.getLevelNamesMapping()[settings.log_level.upper()] > logging.INFO

    def write(self, request: tuple[str, str, str], status: int, seconds: float, request_id: str) -> None:
        """Write the line of an answered request: its method, its route and, where it found none, what it asked for."""
        if self._silent:
            return
        now, milliseconds = datetime.now(UTC), round(seconds * 1000, 2)
        method, route, path = request
        if self._json:
            line = _dump(
                {
                    "event": "request",
                    "level": "info",
                    "timestamp": now,
                    "request_id": request_id,
                    "method": method,
                    "route": route,
                    **({"path": path} if path else {}),
                    "status": status,
                    "milliseconds": milliseconds,
                }
            )
        else:
            line = f"{now:%H:%M:%S} {status} {method} {route} {path and f'{path} '}{milliseconds} ms {request_id}"
        sys.stderr.write(f"{line}\n")


class RequestFigures:
    """Figures of one process, for ``/metrics``: requests by route and status, durations, gauges of others."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "orderhub_requests",
            "Requests answered.",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self._durations = Histogram(
            "orderhub_request_duration_seconds",
            "Time until the whole answer was given.",
            ("method", "route"),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._children: dict[tuple[str, str, int], tuple[Any, Any]] = {}

    def add(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request."""
        key = (method, route, status)
        found = self._children.get(key)
        if found is None:
            counter = self._requests.labels(method, route, str(status))
            found = self._children[key] = (counter, self._durations.labels(method, route))
        found[0].inc()
        found[1].observe(seconds)

    def gauge(self, name: str, description: str, read: Callable[[], float]) -> None:
        """Show a number that somebody else knows, read when it is asked for."""
        Gauge(name, description, registry=self.registry).set_function(read)

    def text(self) -> bytes:
        """Everything in Prometheus's text form."""
        return generate_latest(self.registry)


def start_tracing(settings: TelemetrySettings, role: str) -> "TracerProvider | None":
    """Where spans go when an endpoint is configured; the database's statements are spans, too.

    It is given to whoever makes spans, never set for the whole process. End it with `stop_tracing`.
    """
    if settings.otlp_endpoint is None:
        return None
    # 15 MiB that a deployment without traces does not pay for.
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.instrumentation.asyncpg import AsyncPGInstrumentor
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    provider = TracerProvider(resource=Resource.create({"service.name": f"orderhub-{role}"}))
    endpoint = f"{settings.otlp_endpoint.rstrip('/')}/v1/traces"
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=endpoint)))
    AsyncPGInstrumentor().instrument(tracer_provider=provider)
    return provider


async def stop_tracing(provider: "TracerProvider | None") -> None:
    """Send what is left, and make no more spans."""
    if provider is None:
        return
    from opentelemetry.instrumentation.asyncpg import AsyncPGInstrumentor

    AsyncPGInstrumentor().uninstrument()
    await asyncio.to_thread(provider.shutdown)
