"""The world that Zoé's story is told in is the one of the lives."""

from tests.lives.conftest import world

__all__ = ["world"]
