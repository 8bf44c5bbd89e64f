"""`orderhub serve` from its start to its end, as a newcomer, a supervisor and a power cut see it."""

import socket
from pathlib import Path

import httpx
import pytest

from orderhub.domain.samples import INES
from orderhub.infra.database import Database
from tests.cli.running import Orderhub, Serve, presence_of, processes_of
from tests.making.deployments import safe_environment
from tests.making.people import new_person


def test_a_first_life(serve: Serve, orderhub: Orderhub) -> None:
    server = serve().wait_for("is ready")
    assert httpx.get(f"{server.url}/health/ready").json() == {"status": "ok"}
    assert "text/html" in httpx.get(f"{server.url}/docs").headers["content-type"]
    assert httpx.get(f"{server.url}/v1/listings").json()["data"], "the first start brings sample data"
    assert presence_of(server.data_dir) == {"pid": server.process.pid, "url": server.url}

    second = orderhub("serve", "--port", "0", "--data-dir", str(server.data_dir))
    assert second.status == 1
    assert f"process {server.process.pid}, at {server.url}" in second.complained
    assert httpx.get(f"{server.url}/health/ready").status_code == 200

    server.ask_to_stop()
    assert server.wait() == 0
    assert server.lines[-1] == "Stopped."
    assert processes_of(server.data_dir) == []


def test_a_port_that_is_taken_is_named_before_anything_is_started(orderhub: Orderhub, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        answer = orderhub("serve", "--port", str(port), "--data-dir", str(tmp_path / "hub"))
    assert answer.status == 1
    assert f"Port {port} of 127.0.0.1 is in use by another program" in answer.complained
    assert "Traceback" not in answer.complained
    assert not (tmp_path / "hub" / "cluster").exists()


def test_an_address_of_another_machine_is_refused(orderhub: Orderhub, tmp_path: Path) -> None:
    answer = orderhub("serve", "--host", "192.0.2.1", "--data-dir", str(tmp_path / "hub"))
    assert (answer.status, "no address 192.0.2.1" in answer.complained) == (1, True)


def test_a_database_that_cannot_be_reached_is_named_without_its_password(orderhub: Orderhub, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    url = f"postgresql://awa:secret-of-awa@127.0.0.1:{port}/hub"
    answer = orderhub("serve", "--port", "0", "--data-dir", str(tmp_path / "hub"), database_url=url)
    assert answer.status == 1
    assert f"127.0.0.1:{port}/hub can't be reached" in answer.complained
    assert "secret-of-awa" not in answer.complained + answer.said


@pytest.mark.parametrize("url", ["mysql//nothing", "postgresql://awa@[::1/hub"])
def test_what_is_no_url_of_a_database_is_said_plainly(orderhub: Orderhub, tmp_path: Path, url: str) -> None:
    answer = orderhub("serve", "--port", "0", "--data-dir", str(tmp_path / "hub"), database_url=url)
    assert answer.status == 1
    assert "ORDERHUB_DATABASE_URL is no URL" in answer.complained


def test_a_folder_that_cannot_be_used_is_named(orderhub: Orderhub, tmp_path: Path) -> None:
    (tmp_path / "a-file").touch()
    answer = orderhub("serve", "--port", "0", "--data-dir", str(tmp_path / "a-file" / "hub"))
    assert answer.status == 1
    assert "Choose another one with --data-dir" in answer.complained


def test_a_database_that_is_given_is_used(serve: Serve, database_url: str) -> None:
    server = serve("--no-sample-data", database_url=database_url).wait_for("is ready")
    assert httpx.get(f"{server.url}/health/ready").status_code == 200
    assert not (server.data_dir / "cluster").exists()
    server.ask_to_stop()
    assert server.wait() == 0


@pytest.mark.parametrize("role", ["serve", "api"])
@pytest.mark.parametrize("host", ["0.0.0.0", "::"])  # noqa: S104 - refused
def test_development_is_for_its_own_machine(orderhub: Orderhub, tmp_path: Path, role: str, host: str) -> None:
    answer = orderhub(role, "--host", host, "--port", "0", "--data-dir", str(tmp_path / "hub"))
    assert answer.status == 1
    assert f"Development mode does not listen on {host}" in answer.complained
    assert "--insecure" in answer.complained
    assert "ORDERHUB_MODE=production" in answer.complained
    assert not (tmp_path / "hub" / "cluster").exists()
    answer = orderhub(role, "--port", "0", "--data-dir", str(tmp_path / "hub"), server_host=host)
    assert (answer.status, "--insecure" in answer.complained) == (1, True)


@pytest.mark.parametrize("told", [("--insecure",), ()], ids=["option", "variable"])
def test_development_listens_elsewhere_when_told_so_in_words(
    serve: Serve, database_url: str, told: tuple[str, ...]
) -> None:
    variable = {} if told else {"server_insecure": "true"}
    host = "0.0.0.0"  # noqa: S104 - what it is about
    server = serve("--host", host, *told, "--no-sample-data", database_url=database_url, **variable)
    server.wait_for("is ready").ask_to_stop()
    assert server.wait() == 0


def test_tokens_of_one_folder_are_none_of_another(serve: Serve, tmp_path: Path) -> None:
    """Development's secrets are its data folder's: what one deployment gave out is nothing to the next."""
    here, there = (serve(data_dir=tmp_path / name).wait_for("is ready") for name in ("here", "there"))
    form = {"username": "awa@example.com", "password": "mangues-du-marche"}
    token = httpx.post(f"{here.url}/v1/auth/token", data=form).json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    assert [httpx.get(f"{server.url}/v1/me", headers=headers).status_code for server in (here, there)] == [200, 401]


class TestProduction:
    """With settings that production takes, and a database of its own."""

    @pytest.fixture
    def settings(self, database_url: str) -> dict[str, str]:
        return safe_environment(database_url=database_url)

    def test_it_starts_where_others_reach_it_and_shows_no_sandbox(self, serve: Serve, settings: dict[str, str]) -> None:
        server = serve("--host", "0.0.0.0", **settings).wait_for("is ready")  # noqa: S104 - production may
        assert httpx.get(f"{server.url}/health/ready").status_code == 200
        assert httpx.get(f"{server.url}/v1/listings").json()["data"] == []
        for path in ("mailbox", "clock"):
            assert httpx.get(f"{server.url}/v1/sandbox/{path}").status_code == 404
        assert not (server.data_dir / "development.key").exists()
        server.ask_to_stop()
        assert server.wait() == 0

    async def test_the_people_of_the_sample_data_do_not_come_along(
        self, orderhub: Orderhub, settings: dict[str, str], database: Database
    ) -> None:
        async with database.session() as session:
            session.add(new_person("ines", id=INES.id, roles=["admin"]))
        for role in ("serve", "api", "worker"):
            answer = orderhub(role, **settings)
            assert answer.status == 1
            assert "whose passwords are published" in answer.complained
