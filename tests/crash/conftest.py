"""A hub in processes of its own. Everything that was started is stopped by its id, whatever happens."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tests.crash.hub import Hub, running_hub


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[Hub]:
    """PostgreSQL and the provider run; the test adds APIs and workers."""
    async with running_hub(tmp_path) as found:
        yield found


@pytest.fixture
def record(record_property: Callable[[str, object], None]) -> Callable[..., None]:
    """Keep figures with the test's result, and show them with ``-s``."""

    def keep(**figures: object) -> None:
        for name, value in figures.items():
            record_property(name, value)
        print(", ".join(f"{name} {value}" for name, value in figures.items()))  # noqa: T201

    return keep
