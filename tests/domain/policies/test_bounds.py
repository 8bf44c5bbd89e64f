"""The page of the limits says what the code holds, and of every PUT and POST what ends it."""

import json
import re
from pathlib import Path

from orderhub.domain.policies.bounds import BOUNDS, FIXED
from orderhub.domain.policies.room import kept, of_terms, whole

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "limits.md"
TABLES = re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)


def rows(table: str) -> list[list[str]]:
    found = [line.strip("| \n").split(" | ") for line in table.splitlines() if line.startswith("| `")]
    return [[cell.strip("`| ") if place == 0 else cell for place, cell in enumerate(row)] for row in found]


def test_the_page_lists_every_bound() -> None:
    assert rows(TABLES[1]) == [
        [name, bound.label.en, str(bound.usual), str(bound.least), str(bound.most)] for name, bound in BOUNDS.items()
    ]
    assert rows(TABLES[2]) == [[name, bound.label.en, str(bound.most)] for name, bound in FIXED.items()]


def test_the_page_says_of_every_put_and_post_what_ends_it() -> None:
    document = json.loads((ROOT / "openapi" / "openapi.json").read_text(encoding="utf-8"))
    for method, table in (("put", TABLES[-2]), ("post", TABLES[-1])):
        operations = [each[method]["operationId"] for each in document["paths"].values() if method in each]
        assert [row[0] for row in rows(table)] == operations, method
    said = rows(TABLES[-2]) + rows(TABLES[-1])
    named = {name for _, makes, *ends in said for name in re.findall(r"`(\w+)`", " ".join(ends)) if makes}
    assert named >= BOUNDS.keys() | FIXED.keys()


def test_every_bound_is_sound() -> None:
    assert list(BOUNDS) == sorted(BOUNDS)
    for name, bound in {**BOUNDS, **FIXED}.items():
        assert 1 <= bound.least <= bound.usual <= bound.most, name
        assert bound.advice.en.endswith("."), name
        assert bound.advice.fr.endswith("."), name


def test_older_terms_have_the_usual_bound() -> None:
    assert whole({"carts": 3})["carts"] == 3
    assert whole({})["carts"] == BOUNDS["carts"].usual
    assert "carts" not in kept(whole({}))
    assert of_terms({}, "part_refunds") == BOUNDS["part_refunds"].usual
    assert of_terms({"bounds": {"part_refunds": 3}}, "part_refunds") == 3
