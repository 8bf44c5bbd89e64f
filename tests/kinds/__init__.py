"""The kinds of order as the tests know them: the one place that lists the recipes.

As with `KINDS`, a kind that is not listed here is added before the tests are collected.
"""

from typing import Final

from tests.kinds.item.recipe import ITEM_RECIPE
from tests.kinds.recipe import Recipe
from tests.kinds.service.recipe import SERVICE_RECIPE
from tests.kinds.sourced.recipe import SOURCED_RECIPE

RECIPES: Final[dict[str, Recipe]] = {recipe.name: recipe for recipe in (SERVICE_RECIPE, SOURCED_RECIPE, ITEM_RECIPE)}
"""By the name of the kind."""
