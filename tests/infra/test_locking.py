"""Every place that locks a row is known here, with the reason why it does not see half of the past."""

import ast
import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import bindparam, func, select, text

import orderhub
from orderhub.domain.quotes.models import Quote, QuoteVersion
from orderhub.infra.database import Database
from orderhub.infra.locking import LockingStatement, lock, locked
from tests.making.people import sign_up
from tests.making.quotes import add_quote, issue, lead
from tests.making.waits import holding, until_waiting

SOURCE: Final = Path(orderhub.__file__).parent
ALONE: Final = "locks one row and reads nothing else; what follows is read in statements of its own"
FRESH: Final = "the same, in a unit of work that has read none of it before"
KNOWN: Final = {
    "api/examples/refusals_after_steps.py:AFTER_STEPS": "held while an example is recorded, for the next to wait",
    "api/examples/refusals_under_pressure.py:UNDER_PRESSURE": "likewise",
    "domain/accounts/email_tokens.py:_find": FRESH,
    "domain/accounts/email_tokens.py:consume": ALONE,
    "domain/accounts/locking.py:held_account": ALONE,
    "domain/accounts/locking.py:lock_account": ALONE,
    "domain/accounts/opening.py:_free_account": ALONE,
    "domain/accounts/erasure.py:erase": "refreshes the account that it locks; what is open is looked for afterwards",
    "domain/accounts/preferences.py:replace_preferences": ALONE,
    "domain/accounts/sessions.py:refresh": "locks the token and its session; the account's roles change only with "
    "the end of its sessions, and tokens that the holder adds are not looked at",
    "domain/accounts/sign_in.py:_lock_unchanged": FRESH,
    "domain/carts/closing.py:_LOCK": ALONE,
    "domain/carts/personal_data.py:erase_carts": "an account's own carts, while its row keeps new ones away",
    "domain/carts/queries.py:own_cart": ALONE,
    "domain/catalog/favourites.py:erase_favourites": "a person's own favourites, while their row keeps new ones away",
    "domain/comments/mentions.py:_accounts": "never waits, and reads the locked rows alone",
    "domain/comments/personal_data.py:erase_comments": ALONE,
    "domain/comments/service.py:delete_comment": "locks the listing and reads its seller alone; the comment afterwards",
    "domain/comments/service.py:_hold_open": "locks the listing and reads its state alone; counts come afterwards",
    "domain/escrow/recovery.py:recover": "a seller's balances alone; what is owed is summed up afterwards",
    "domain/events/reader.py:lock_place": ALONE,
    "domain/offers/ending.py:LOCK_OPEN": "locks the open offers alone, in order; what they say is read afterwards",
    "domain/offers/recipients.py:_PEOPLE": "never waits, so that nothing that it reads is past",
    "domain/offers/room.py:LOCK_AUTHOR": ALONE,
    "domain/offers/using.py:held": "locks the caller's one offer, and reads nothing that hangs on it",
    "domain/orders/advance.py:OPEN_PAYMENTS": "payments of an order whose lock is there: nobody else adds any",
    "domain/orders/kinds/item/finding.py:_held": "locks listings alone, in the order of their ids; only whether an "
    "order "
    "that holds one is the caller's own may be past, which is told and not decided on",
    "domain/orders/kinds/item/holding.py:_move": "locks listings alone, in the order of their ids, to update them",
    "domain/orders/kinds/item/settling.py:_HOLD": "locks listings alone, in the order of their ids, after their order",
    "domain/orders/sellers.py:settle_seller": "counts once the seller's row is locked",
    "domain/quotes/requesting.py:_LOCK": ALONE,
    "infra/locking.py:LockingStatement.__init__": "runs again where it had begun with another version",
    "infra/locking.py:locked": "reads the locked row anew, and nothing else",
}
"""Where rows are locked. Whoever adds a place reads `infra/locking.py`, then writes down why it is right."""


def locks(path: Path) -> Iterator[str]:
    """The functions and constants of a module that lock rows."""

    def walk(node: ast.AST, name: str) -> Iterator[str]:
        for child in ast.iter_child_nodes(node):
            inner = name
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                inner = f"{name}.{child.name}" if name else child.name
            elif isinstance(child, ast.Assign | ast.AnnAssign) and not name:
                target = child.targets[0] if isinstance(child, ast.Assign) else child.target
                inner = ast.unparse(target)
            attribute = isinstance(child, ast.Attribute) and child.attr == "with_for_update"
            keyword = isinstance(child, ast.keyword) and child.arg == "with_for_update"
            written = isinstance(child, ast.Constant) and isinstance(child.value, str) and _by_hand(child.value)
            if attribute or keyword or written:
                yield inner
            yield from walk(child, inner)

    yield from walk(ast.parse(path.read_text()), "")


def _by_hand(sql: str) -> bool:
    return any(f"FOR {how}" in sql for how in ("UPDATE", "NO KEY UPDATE", "SHARE", "KEY SHARE"))


def test_every_lock_is_known() -> None:
    found = {f"{path.relative_to(SOURCE)}:{name}" for path in SOURCE.rglob("*.py") for name in locks(path)}
    assert found == set(KNOWN)


async def an_issued_quote(database: Database) -> Quote:
    """Awa's quote, whose first version is issued, and the second is not yet."""
    claims = await sign_up(database, "awa")
    async with database.session() as session:
        quote = await add_quote(session, claims.account_id)
        await lead(session, quote, "in_preparation")
        await issue(session, quote, claims.account_id)
        await lead(session, quote, "changes_requested", "in_preparation")
    return quote


@pytest.mark.parametrize("skip_locked", [False, True], ids=["waits", "gives way"])
async def test_what_the_holder_adds_is_seen(database: Database, *, skip_locked: bool) -> None:
    """The statement begins, then the holder adds a version and ends, and then the statement takes the lock."""
    quote = await an_issued_quote(database)
    turn = select(func.pg_advisory_xact_lock(1).label("turn")).cte("turn")
    statement = LockingStatement(
        select(Quote.current, QuoteVersion.n, turn.c.turn)
        .select_from(Quote)
        .join(turn, Quote.id.is_not(None))
        .outerjoin(QuoteVersion, (QuoteVersion.quote_id == Quote.id) & (QuoteVersion.n == Quote.current))
        .where(Quote.id == bindparam("quote_id")),
        of=Quote,
        skip_locked=skip_locked,
    )

    async def take() -> tuple[int, int]:
        async with database.hot_transaction() as transaction:
            row = await lock(transaction, statement, {"quote_id": quote.id})
            assert row is not None
            return row["current"], row["n"]

    async with holding(database, "SELECT pg_advisory_xact_lock(1)"):
        taking = asyncio.create_task(take())
        await until_waiting(database, 1)
        async with database.session() as session:
            await issue(session, await session.get_one(Quote, quote.id), quote.buyer_id)
    assert await taking == (2, 2)


async def test_nothing_is_read_again_where_nobody_was_faster(database: Database) -> None:
    quote = await an_issued_quote(database)
    statement = LockingStatement(
        select(Quote.current, func.nextval("asked").label("asked")).where(Quote.id == quote.id), of=Quote
    )
    async with database.session() as session:
        await session.execute(text("CREATE SEQUENCE asked"))
    async with database.hot_transaction() as transaction:
        row = await lock(transaction, statement, {})
    assert row is not None
    assert row["asked"] == 1


async def test_a_row_that_was_read_before_is_locked_as_it_is_now(database: Database) -> None:
    quote = await an_issued_quote(database)
    async with database.session() as session:
        read = await session.get_one(Quote, quote.id)
        async with database.session() as another:
            await issue(another, await another.get_one(Quote, quote.id), quote.buyer_id)
        found = await locked(session, Quote, quote.id)
        assert found is read
        assert read.current == 2
