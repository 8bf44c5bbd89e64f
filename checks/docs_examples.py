"""Sends each documented example once, in the order of the OpenAPI document, and wants 2xx for all.

Everything is read from ``/openapi.json`` alone: paths, values, bodies, who sends it (``x-sample-caller``) and
what must be fetched just before (``x-sample-setup``). Without ``--base-url`` it serves a freshly seeded OrderHub
on a free port, in a temporary folder.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx
from documented_setups import SETUPS, People
from rich.console import Console

READY_WITHIN: Final = 60.0
_SHOWN: Final = 600
_METHODS: Final = ("get", "post", "put", "patch", "delete")
_FORM, _PARTS = "application/x-www-form-urlencoded", "multipart/form-data"
_console = Console(highlight=False, soft_wrap=True)


@dataclass(frozen=True, slots=True)
class Example:
    """One documented request."""

    operation: str
    name: str
    method: str
    path: str
    caller: str
    setup: str | None
    query: dict[str, Any]
    headers: dict[str, str]
    body: Any
    content_type: str | None
    streams: bool


@dataclass(slots=True)
class Sent:
    """What came of an example."""

    example: Example
    status: int
    text: str
    seconds: float

    @property
    def ok(self) -> bool:
        """Whether it succeeded."""
        return 200 <= self.status < 300  # noqa: PLR2004 - what 2xx means


def main() -> int:
    """Exit with 1 when an example does not succeed."""
    wanted = _arguments()
    if wanted.base_url is not None:
        return _report(_send_all(wanted.base_url, wanted.data_dir))
    with tempfile.TemporaryDirectory(prefix="orderhub-docs-") as folder:
        Path(folder).chmod(0o755)  # as root, the database runs as another user
        data = Path(folder) / "hub"
        with _served(data) as url:
            return _report(_send_all(url, data))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Send each documented example once.")
    parser.add_argument("--base-url", help="a freshly seeded server to send them to, instead of one of our own")
    parser.add_argument("--data-dir", type=Path, help="that server's data folder, which holds its secrets")
    return parser.parse_args()


@contextmanager
def _served(data: Path) -> Generator[str]:
    """A server on an empty data folder, with the sample data; stopped at the end."""
    command = [sys.executable, "-c", "from orderhub.cli import main; main()"]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ORDERHUB_")}
    process = subprocess.Popen(  # noqa: S603 - our own command
        [*command, "serve", "--port", "0", "--data-dir", str(data)],
        env={**clean, "ORDERHUB_LIMITS_ENABLED": "false"},
        cwd=data.parent,
        stdout=subprocess.DEVNULL,
    )
    try:
        yield _wait_ready(process, data)
    finally:
        process.terminate()
        process.wait(60)


def _wait_ready(process: subprocess.Popen[bytes], data: Path) -> str:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until and process.poll() is None:
        url = _announced(data)
        if url is not None and _is_ready(url):
            return url
        time.sleep(0.1)
    message = "the server did not become ready; what it said is above"
    raise SystemExit(message)


def _announced(data: Path) -> str | None:
    try:
        return json.loads((data / "serve.json").read_text()).get("url")
    except (OSError, ValueError):
        return None


def _is_ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health/ready", trust_env=False).is_success
    except httpx.TransportError:
        return False


def _send_all(url: str, data: Path | None) -> list[Sent]:
    with httpx.Client(base_url=url, timeout=60, trust_env=False) as client:
        people = People(client, data)
        return [_send(client, people, example) for example in _examples(client.get("/openapi.json").json())]


def _examples(document: dict[str, Any]) -> Iterator[Example]:
    """Every example, in the order of the document."""
    for path, item in document["paths"].items():
        for method in item:
            if method in _METHODS:
                yield from _examples_of(path, method, item[method])


def _examples_of(path: str, method: str, entry: dict[str, Any]) -> Iterator[Example]:
    contents: dict[str, dict[str, Any]] = entry.get("requestBody", {}).get("content", {})
    content_type = next(iter(contents), None)
    content = contents[content_type] if content_type else {}
    plain = {"": {"value": content.get("example"), **_about(entry)}}
    named: dict[str, dict[str, Any]] = content.get("examples", plain)
    for name, example in named.items():
        values = {
            where: {
                parameter["name"]: value
                for parameter in entry.get("parameters", ())
                if parameter["in"] == where and (value := _value(parameter, name)) is not None
            }
            for where in ("path", "query", "header")
        }
        yield Example(
            operation=entry["operationId"],
            name=name,
            method=method.upper(),
            path=path.format(**values["path"]),
            caller=example.get("x-sample-caller", "?"),
            setup=example.get("x-sample-setup"),
            query=values["query"],
            headers=values["header"],
            body=example["value"],
            content_type=content_type,
            streams="text/event-stream" in entry["responses"].get("200", {}).get("content", {}),
        )


def _about(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: entry[name] for name in ("x-sample-caller", "x-sample-setup") if name in entry}


def _value(parameter: dict[str, Any], name: str) -> Any:
    return parameter["examples"].get(name, {}).get("value") if "examples" in parameter else parameter.get("example")


def _send(client: httpx.Client, people: People, example: Example) -> Sent:
    began = time.monotonic()
    request: dict[str, Any] = {"url": example.path, "params": example.query, "headers": dict(example.headers)}
    request |= _content(example)
    if example.caller != "none":
        request["headers"]["Authorization"] = people.authorization(example.caller)
    if example.setup is not None:
        SETUPS[example.setup](people, example.caller, request)
    with client.stream(example.method, **request) as answer:
        text = next(answer.iter_text(), "") if example.streams else answer.read().decode(errors="replace")
    return Sent(example, answer.status_code, text, time.monotonic() - began)


def _content(example: Example) -> dict[str, Any]:
    if example.body is None:
        return {}
    if example.content_type == _FORM:
        return {"data": dict(example.body)}
    if example.content_type == _PARTS:
        fields = dict(example.body)
        return {"files": {"file": ("exemple.txt", fields.pop("file").encode())}, "data": fields}
    return {"json": json.loads(json.dumps(example.body))}


def _report(sent: list[Sent]) -> int:
    for one in sent:
        example = one.example
        name = f"{example.operation} ({example.name})" if example.name else example.operation
        style = "green" if one.ok else "red"
        line = f"{one.status}  {example.caller:<8} {one.seconds * 1000:6.0f} ms  {example.method:<6} {example.path}"
        _console.print(f"[{style}]{line}[/{style}]  [dim]{name}[/dim]")
    failed = [one for one in sent if not one.ok]
    for one in failed[:5]:
        _console.print(f"\n{one.example.operation} {one.example.name}: {one.status}\n{one.text[:_SHOWN]}", markup=False)
    _console.print(f"\n{len(sent) - len(failed)} of {len(sent)} documented examples succeed.", markup=False)
    return 1 if failed or not sent else 0


if __name__ == "__main__":
    sys.exit(main())
