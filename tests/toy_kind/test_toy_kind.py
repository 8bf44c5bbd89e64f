"""A kind of five rows, in this folder alone: an order of it is taken over HTTP from placing to its end.

What is made of all kinds is made when it is imported, so it is played in a process where the kind comes first.
"""

import os
import re
import sys
from pathlib import Path
from subprocess import run

from orderhub.domain.orders.kinds import KINDS
from tests.toy_kind.errand import ERRAND, ERRANDS, ROWS

FOLDER = Path(__file__).parent
OF_EVERY_KIND = (
    "tests/domain/orders/test_recipes.py",
    "tests/domain/orders/test_table.py",
    "tests/domain/orders/test_walks.py",
    "tests/engine/test_rows.py",
    "tests/lives/test_lives.py",
)
"""What holds of every kind holds of this one."""


def test_it_has_five_rows_of_its_own_and_nothing_here_knows_it() -> None:
    assert len(ROWS) == 5
    assert ERRANDS.name not in KINDS
    assert (ERRAND.final, ERRAND.fulfilled) == ({"paid_out", "dropped"}, {"paid_out"})


def test_an_order_of_it_is_taken_from_placing_to_its_end() -> None:
    played = run(  # noqa: S603 - ourselves
        [sys.executable, "-m", "pytest", "-q", "-rp", "-p", "tests.toy_kind.registered", "-p", "no:cacheprovider",
         "-k", "life.py or errand", str(FOLDER / "life.py"), *OF_EVERY_KIND],
        cwd=FOLDER.parents[1],
        env={name: value for name, value in os.environ.items() if not name.startswith("PYTEST_XDIST")},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )  # fmt: skip
    assert played.returncode == 0, played.stdout[-4_000:] + played.stderr[-2_000:]
    assert len(re.findall(r"^PASSED .*life\.py", played.stdout, re.MULTILINE)) == 7
    assert all(re.search(rf"^PASSED {name}.*errand", played.stdout, re.MULTILINE) for name in OF_EVERY_KIND)
