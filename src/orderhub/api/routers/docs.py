"""The documentation pages: Swagger UI without the network, the OpenAPI document, a page per problem code."""

import html
from functools import cache
from importlib.resources import files
from typing import Annotated, Final

import fastapi_offline
import msgspec
from fastapi import APIRouter, FastAPI, Path, Request, Response
from fastapi.responses import FileResponse, HTMLResponse

from orderhub.api import problem_pages
from orderhub.api.dependencies import Public
from orderhub.kit.errors import NotFoundError

router = APIRouter(dependencies=[Public], include_in_schema=False)

_VENDORED: Final = {
    "swagger-ui-bundle.js": "text/javascript",
    "swagger-ui.css": "text/css",
    "favicon.png": "image/png",
}
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_HEADERS: Final = {"Content-Security-Policy": _POLICY, "X-Frame-Options": "DENY"}

_PAGE: Final = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="{root}/docs/assets/favicon.png">
<link rel="stylesheet" href="{root}/docs/assets/swagger-ui.css">
</head>
<body>
{body}
</body>
</html>
"""

_SWAGGER: Final = """<div id="swagger-ui" data-root="{root}"></div>
<script src="{root}/docs/assets/swagger-ui-bundle.js"></script>
<script src="{root}/docs/start.js"></script>"""

_START: Final = """const root = document.getElementById('swagger-ui').dataset.root;
window.ui = SwaggerUIBundle({
  url: root + '/openapi.json',
  dom_id: '#swagger-ui',
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIBundle.SwaggerUIStandalonePreset],
  layout: 'BaseLayout',
  deepLinking: true,
  displayRequestDuration: true,
  docExpansion: 'none',
  filter: true,
  persistAuthorization: true,
  tryItOutEnabled: true,
  validatorUrl: null,
});
"""


@router.get("/openapi.json")
async def read_openapi(request: Request) -> Response:
    """The OpenAPI document of this very version."""
    return Response(_written(request.app, request.scope.get("root_path", "")), media_type="application/json")


@cache
def _written(app: FastAPI, root: str) -> bytes:
    """The document; its first server is the one that is asked, by whatever name it is reached."""
    document = app.openapi()
    here = {"url": root or "/", "description": "This server"}
    return msgspec.json.encode({**document, "servers": [here, *document["servers"]]})


@router.get("/docs")
async def read_docs(request: Request) -> Response:
    """Swagger UI, from this server alone."""
    root = html.escape(request.scope.get("root_path", ""))
    return _page("OrderHub", _SWAGGER.format(root=root), root)


@router.get("/docs/start.js")
async def read_start() -> Response:
    """Starts Swagger UI: a file of its own, so that the page needs no inline script."""
    return Response(_START, media_type="text/javascript", headers={"Cache-Control": "no-cache"})


@router.get("/docs/assets/{name}")
async def read_asset(name: Annotated[str, Path(max_length=50)]) -> Response:
    """One of Swagger UI's own files."""
    if name not in _VENDORED:
        raise NotFoundError
    path = str(files(fastapi_offline) / "static" / name)
    return FileResponse(path, media_type=_VENDORED[name], headers={"Cache-Control": "max-age=86400"})


@router.get("/docs/problems")
async def list_problem_pages() -> Response:
    """Every problem code."""
    return _page("OrderHub: problems", problem_pages.index())


@router.get("/docs/problems/{code}")
async def read_problem_page(code: Annotated[str, Path(max_length=100)]) -> Response:
    """What a problem code means, and what to do."""
    body = problem_pages.page(code)
    if body is None:
        raise NotFoundError
    return _page(f"OrderHub: {code}", body)


@cache
def _page(title: str, body: str, root: str = "", language: str = "en") -> Response:
    text = _PAGE.format(title=html.escape(title), body=body, root=root, language=language)
    return HTMLResponse(text, headers=_HEADERS)
