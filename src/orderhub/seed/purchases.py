"""What people do with the sample orders of the house: each step is what the API would call, too."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from orderhub.domain.orders.engine import take_unasked
from orderhub.domain.orders.kinds.sourced.details import details_of, due
from orderhub.domain.orders.loading import state_of
from orderhub.domain.orders.models import Order
from orderhub.domain.orders.settlement import starting as paying
from orderhub.domain.orders.settlement.starting import PaymentRequest, what_is_due
from orderhub.domain.payments.methods import PaymentMethod
from orderhub.domain.payments.models import Payment
from orderhub.domain.proforma.draft import Fee, FlatFreight
from orderhub.domain.proforma.pricing import priced_fees, priced_freight
from orderhub.domain.requests.caller import Answer, Caller, Key
from orderhub.domain.requests.remembering import kept
from orderhub.domain.sample_receipts import hash_of
from orderhub.domain.samples import (
    AWA,
    CHLOE,
    FELIX,
    KOFFI,
    LEA,
    Deal,
    Files,
    SamplePerson,
    Sourced,
    balance_payment_of,
    cart_of,
    conversation_of,
    lines_of,
    name_of,
    payment_of,
)
from orderhub.domain.tracking.service import follow
from orderhub.kit.ids import show_id
from orderhub.seed.quoting import Request, Step
from orderhub.seed.stage import Stage
from orderhub.seed.steps import pay_by_card

_RECEIPTS: Final[Mapping[UUID, UUID]] = {
    AWA.id: Files.RECEIPT_OF_AWA,
    KOFFI.id: Files.RECEIPT_OF_KOFFI,
    LEA.id: Files.RECEIPT_OF_LEA,
}
_DEALS: Final[Mapping[UUID, UUID]] = {
    deal.quote: deal.order for deal in vars(Sourced).values() if isinstance(deal, Deal)
}
_RETURN: Final = "https://boutique.example/commande/retour"


def order_of(request: Request) -> UUID:
    """The order that accepting this quote places."""
    return _DEALS[request.quote_id]


def lines(request: Request) -> Sequence[str]:
    """The lines of the quote and of its order."""
    return [show_id("lin", line) for line in lines_of(cart_of(request.quote_id))[: len(request.articles)]]


async def accept(stage: Stage, request: Request) -> None:
    """The buyer accepts version 1: the order is placed."""
    order_id = order_of(request)
    named = {"order_id": order_id, "conversation_id": conversation_of(order_id)}
    await stage.act_on_quote(request.buyer.id, request.quote_id, "accept", {"version": 1, **named})


def by_staff(person: SamplePerson, action: str, **command: Any) -> Step:
    """A row of the order's table that staff take."""

    async def step(stage: Stage, request: Request) -> None:
        await stage.act(person.id, order_of(request), action, command)

    return step


def by_buyer(action: str, **command: Any) -> Step:
    """A row of the order's table that the buyer takes."""

    async def step(stage: Stage, request: Request) -> None:
        await stage.act(request.buyer.id, order_of(request), action, command)

    return step


async def pay_deposit(stage: Stage, request: Request) -> None:
    """The deposit by card."""
    await pay_by_card(stage, order_of(request), payment_of(order_of(request)))


async def pay_balance(stage: Stage, request: Request) -> None:
    """The balance by card."""
    await pay_by_card(stage, order_of(request), balance_payment_of(order_of(request)))


async def begin_by_hand(stage: Stage, request: Request) -> None:
    """The buyer reads how to pay the deposit by hand."""
    order_id = order_of(request)
    caller = await stage.caller(request.buyer.id)
    key = Key(f"POST /v1/orders/{order_id}/payments", f"sample-{order_id}", hash_of(Files.RECEIPT_OF_AWA))
    keyed = Caller(caller.account_id, caller.session_id, caller.roles, key)
    method = PaymentMethod.MOBILE_MONEY if request.buyer == KOFFI else PaymentMethod.TRANSFER
    payment_id = payment_of(order_id)
    wanted = PaymentRequest(
        order_id, request.buyer.id, None, method, _RETURN, key.key, key.request_hash, payment_id=payment_id
    )
    await paying.start_by_hand(stage.database, wanted, lambda _: kept(keyed, Answer(201, b"{}", {})))


async def prove(stage: Stage, request: Request) -> None:
    """The buyer sends the receipt of what is due; of the payment that was begun, if one was."""
    order_id, file_id = order_of(request), _RECEIPTS[request.buyer.id]
    async with stage.database.session() as session:
        order = await session.get_one(Order, order_id)
        begun = await session.get(Payment, payment_of(order_id))
    (due,) = what_is_due(order)
    command: dict[str, Any] = {
        "file_id": file_id,
        "sha256": hash_of(file_id),
        "via": "upload",
        "amount": {"amount": due.amount, "currency": due.currency},
        "method": "mobile_money" if request.buyer == KOFFI else "transfer",
        "reference": _reference(order_id),
    }
    if begun is not None and begun.status == "awaiting_proof":
        command["payment"] = {"id": begun.id, "version": begun.version, "status": begun.status}
    await stage.act(request.buyer.id, order_id, "submit_proof", command)


def confirm(action: str) -> Step:
    """Félix saw on the bank's statement that what is due came."""

    async def step(stage: Stage, request: Request) -> None:
        order_id = order_of(request)
        async with stage.database.session() as session:
            order = await session.get_one(Order, order_id)
        state = state_of(order)
        proof = details_of(state).proof
        assert proof is not None  # noqa: S101 - it was submitted in the step before
        command = {
            "proof_sha256": proof.sha256,
            "received": {"amount": due(state), "currency": order.currency},
            "reference": f"{_reference(order_id)} {action}",
            "pick_up_code": Sourced.PICK_UP_CODE,
        }
        await stage.act(FELIX.id, order_id, action, command)

    return step


async def purchase(stage: Stage, request: Request) -> None:
    """Chloé buys every line."""
    bought = [{"line_id": line, "supplier_reference": f"CMD-{88_213 + n}"} for n, line in enumerate(lines(request))]
    await stage.act(CHLOE.id, order_of(request), "purchase", {"lines": bought})


async def receive(stage: Stage, request: Request) -> None:
    """Chloé counts every line: all is there."""
    asked = zip(lines(request), request.articles, strict=True)
    counted = [{"line_id": line, "counted": quantity} for line, (_, _, quantity, _) in asked]
    await stage.act(CHLOE.id, order_of(request), "receive", {"lines": counted})


async def dispatch(stage: Stage, request: Request) -> None:
    """The parcel goes to a carrier, whose feed may tell of it from now on."""
    sent = {"carrier": "colissimo", "tracking_number": "6A12345678901"}
    await stage.act(CHLOE.id, order_of(request), "dispatch", sent)
    await follow(stage.database, order_of(request), take_unasked)


async def hand_over(stage: Stage, request: Request) -> None:
    """The buyer comes with the code."""
    async with stage.database.session() as session:
        order = await session.get_one(Order, order_of(request))
    await stage.act(CHLOE.id, order.id, "hand_over", {"code": details_of(state_of(order)).pick_up_code})


def propose(unit_price: int, currency: str, reason: str) -> Step:
    """Chloé proposes another price of the first line."""

    async def step(stage: Stage, request: Request) -> None:
        price = {"amount": unit_price, "currency": currency}
        command = {"line_id": lines(request)[0], "unit_price": price, "reason": reason}
        await stage.act(CHLOE.id, order_of(request), "propose_change", command)

    return step


def invoice(fee: int, freight: int) -> Step:
    """Félix issues the final invoice, with what fee and freight came to."""

    async def step(stage: Stage, request: Request) -> None:
        command = {
            "fees": priced_fees([Fee("Frais de service", fee)]),
            "freight": priced_freight(FlatFreight(freight)),
            "currencies": {},
        }
        await stage.act(FELIX.id, order_of(request), "issue_final_invoice", command)

    return step


def _reference(order_id: UUID) -> str:
    return f"SAMPLE {name_of(order_id)}"
