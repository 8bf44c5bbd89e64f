"""`orderhub.main`, which another ASGI server imports."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import environment
from tests.making.deployments import safe_environment

_ASK = "from orderhub.main import app; print([layer.cls.__name__ for layer in app.user_middleware])"
_NOWHERE = {"database_url": "postgresql://nobody@127.0.0.1:1/nothing"}


def imported(folder: Path, **settings: str) -> "subprocess.CompletedProcess[str]":
    given = environment({**settings, "server_data_dir": str(folder)})
    return subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-c", _ASK], cwd=folder, env=given, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("settings", "alone"),
    [
        (_NOWHERE, True),
        ({**_NOWHERE, "server_insecure": "true"}, False),
        (safe_environment(), False),
    ],
    ids=["development", "insecure", "production"],
)
def test_development_answers_its_own_machine_alone(tmp_path: Path, settings: dict[str, str], *, alone: bool) -> None:
    answer = imported(tmp_path, **settings)
    assert answer.returncode == 0, answer.stderr
    assert ("LoopbackOnly" in answer.stdout) is alone


def test_production_names_what_is_unsafe(tmp_path: Path) -> None:
    answer = imported(tmp_path, **safe_environment(limits_enabled="false", server_trusted_proxies='["*"]'))
    assert answer.returncode == 1
    assert "ORDERHUB_LIMITS_ENABLED" in answer.stderr
    assert "ORDERHUB_SERVER_TRUSTED_PROXIES" in answer.stderr
