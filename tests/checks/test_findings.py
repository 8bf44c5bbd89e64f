"""What linters find is refused, unless an exception with a reason covers it; one that covers nothing is, too."""

from pathlib import Path

import pytest

from checks.findings import Allowed, Finding, read_exceptions, remaining
from checks.lint_openapi import EXCEPTIONS
from checks.linters import LINTERS

HEALTH = Finding("redocly", "operation-4xx-response", "#/paths/~1health~1live/get/responses", "No 4XX.")
ORDERS = Finding("redocly", "operation-4xx-response", "#/paths/~1v1~1orders/get/responses", "No 4XX.")
PROBES = Allowed("redocly", "operation-4xx-response", ("#/paths/~1health~1*",), "A probe sends nothing.")


def test_what_an_exception_covers_is_no_fault() -> None:
    assert remaining([HEALTH], [PROBES]) == []


def test_what_none_covers_is_a_fault() -> None:
    other = Finding("redocly", "info-license", HEALTH.at, "No licence.")
    elsewhere = Finding("spectral", HEALTH.rule, HEALTH.at, "No 4XX.")

    assert remaining([HEALTH, ORDERS, other, elsewhere], [PROBES]) == [str(ORDERS), str(other), str(elsewhere)]


def test_an_exception_that_covers_nothing_is_stale_place_by_place() -> None:
    both = Allowed(PROBES.linter, PROBES.rule, (*PROBES.at, "#/paths/~1metrics/*"), PROBES.reason)

    (stale,) = remaining([HEALTH], [both])

    assert stale == "stale exception: redocly no longer says operation-4xx-response at #/paths/~1metrics/*: take it out"


@pytest.mark.parametrize("lacking", ["linter", "rule", "at", "reason"])
def test_an_exception_without_a_part_is_refused(tmp_path: Path, lacking: str) -> None:
    parts = {"linter": '"redocly"', "rule": '"info-license"', "at": '["*"]', "reason": '"There is none."'}
    lines = [f"{name} = {value}" for name, value in parts.items() if name != lacking]
    path = tmp_path / "exceptions.toml"
    path.write_text("\n".join(["[[exception]]", *lines]))

    with pytest.raises(ValueError, match="a reason"):
        read_exceptions(path)


def test_ours_can_be_read() -> None:
    exceptions = read_exceptions(EXCEPTIONS)

    assert {each.linter for each in exceptions} <= LINTERS.keys()
    assert all(len(each.reason) > 20 for each in exceptions)
