"""The world that lives are played in."""

from tests.lives.conftest import awa, bruno, chloe, world

__all__ = ["awa", "bruno", "chloe", "world"]
