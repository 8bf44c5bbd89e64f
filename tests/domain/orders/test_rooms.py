"""What is true of one kind of order stands in its room: nobody outside names a status or asks which kind it is."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

import orderhub
from orderhub.domain.orders.kinds import KINDS, register

SOURCE: Final = Path(orderhub.__file__).parent
ROOMS: Final = (
    "domain/orders/kinds/",
    "domain/notifications/kinds/",
    "api/examples/",
    "api/schemas/orders/",
    "domain/samples/",
    "seed/",
    "demo/",
)
"""Where a kind may be named: its rooms, and what plays it as an example."""
KNOW_NO_ORDER: Final = ("infra/", "kit/", "adapters/")
"""Floors and neighbours whose words happen to be the same."""
OTHER_THINGS: Final = {
    "domain/payments/ports.py": {"cancelled"},  # a payment at its provider
    "domain/quotes/process.py": {"cancelled"},  # a quote
    "domain/events/reader.py": {"ready"},  # the log
    "domain/orders/presentation.py": {"disputed"},  # a member's name
    "domain/overviews/orders.py": {"disputed"},  # likewise
    "domain/orders/settlement/captures.py": {"returned"},  # a payment
    "domain/payments/process.py": {"confirmed"},  # a proof
    "domain/catalog/models.py": {"service", "item"},  # a listing
    "api/schemas/listing_cards.py": {"service", "item"},  # a listing
    "api/schemas/listing_items.py": {"item"},  # likewise
    "api/schemas/listing_services.py": {"service"},  # likewise
    "api/schemas/listings.py": {"item", "service"},  # likewise
    "api/schemas/previews.py": {"item", "service"},  # likewise
    "api/openapi/tags.py": {"service"},  # how the server itself is
    "api/openapi/words/orders.py": {"disputed"},  # a member's name
    "api/openapi/words/parameters.py": {"confirmed"},  # whether an address is
    "cli.py": {"service"},  # what the demo plays
}
NAMES: Final = {*KINDS} | {code for kind in KINDS.values() for code in kind.table.by_code}
ILLUSTRATION: Final = {"examples", "json_schema_extra"}


def sources() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        if not name.startswith((*ROOMS, *KNOW_NO_ORDER)):
            yield name, ast.parse(path.read_text())


def words_of(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Every string but those of examples, with its line."""
    if (isinstance(node, ast.keyword) and node.arg in ILLUSTRATION) or _is_example(node):
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.lineno, node.value
    for child in ast.iter_child_nodes(node):
        yield from words_of(child)


def _is_example(node: ast.AST) -> bool:
    return isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and "EXAMPLE" in node.target.id


def asks_for_kind(tree: ast.AST) -> Iterator[int]:
    """The lines of comparisons of an order's kind, such as ``order.kind == "service"``."""
    for node in ast.walk(tree):
        for side in (node.left, *node.comparators) if isinstance(node, ast.Compare) else ():
            if isinstance(side, ast.Attribute) and side.attr == "kind" and ast.unparse(side.value).endswith("order"):
                yield side.lineno


def test_no_status_and_no_kind_is_named_outside_the_rooms() -> None:
    found = [
        (name, line, word)
        for name, tree in sources()
        for line, word in words_of(tree)
        if word in NAMES and word not in OTHER_THINGS.get(name, set())
    ]
    assert found == []


def test_nobody_outside_the_rooms_asks_which_kind_an_order_is() -> None:
    assert [(name, line) for name, tree in sources() for line in asks_for_kind(tree)] == []
    assert list(asks_for_kind(ast.parse("if change.order.kind == kind: pass"))) == [1]


def test_what_is_something_else_is_still_there() -> None:
    said = {name: {word for _, word in words_of(tree)} for name, tree in sources() if name in OTHER_THINGS}
    assert {name: said[name] & words for name, words in OTHER_THINGS.items()} == OTHER_THINGS


def test_each_room_is_a_kind_and_has_its_contracts() -> None:
    rooms = {path.name for path in (SOURCE / "domain/orders/kinds").iterdir() if (path / "table.py").exists()}
    assert rooms == {*KINDS}
    contracts = (SOURCE.parents[1] / "pyproject.toml").read_text()
    own, asked, shared = 1, 1, 1
    for room in rooms:
        assert contracts.count(f'"orderhub.domain.orders.kinds.{room}"') == own + asked + shared, room


def test_a_name_is_taken_once() -> None:
    with pytest.raises(ValueError, match="'service' already"):
        register(KINDS["service"])
