"""A status changes by a row of its table, through the one sequence: nobody writes one by hand."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import orderhub
from orderhub.domain.offers.process import OFFER
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.payments import process as payments
from orderhub.domain.processes import PROCESSES
from orderhub.domain.quotes.process import QUOTE

SOURCE: Final = Path(orderhub.__file__).parent
ROOMS: Final = (
    "domain/orders",
    "domain/quotes",
    "domain/offers",
    "domain/payments",
    "domain/transitions",
    "jobs",
    "seed",
)
"""Where something with a table could be written."""
TARGETS: Final = {
    "domain/offers/advance.py:take": "where the row leads",
    "domain/offers/drafting.py:drafted": "an offer begins, in the status that `decide` is asked about",
    "domain/orders/advance.py:_move": "where the row leads",
    "domain/quotes/advance.py:take": "likewise",
    "domain/transitions/rows.py:begin_row": "likewise, of what changes with something else",
    "domain/transitions/rows.py:take_row": "likewise",
    "domain/orders/kinds/item/placing.py:_order": "an order begins, in the status that `decide` is asked about",
    "domain/orders/kinds/service/placing.py:_begin": "an order begins, in the status that `decide` is asked about",
    "domain/orders/kinds/sourced/placing.py:order_of": "likewise",
    "domain/quotes/requesting.py:_begin": "a quote begins, likewise",
    "domain/orders/presentation.py:show_words": "shown",
    "domain/orders/kinds/sourced/proofs.py:_payment": "read, of what the order keeps of its payment under review",
    "domain/orders/kinds/sourced/proofs.py:_under_review": "likewise, of its proof",
    "seed/trading.py:_submitted": "of a trader, who has no table: staff verify or refuse",
}
"""Every place that makes a status. Whoever adds one takes a row of a table instead."""
DECIDED: Final = {
    ("domain/offers/advance.py", "OFFER"),
    ("domain/orders/advance.py", "KINDS[order.kind].table"),
    ("domain/orders/placing.py", "kind.table"),
    ("domain/quotes/accepting.py", "SOURCED"),
    ("domain/quotes/advance.py", "QUOTE"),
    ("domain/quotes/requesting.py", "QUOTE"),
    ("domain/transitions/rows.py", "process"),
}
"""Who asks `decide`, of which table: what a `Subject` decides by, what begins, and what changes with it."""


def is_read(value: ast.expr) -> bool:
    """Whether it is a status that something has, such as ``order.status`` or ``row["status"]``."""
    if isinstance(value, ast.Subscript):
        return isinstance(value.slice, ast.Constant) and value.slice.value == "status"
    return isinstance(value, ast.Attribute) and value.attr == "status"


def writes(node: ast.AST) -> Iterator[ast.expr]:
    """What this node makes the status of something, but for what it reads there."""
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        for target in node.targets if isinstance(node, ast.Assign) else (node.target,):
            named = isinstance(target, ast.Attribute) and target.attr == "status"
            keyed = isinstance(target, ast.Subscript) and ast.unparse(target.slice) == "'status'"
            if (named or keyed) and node.value is not None:
                yield node.value
    elif isinstance(node, ast.Call):
        yield from (each.value for each in node.keywords if each.arg == "status" and not is_read(each.value))
    elif isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and key.value == "status" and not is_read(value):
                yield value


def places(tree: ast.Module) -> Iterator[str]:
    def walk(node: ast.AST, name: str) -> Iterator[str]:
        for child in ast.iter_child_nodes(node):
            inner = child.name if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) and not name else name
            if any(writes(child)):
                yield inner
            yield from walk(child, inner)

    return walk(tree, "")


def sources() -> Iterator[tuple[str, ast.Module]]:
    for room in ROOMS:
        for path in sorted((SOURCE / room).rglob("*.py")):
            yield path.relative_to(SOURCE).as_posix(), ast.parse(path.read_text())


def calls(*names: str) -> Iterator[tuple[str, ast.Call]]:
    for name, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
                yield name, node


def test_nobody_writes_a_status_by_hand() -> None:
    found = {f"{name}:{place}" for name, tree in sources() for place in places(tree)}
    assert found == set(TARGETS)


def test_what_would_write_one_is_seen() -> None:
    for written in (
        "refund.status = 'sent'",
        "row['status'] = sent.code",
        "update(Refund).values(status='sent')",
        "change.add('refunds', status='pending')",
        "change.updates['proofs'] = [{'id': 1, 'status': 'left'}]",
    ):
        assert list(places(ast.parse(f"def write():\n    {written}"))) == ["write"], written
    assert not list(places(ast.parse("shown = {'status': order.status, 'was': refund['status']}")))


def test_every_table_is_decided_by_the_sequence() -> None:
    asked = {(name, ast.unparse(call.args[0])) for name, call in calls("decide") if len(call.args) > 1}
    assert asked == DECIDED
    for function in ("begin_row", "take_row"):
        taken = {getattr(payments, ast.unparse(call.args[1])).name for _, call in calls(function)}
        assert taken | {QUOTE.name, OFFER.name} | {*KINDS} == {*PROCESSES}, function
