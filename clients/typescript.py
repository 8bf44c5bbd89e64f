"""Clients in TypeScript, each compiled strictly."""

import json
from collections.abc import Sequence
from typing import Final

from clients.client import GENERATED, Client, Place, Step
from clients.machine import BIN, JAVA, NODE, NPM, PYTHON

_NEEDS: Final = (NODE, NPM)
_STRICT: Final = "tsc, strict"


def _types(place: Place) -> Sequence[Step]:
    schema = place.out / "schema.ts"
    return [Step([BIN / "openapi-typescript", place.document, "--default-non-nullable", "false", "-o", schema])]


def _hey_api(place: Place) -> Sequence[Step]:
    return [Step([BIN / "openapi-ts", "-i", place.document, "-o", place.out])]


def _orval(place: Place) -> Sequence[Step]:
    where = ["--input", place.document, "--output", place.out / "orderhub.ts", "--client", "fetch"]
    return [Step([BIN / "orval", *where])]


def _typescript_fetch(place: Place) -> Sequence[Step]:
    made = ["-g", "typescript-fetch", "-o", place.out, "--additional-properties=importFileExtension=.js"]
    return [Step([PYTHON / "openapi-generator-cli", "generate", "-i", place.document, *made])]


def _compiled(key: str, first: str) -> Sequence[Step]:
    """Compile from a first file on, as nothing but strict; what is emitted can be run."""
    project = GENERATED / f"tsconfig.{key}.json"
    project.write_text(json.dumps({"extends": "../tsconfig.json", "files": [first]}))
    return [Step([BIN / "tsc", "-p", project])]


def _run(life: str, url: str) -> Step:
    return Step(["node", GENERATED / "js" / "lives" / f"{life}.js", url])


TYPESCRIPT: Final = (
    Client(
        key="openapi-typescript",
        name="openapi-typescript + openapi-fetch",
        generator="openapi-typescript",
        npm=True,
        small=True,
        needs=_NEEDS,
        generate=_types,
        compile=lambda _: _compiled("openapi-typescript", "../lives/with_openapi_fetch.ts"),
        compiled_by=_STRICT,
        live=lambda _, url: _run("with_openapi_fetch", url),
        union='`components["schemas"]["OrderAction"]`: a union that `action` narrows',
        union_file="schema.ts",
    ),
    Client(
        key="hey-api",
        name="@hey-api/openapi-ts",
        generator="@hey-api/openapi-ts",
        npm=True,
        small=True,
        needs=_NEEDS,
        generate=_hey_api,
        compile=lambda _: _compiled("hey-api", "../lives/with_hey_api.ts"),
        compiled_by=_STRICT,
        live=lambda _, url: _run("with_hey_api", url),
        union="`OrderAction`: a union that `action` narrows",
        union_file="types.gen.ts",
    ),
    Client(
        key="typescript-fetch",
        name="openapi-generator typescript-fetch",
        generator="openapi-generator-cli",
        npm=False,
        small=True,
        needs=(*_NEEDS, JAVA),
        generate=_typescript_fetch,
        compile=lambda _: _compiled("typescript-fetch", "typescript-fetch/index.ts"),
        compiled_by=_STRICT,
        union="`OrderAction`: a union that `action` narrows",
        union_file="models/OrderAction.ts",
    ),
    Client(
        key="orval",
        name="orval",
        generator="orval",
        npm=True,
        needs=_NEEDS,
        generate=_orval,
        compile=lambda _: _compiled("orval", "orval/orderhub.ts"),
        compiled_by=_STRICT,
        union="`OrderAction`: a union that `action` narrows",
        union_file="orderhub.ts",
    ),
)
