"""The document as it is served: read from the file that the build wrote, compressed once, known by its tag."""

import gzip
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

import msgspec
from fastapi import FastAPI, Request, Response

_PACKAGE: Final = Path(__file__).parents[2]
WRITTEN: Final = _PACKAGE.parents[1] / "openapi" / "openapi.json"
"""The file in the source tree."""
_INSTALLED: Final = _PACKAGE / "_openapi" / "openapi.json"


@dataclass(frozen=True, slots=True)
class Served:
    """The bytes of the document, plain and compressed, each with its tag."""

    plain: bytes
    zipped: bytes
    tag: str

    @classmethod
    def of(cls, app: FastAPI) -> Self:
        """The written document as this deployment's own: with its servers and whom to ask."""
        found = _written(app)
        made = {**found, "info": {**found["info"], "contact": app.contact}, "servers": app.servers}
        plain = msgspec.json.encode(made)
        return cls(plain, gzip.compress(plain, mtime=0), hashlib.sha256(plain).hexdigest()[:32])

    def answer(self, request: Request) -> Response:
        """The document, or 304 for who has it already."""
        is_zipped = "gzip" in _codings(request)
        tag = f'"{self.tag}-gzip"' if is_zipped else f'"{self.tag}"'
        headers = {"ETag": tag, "Vary": "Accept-Encoding", "Cache-Control": "no-cache"}
        if {tag, "*"} & _known(request):
            return Response(status_code=304, headers=headers)
        if is_zipped:
            headers["Content-Encoding"] = "gzip"
        return Response(self.zipped if is_zipped else self.plain, headers=headers, media_type="application/json")


def _written(app: FastAPI) -> dict[str, Any]:
    for source in (_INSTALLED, WRITTEN):
        if source.is_file():
            return json.loads(source.read_text("utf-8"))
    return app.openapi()


def _codings(request: Request) -> set[str]:
    """What the client says it reads; one with ``q=0`` it does not."""
    asked = (part.replace(" ", "").partition(";") for part in request.headers.get("Accept-Encoding", "").split(","))
    return {name.lower() for name, _, weight in asked if weight.rstrip("0") not in {"q=", "q=0."}}


def _known(request: Request) -> set[str]:
    return {tag.strip().removeprefix("W/") for tag in request.headers.get("If-None-Match", "").split(",")}
