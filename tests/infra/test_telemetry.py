"""Logs have one form and the request's id; traces reach their endpoint with route and statements."""

import asyncio
import gzip
import json
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import asynccontextmanager

import httpx
import pytest
import structlog
from fastapi import FastAPI

from orderhub.infra.telemetry import REQUEST_ID, RequestFigures, configure_logs
from orderhub.settings import Settings, TelemetrySettings


@pytest.fixture
def restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def test_json_lines_of_ours_and_of_libraries(restored: None, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(TelemetrySettings(log_json=True))
    token = REQUEST_ID.set("r-1")
    structlog.get_logger().info("placed", order_id="ord_1")
    structlog.get_logger().debug("unseen")
    logging.getLogger("library").warning("old %s", "style")
    REQUEST_ID.reset(token)
    ours, theirs = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    assert (ours["event"], ours["order_id"], ours["level"]) == ("placed", "ord_1", "info")
    assert (theirs["event"], theirs["level"]) == ("old style", "warning")
    assert ours["request_id"] == theirs["request_id"] == "r-1"
    assert ours["timestamp"].endswith("Z")


def test_plain_lines_for_a_terminal(restored: None, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(TelemetrySettings(log_level="warning"))
    structlog.get_logger().info("unseen")
    structlog.get_logger().error("fault", exc_info=ValueError("why"))
    said = capsys.readouterr().err
    assert "fault" in said
    assert "ValueError: why" in said
    assert "unseen" not in said


def test_figures_are_read_when_they_are_asked_for() -> None:
    figures, held = RequestFigures(), [0.0]
    figures.gauge("held", "Held now.", lambda: held[0])
    held[0] = 3
    assert b"held 3.0" in figures.text()


class TestTraces:
    """With an OTLP endpoint that is a real server on loopback."""

    @pytest.fixture
    async def received(self, collector: tuple[str, list[bytes]]) -> list[bytes]:
        return collector[1]

    @pytest.fixture
    async def collector(self) -> AsyncIterator[tuple[str, list[bytes]]]:
        bodies: list[bytes] = []
        async with collecting(bodies) as url:
            yield url, bodies

    @pytest.fixture
    def settings(self, settings: Settings, collector: tuple[str, list[bytes]]) -> Settings:
        telemetry = settings.telemetry.model_copy(update={"otlp_endpoint": collector[0]})
        return settings.model_copy(update={"telemetry": telemetry})

    async def test_a_request_and_its_statement_are_spans(
        self, app: FastAPI, client: httpx.AsyncClient, received: list[bytes]
    ) -> None:
        assert (await client.get("/health/ready")).status_code == 200
        assert (await client.get("/v1/listings?limit=1")).status_code == 200
        provider = app.state.tracing
        await asyncio.to_thread(provider.force_flush)
        sent = b"".join(received)
        assert b"orderhub-api" in sent
        assert b"GET /v1/listings" in sent
        assert b"http.route" in sent
        assert b"SELECT" in sent


@asynccontextmanager
async def collecting(bodies: list[bytes]) -> AsyncGenerator[str]:
    """A server that takes what is posted to it, as an OTLP collector does."""

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.split("content-length: ")[1].split("\r\n")[0])
        body = await reader.readexactly(length)
        bodies.append(gzip.decompress(body) if "content-encoding: gzip" in head else body)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(take, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    async with server:
        yield f"http://{host}:{port}"
