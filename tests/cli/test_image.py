"""The image of the Dockerfile: what its settings make of `orderhub serve`."""

import re
from pathlib import Path

import pytest

from tests.cli.running import Orderhub, Serve
from tests.making.deployments import safe_environment

_SETTING = re.compile(r"ORDERHUB_([A-Z_]+)=(\S+)")


@pytest.fixture
def image(tmp_path: Path) -> dict[str, str]:
    """The variables of the image; its volume is a folder here."""
    lines = (Path(__file__).parents[2] / "Dockerfile").read_text().splitlines()
    found = dict(_SETTING.findall("\n".join(line for line in lines if not line.startswith("#"))))
    return {name.lower(): value.replace("/data", str(tmp_path)) for name, value in found.items()}


def test_it_starts_with_nothing_unsafe(orderhub: Orderhub, image: dict[str, str]) -> None:
    answer = orderhub("serve", **image)
    assert answer.status == 1
    assert "Production refuses to start" in answer.complained
    for name in ("AUTH_SECRET", "DATABASE_URL", "PUBLIC_URL", "MAIL_HOST", "PAYMENTS_PROVIDER"):
        assert f"ORDERHUB_{name}" in answer.complained or f"ORDERHUB_SERVER_{name}" in answer.complained
    assert "SANDBOX_CLOCK" not in answer.complained


def test_it_serves_with_the_settings_of_a_deployment(serve: Serve, image: dict[str, str], database_url: str) -> None:
    server = serve(**image | safe_environment(database_url=database_url)).wait_for("is ready")
    server.ask_to_stop()
    assert server.wait() == 0


def test_it_is_tried_only_in_so_many_words(orderhub: Orderhub, image: dict[str, str]) -> None:
    answer = orderhub("serve", "--port", "0", **image | {"mode": "development"})
    assert answer.status == 1
    assert "say --insecure" in answer.complained
