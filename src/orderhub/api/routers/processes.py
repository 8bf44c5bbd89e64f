"""The transition tables, for whoever builds on them."""

from enum import StrEnum
from typing import Annotated, Any, Final

from fastapi import Path, Request, Response

from orderhub.api.dependencies import AskedLanguage, DatabaseSession, Public
from orderhub.api.problems import problems
from orderhub.api.routing import Router
from orderhub.api.schemas.processes import ProcessesOut, ProcessNameOut, ProcessOut
from orderhub.api.site import tables
from orderhub.api.site.page import wants_page
from orderhub.domain.policies.queries import current
from orderhub.domain.processes import PROCESSES, describe, mermaid
from orderhub.kit.errors import NotFoundError
from orderhub.kit.text import Label

router = Router(prefix="/processes", dependencies=[Public])


class ProcessFormat(StrEnum):
    """How a table is shown."""

    JSON = "json"
    MERMAID = "mermaid"


_TEXT: Final = {"schema": {"type": "string", "maxLength": 1_000_000}}
_PAGE: Final = {"text/html": _TEXT}
_VARIES: Final = "Accept, Accept-Language"


@router.get(
    "",
    summary="List the transition tables",
    response_model=ProcessesOut,
    responses={200: {"content": _PAGE}},
)
async def list_processes(request: Request, response: Response, language: AskedLanguage) -> Any:
    """Every table with its size; a browser is shown a page."""
    if wants_page(request.headers.get("Accept", "")):
        return tables.index(language, request.scope.get("root_path", ""))
    response.headers["Vary"] = _VARIES
    return ProcessesOut(
        data=[
            ProcessNameOut(name=name, statuses=len(process.statuses), rows=len(process.rows))
            for name, process in PROCESSES.items()
        ]
    )


@router.get(
    "/{name}",
    summary="Read a transition table",
    response_model=ProcessOut,
    responses={
        200: {"content": {"text/vnd.mermaid": _TEXT, **_PAGE}},
        **problems(NotFoundError),
    },
)
async def get_process(
    request: Request,
    response: Response,
    session: DatabaseSession,
    language: AskedLanguage,
    name: Annotated[str, Path(min_length=1, max_length=40, examples=["service"])],
    format: ProcessFormat = ProcessFormat.JSON,  # noqa: A002 - the parameter's public name
) -> Any:
    """Statuses and rows; with ``?format=mermaid`` the diagram that they draw. A browser is shown a page."""
    process = PROCESSES.get(name)
    if process is None:
        raise NotFoundError(
            Label(
                f"Il n’y a pas une telle table. Choisissez parmi : {', '.join(PROCESSES)}.",
                f"There is no such table. Choose one of: {', '.join(PROCESSES)}.",
            )
        )
    if format is ProcessFormat.MERMAID:
        return Response(mermaid(process), media_type="text/vnd.mermaid")
    policy = await current(session)
    if "format" not in request.query_params and wants_page(request.headers.get("Accept", "")):
        return tables.page(process, language, policy.durations, request.scope.get("root_path", ""))
    response.headers["Vary"] = _VARIES
    return describe(process, language, policy.durations)
