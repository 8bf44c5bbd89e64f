"""The pages for people: the API's reference without the network, guides, a page per problem code; and the document."""

from functools import cache
from importlib.resources import files
from typing import Annotated, Final

import fastapi_offline
import msgspec
from fastapi import Depends, FastAPI, Path, Request, Response
from fastapi.responses import FileResponse, RedirectResponse

from orderhub.api.dependencies import AppParts, AskedLanguage, DatabaseSession, Public
from orderhub.api.openapi.served import Served
from orderhub.api.routing import Router
from orderhub.api.site import guides, problems, reference
from orderhub.api.site.accounts import sample_accounts
from orderhub.kit.errors import NotFoundError
from orderhub.settings import Mode

router = Router(at_root=True, dependencies=[Public], include_in_schema=False)

_VENDORED, _OURS = files(fastapi_offline) / "static", files("orderhub.api.site") / "assets"
_ASSETS: Final = {
    "swagger-ui-bundle.js": (_VENDORED, "text/javascript", "max-age=86400"),
    "swagger-ui.css": (_VENDORED, "text/css", "max-age=86400"),
    "favicon.png": (_VENDORED, "image/png", "max-age=86400"),
    "reference.js": (_OURS, "text/javascript", "no-cache"),
    "reference.css": (_OURS, "text/css", "no-cache"),
    "pages.css": (_OURS, "text/css", "no-cache"),
}
Name = Annotated[str, Path(max_length=100)]


@router.get("/")
async def read_root(request: Request) -> Response:
    """Whoever comes without a path is led to the reference."""
    return RedirectResponse(f"{_root(request)}/docs", 307)


@router.get("/openapi.json")
async def read_openapi(request: Request) -> Response:
    """The OpenAPI document of this very version."""
    return _served(request.app).answer(request)


@cache
def _served(app: FastAPI) -> Served:
    return Served.of(app)


@router.get("/docs")
async def read_docs(request: Request, language: AskedLanguage) -> Response:
    """The reference: every operation, to read and to try."""
    return reference.page(language, _root(request))


async def in_development(parts: AppParts) -> None:
    """Raises NotFoundError in production."""
    if parts.settings.mode is not Mode.DEVELOPMENT:
        raise NotFoundError


@router.get("/docs/accounts.json", dependencies=[Depends(in_development)])
async def list_sample_accounts(session: DatabaseSession) -> Response:
    """Who can be signed in on the reference with one click."""
    accounts = msgspec.json.encode(await sample_accounts(session))
    return Response(accounts, media_type="application/json", headers={"Cache-Control": "no-store"})


@router.get("/docs/assets/{name}")
async def read_asset(name: Annotated[str, Path(max_length=50)]) -> Response:
    """One of the files that the pages load."""
    if name not in _ASSETS:
        raise NotFoundError
    folder, media_type, caching = _ASSETS[name]
    return FileResponse(str(folder / name), media_type=media_type, headers={"Cache-Control": caching})


@router.get("/docs/guides")
async def list_guide_pages(request: Request, language: AskedLanguage) -> Response:
    """Every guide."""
    return guides.index(language, _root(request))


@router.get("/docs/guides/{name}")
async def read_guide_page(request: Request, language: AskedLanguage, name: Name) -> Response:
    """One guide."""
    return _found(guides.page(name, language, _root(request)))


@router.get("/docs/problems")
async def list_problem_pages(request: Request, language: AskedLanguage) -> Response:
    """Every problem code."""
    return problems.index(language, _root(request))


@router.get("/docs/problems/{code}")
async def read_problem_page(request: Request, language: AskedLanguage, code: Name) -> Response:
    """What a problem code means, and what to do."""
    return _found(problems.page(code, language, _root(request)))


def _found(page: Response | None) -> Response:
    if page is None:
        raise NotFoundError
    return page


def _root(request: Request) -> str:
    """The path below which a proxy has this server."""
    return request.scope.get("root_path", "")
