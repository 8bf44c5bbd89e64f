"""The OpenAPI document: printed, or compared with the file that is committed."""

import json
import tempfile
from pathlib import Path
from typing import Any, Final, cast

from pydantic import SecretStr

from orderhub.commands.terminal import RefusedError, say
from orderhub.settings import DatabaseSettings, ServerSettings, Settings

Members = dict[str, Any]

_SHOWN: Final = 10


def document() -> str:
    """The document of a deployment without any setting, whatever the environment says."""
    from orderhub.bootstrap import build_application

    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.model_construct().model_copy(
            update={
                # Nothing is opened: the application is made, and never started.
                "database": DatabaseSettings(url=SecretStr("postgresql://nowhere/orderhub")),
                "server": ServerSettings(data_dir=Path(folder)),
            }
        )
        return json.dumps(build_application(settings).openapi(), ensure_ascii=False, indent=2) + "\n"


def compare(path: Path) -> None:
    """Raise RefusedError, naming where they differ, unless a file is the document."""
    try:
        written = path.read_text()
    except OSError as reason:
        raise RefusedError(f"There is no {path} to compare with: make it with `make openapi`.") from reason
    made = document()
    if written != made:
        places = differences(json.loads(written), json.loads(made)) or ["/ (order or spacing)"]
        listed = "\n".join(f"  {place}" for place in places[:_SHOWN])
        more = f"\n  and {len(places) - _SHOWN} more" if len(places) > _SHOWN else ""
        raise RefusedError(
            f"{path.name} is not what this code serves; run `make openapi`. It differs at\n{listed}{more}"
        )
    say(f"{path.name} is what this code serves.")


def differences(written: Any, made: Any, place: str = "") -> list[str]:
    """JSON pointers to the outermost places where two documents differ."""
    if isinstance(written, dict) and isinstance(made, dict):
        written, made = cast("Members", written), cast("Members", made)
        return [
            found
            for name in {**written, **made}
            for found in _at(f"{place}/{name.replace('~', '~0').replace('/', '~1')}", name, written, made)
        ]
    return [] if written == made else [place or "/"]


def _at(place: str, name: str, written: Members, made: Members) -> list[str]:
    if name in written and name in made:
        return differences(written[name], made[name], place)
    return [place]
