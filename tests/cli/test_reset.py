"""`orderhub reset`: the data folder is emptied, and nothing else is."""

import subprocess
from pathlib import Path

from tests.cli.running import PATIENCE, Orderhub, Serve

_CHECKOUT = Path(__file__).parents[2]


def test_a_served_folder_is_left_alone_then_emptied(orderhub: Orderhub, serve: Serve) -> None:
    server = serve().wait_for("is ready")
    folder = server.data_dir
    refused = orderhub("reset", "--yes", "--data-dir", str(folder))
    assert refused.status == 1
    assert "OrderHub already serves" in refused.complained
    server.ask_to_stop()
    assert server.wait() == 0

    kept = orderhub("reset", "--data-dir", str(folder), said_to_it="n\n")
    assert (kept.status, (folder / "cluster").is_dir()) == (1, True)
    assert str(folder) in kept.said

    done = orderhub("reset", "--data-dir", str(folder), said_to_it="y\n")
    assert (done.status, list(folder.iterdir())) == (0, []), done
    assert "Adding the sample data" in serve().wait_for("is ready").said


def test_what_no_hub_has_served_is_left_alone(orderhub: Orderhub, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "mine.png").write_bytes(b"mine")
    answer = orderhub("reset", "--yes", "--data-dir", str(tmp_path / "photos"))
    assert (answer.status, answer.said.startswith("Nothing to reset")) == (0, True)
    assert (tmp_path / "photos" / "mine.png").read_bytes() == b"mine"
    assert not (tmp_path / "nowhere").exists()


def test_a_database_of_ones_own_and_production_are_left_alone(orderhub: Orderhub) -> None:
    own = orderhub("reset", "--yes", database_url="postgresql://hub@db/hub")
    assert (own.status, "ORDERHUB_DATABASE_URL" in own.complained) == (1, True)
    production = orderhub("reset", "--yes", mode="production")
    assert (production.status, "Production's data" in production.complained) == (1, True)


def test_the_checkout_has_the_command_that_the_documentation_writes() -> None:
    done = subprocess.run(  # noqa: S603 - our own program
        [_CHECKOUT / "bin" / "orderhub", "--version"], capture_output=True, text=True, timeout=PATIENCE, check=True
    )
    assert done.stdout.startswith("orderhub ")
