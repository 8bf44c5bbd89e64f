"""What a row of a kind's table still lacks, in words that say where to add it."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from orderhub.api.examples.documented import SAMPLES
from orderhub.api.examples.sample import Sample
from orderhub.api.schemas.orders.action import OrderActionBody
from orderhub.api.schemas.orders.bodies import BODIES
from orderhub.api.schemas.orders.common import COMMON_ACTIONS
from orderhub.domain.notifications.wording import orders
from orderhub.domain.orders.state import Facts
from orderhub.domain.process import Row
from orderhub.infra.edges import Edge, show_edge
from tests.kinds.recipe import Recipe


def missing(recipe: Recipe, edges: AbstractSet[Edge]) -> list[str]:
    """Everything that the kind's table has and others lack, each once; ``edges`` are the database's."""
    lived = {line.row(recipe.table).key for life in recipe.lives.values() for line in life.taken}
    found: dict[str, None] = {}
    for row in recipe.table.rows:
        found |= dict.fromkeys(_of_row(recipe, row))
        found |= dict.fromkeys(_of_edges(recipe, row, edges))
        if row.key not in lived:
            start = row.start.code if row.start else "-"
            found[f"tests/kinds/{recipe.name}/: a life with the line '{start} {row.action}'"] = None
    return list(found)


def _of_row(recipe: Recipe, row: Row[Facts]) -> Iterator[str]:
    name, action = recipe.name, row.action
    if row.start and row.start.code not in recipe.ways:
        yield f"tests/kinds/{name}/ways.py: the way to '{row.start.code}'"
    if row.asked:
        if action not in recipe.commands:
            yield f"tests/kinds/{name}/commands.py: what is said with '{action}'"
        if action not in actions_of(BODIES[name].actions) | actions_of(COMMON_ACTIONS):
            yield f"api/schemas/orders/{name}/: a body whose action is '{action}'"
        if action not in _examples():
            yield f"api/examples/orders/{name}.py: an example of '{action}'"
    yield from _of_words(recipe, row)


def _of_words(recipe: Recipe, row: Row[Facts]) -> Iterator[str]:
    words, action = recipe.kind.words, row.action
    start = row.start.code if row.start else None
    at_start = {action, f"{action}:{start}"}
    for to in recipe.table.targets(row):
        if not {*at_start, f"{action}>{to.code}"} & {*words.actions, *orders.ACTIONS}:
            yield f"domain/orders/kinds/{recipe.name}/wording.py: the words for '{action}'"
    if row.clock and row.clock.waits_for and not at_start & {*words.reminders, *orders.REMINDERS}:
        yield f"domain/orders/kinds/{recipe.name}/wording.py: the reminder before '{action}'"


def _of_edges(recipe: Recipe, row: Row[Facts], edges: AbstractSet[Edge]) -> Iterator[str]:
    for to in recipe.table.targets(row):
        edge = (recipe.name, row.start.code if row.start else "", row.action, to.code)
        if edge not in edges:
            yield f"migrations/versions/: a migration that inserts the edge '{show_edge(edge)}'"


def actions_of(bodies: Iterable[type[OrderActionBody]]) -> set[str]:
    """The actions that these bodies are about."""
    return {body.about() for body in bodies}


def _examples() -> AbstractSet[str]:
    samples = SAMPLES["act_on_order"]
    assert not isinstance(samples, Sample)
    return samples.keys()
