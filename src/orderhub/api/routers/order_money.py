"""What happened to an order and to its money; a person's balance and statement."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Final

from fastapi import Query
from pydantic import Field

from orderhub.api.dependencies import AskedLanguage, Caller, DatabaseSession, SignedIn
from orderhub.api.key_scopes import for_keys
from orderhub.api.pages import Limit, PageParams, show_page
from orderhub.api.problems import problems
from orderhub.api.routing import Router
from orderhub.api.schemas.balance import BalanceOut, BalancesOut, StatementLineOut
from orderhub.api.schemas.base import Omittable, OrderId, PageOut
from orderhub.api.schemas.forms import CURSOR, Form
from orderhub.api.schemas.history import show_history
from orderhub.api.schemas.orders.history import OrderHistoryOut
from orderhub.api.schemas.orders.order import EscrowOut, PostingOut
from orderhub.api.shown_payments import show_refund
from orderhub.domain.contact_details.disclosure import AS_WRITTEN, Disclosure
from orderhub.domain.escrow import balances, ledger
from orderhub.domain.escrow.models import Posting
from orderhub.domain.orders import history_data, queries
from orderhub.domain.orders.errors import OrderNotFoundError
from orderhub.domain.orders.models import Order
from orderhub.domain.shops.models import KeyScope
from orderhub.domain.transitions.models import History
from orderhub.infra.business_clock import business_now
from orderhub.kit.pages import DEFAULT_LIMIT

router = Router()
_RELEASED: Final = "released"
"""What a buyer reads as the target of a release."""
OlderThan = Annotated[
    Omittable[Annotated[str, Field(max_length=12), Form("^[0-9]{1,12}$", CURSOR.hint)]],
    Query(description="`next_cursor` of the previous page, unchanged."),
]


async def _visible(session: DatabaseSession, caller: Caller, order_id: OrderId) -> Order:
    return await queries.visible_order(session, order_id, caller.account_id, staff=bool(caller.roles))


@router.get("/orders/{order_id}/transitions", summary="Read an order's history", responses=problems(OrderNotFoundError))
@for_keys(KeyScope.ORDERS_READ)
async def list_order_transitions(
    session: DatabaseSession,
    caller: SignedIn,
    order_id: OrderId,
    limit: Limit = DEFAULT_LIMIT,
    cursor: OlderThan = None,
) -> PageOut[OrderHistoryOut]:
    """Everything that was done, newest first: the action, by whom, from which status to which."""
    order = await _visible(session, caller, order_id)
    rows = await queries.history_of(session, order.id, limit, int(cursor) if cursor else None)
    words = AS_WRITTEN if caller.roles else await queries.words_between(session, order)
    return show_history(OrderHistoryOut, rows, limit, lambda row: _said(row, order, caller, words))


def _said(row: History, order: Order, caller: Caller, words: Disclosure) -> dict[str, Any]:
    return history_data.public(_disclosed(row, order, caller, words), order.currency)


def _disclosed(row: History, order: Order, caller: Caller, words: Disclosure) -> dict[str, Any]:
    """What was said with it: whole for its author and staff; how the buyer paid is not the seller's to see."""
    if caller.roles:
        return row.data
    hidden = {"payment_id"} if caller.account_id == order.seller_id else {"commission"}
    if row.actor_id == caller.account_id:
        return {name: value for name, value in row.data.items() if name not in hidden}
    return history_data.shown(row.data, hidden, words)


@router.get("/orders/{order_id}/escrow", summary="Read an order's money", responses=problems(OrderNotFoundError))
@for_keys(KeyScope.ORDERS_READ)
async def get_order_escrow(
    session: DatabaseSession, caller: SignedIn, order_id: OrderId, language: AskedLanguage
) -> EscrowOut:
    """What is held, released and refunded, with each posting. A buyer and a seller see what moved escrow."""
    order = await _visible(session, caller, order_id)
    mine = ledger.escrow(order.id)
    postings = [
        posting
        for posting in await queries.postings_of(session, order.id)
        if caller.roles or mine in (posting.source, posting.target)
    ]
    shown = [_posting(posting) for posting in postings]
    if not caller.roles and caller.account_id != order.seller_id:
        shown = list(_without_commission(shown))
    refunds = await queries.refunds_of(session, order.id)
    return EscrowOut.model_validate(
        {
            **{name: _money(getattr(order, name), order.currency) for name in ("held", "released", "refunded")},
            "postings": shown,
            "refunds": [show_refund(refund, language) for refund in refunds],
        }
    )


def _without_commission(postings: Iterable[PostingOut]) -> Iterator[PostingOut]:
    """What a buyer reads: a release as one movement, since what the hub keeps of it is the seller's to know."""
    released: PostingOut | None = None
    for posting in postings:
        if posting.target == ledger.COMMISSION and released is not None:
            whole = released.amount.amount + posting.amount.amount
            released = released.model_copy(
                update={"amount": released.amount.model_copy(update={"amount": whole}), "target": _RELEASED}
            )
            continue
        if released is not None:
            yield released
        released = posting.model_copy(update={"target": _RELEASED}) if _is_release(posting) else None
        if released is None:
            yield posting
    if released is not None:
        yield released


def _is_release(posting: PostingOut) -> bool:
    return posting.target.startswith("payable:") or posting.target in (ledger.SALES, ledger.COMMISSION)


def _posting(posting: Posting) -> PostingOut:
    return PostingOut.model_validate(
        {
            "source": ledger.show_account(posting.source),
            "target": ledger.show_account(posting.target),
            "amount": _money(posting.amount, posting.currency),
            "reason": posting.reason,
            "at": posting.at,
        }
    )


def _money(amount: int, currency: str) -> dict[str, Any]:
    return {"amount": amount, "currency": currency}


@router.get("/me/balance", summary="Read my balance")
async def get_my_balance(session: DatabaseSession, caller: SignedIn) -> BalancesOut:
    """Per currency: held for orders under way, clearing, available, paid out."""
    found = await balances.of(session, caller.account_id, await business_now(session))
    return BalancesOut(
        data=[
            BalanceOut.model_validate(
                {
                    "currency": balance.currency,
                    **{
                        name: _money(getattr(balance, name), balance.currency)
                        for name in ("held", "clearing", "available", "paid_out")
                    },
                }
            )
            for balance in found
        ]
    )


@router.get("/me/ledger", summary="Read my statement")
async def list_my_ledger(session: DatabaseSession, caller: SignedIn, page: PageParams) -> PageOut[StatementLineOut]:
    """Every movement of what the hub owes you, newest first; below zero where it was taken."""
    account = ledger.payable(caller.account_id)
    found = await queries.postings_page(session, account, page)
    return show_page(found, lambda posting: _line(posting, account))


def _line(posting: Posting, account: str) -> StatementLineOut:
    amount = posting.amount if posting.target == account else -posting.amount
    return StatementLineOut.model_validate(
        {
            "at": posting.at,
            "reason": posting.reason,
            "order_id": posting.order_id,
            "amount": _money(amount, posting.currency),
        }
    )
