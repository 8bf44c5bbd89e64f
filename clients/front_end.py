"""The front end of ``examples/front-end``: generated, compiled and run as its reader would."""

from collections.abc import Sequence
from typing import Final

from clients.client import ROOT, Client, Place, Step
from clients.machine import NODE, NPM

FOLDER: Final = ROOT / "examples" / "front-end"


def _generate(place: Place) -> Sequence[Step]:
    install = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    return [
        Step(install, FOLDER),
        Step(["npm", "run", "generate"], FOLDER, {"ORDERHUB_DOCUMENT": str(place.document)}),
        Step(["cp", FOLDER / "src" / "client" / "types.gen.ts", place.out]),
    ]


FRONT_END: Final = Client(
    key="front-end",
    name="examples/front-end, on @hey-api/openapi-ts",
    generator="@hey-api/openapi-ts",
    npm=True,
    small=True,
    needs=(NODE, NPM),
    generate=_generate,
    compile=lambda _: [Step(["npm", "run", "build"], FOLDER)],
    compiled_by="tsc, strict",
    live=lambda _, url: Step(["npm", "start", "--", url], FOLDER),
    live_is="from registration to review, by live events",
    union='`act(session, order, { action: "accept" })`',
    union_file="types.gen.ts",
)
