"""What people do in the sample stories: each step is one call of the function that the API would call, too."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.messages import service as messages
from orderhub.domain.messages.access import standing
from orderhub.domain.orders import placing
from orderhub.domain.orders.kinds.item import ITEM_ORDERS
from orderhub.domain.orders.kinds.item.placing import ItemOrder
from orderhub.domain.orders.kinds.service import SERVICE_ORDERS
from orderhub.domain.orders.kinds.service.extras import option_of
from orderhub.domain.orders.kinds.service.placing import ServiceOrder
from orderhub.domain.orders.models import Order
from orderhub.domain.orders.settlement import refunds
from orderhub.domain.orders.settlement.notifications import apply_notification
from orderhub.domain.orders.settlement.starting import PaymentRequest, begin
from orderhub.domain.payments.methods import PaymentMethod
from orderhub.domain.payments.models import Payment, Refund
from orderhub.domain.payments.ports import Notification, NotificationType
from orderhub.domain.requests.caller import Key
from orderhub.domain.reviews import service as reviews
from orderhub.domain.reviews.service import Opinion
from orderhub.domain.samples import CHLOE, SamplePerson, conversation_of, name_of, payment_of
from orderhub.infra.business_clock import business_now
from orderhub.kit.clock import real_now
from orderhub.kit.ids import show_id
from orderhub.seed.stage import Stage, unshown

PROVIDER = "sandbox"


class UntrueStoryError(Exception):
    """A step had another outcome than its story needs: the story must be written anew."""


class Party(Enum):
    """Who does a step of an order's story."""

    BUYER = "buyer"
    SELLER = "seller"
    SUPPORT = "support"


BUYER, SELLER, SUPPORT = Party


@dataclass(frozen=True, slots=True)
class Story:
    """An order and what becomes of it; the steps are each so many hours after the one before."""

    order_id: UUID
    buyer: SamplePerson
    listing_id: UUID
    seller: SamplePerson
    days_ago: float
    steps: "Sequence[tuple[float, Step]]" = ()
    options: Sequence[UUID] = ()
    answers: Sequence[dict[str, Any]] = ()
    is_item: bool = False
    """Whether the listing is an item."""
    offer_id: UUID | None = None
    """The accepted offer that an item is bought with."""

    def account(self, party: Party) -> UUID:
        """The account of a party."""
        return {BUYER: self.buyer, SELLER: self.seller, SUPPORT: CHLOE}[party].id


Step = Callable[[Stage, Story], Awaitable[None]]


async def place(stage: Stage, story: Story) -> None:
    """The buyer places the order."""
    caller = await stage.caller(story.buyer.id)
    key = Key("POST /v1/orders", f"sample-{story.order_id}", sha256(story.order_id.bytes).digest())
    keyed = type(caller)(caller.account_id, caller.session_id, caller.roles, key)
    conversation_id, zone = conversation_of(story.order_id), stage.operator.time_zone
    if story.is_item:
        items = ItemOrder(
            [story.listing_id], offer_id=story.offer_id, order_id=story.order_id, conversation_id=conversation_id
        )
        await placing.place(stage.database, keyed, ITEM_ORDERS, items, unshown, time_zone=zone)
        return
    wanted = ServiceOrder(story.listing_id, story.options, list(story.answers), story.order_id, conversation_id)
    await placing.place(stage.database, keyed, SERVICE_ORDERS, wanted, unshown, time_zone=zone)


def act(party: Party, action: str, **command: Any) -> Step:
    """A row of the order's table."""

    async def step(stage: Stage, story: Story) -> None:
        await stage.act(story.account(party), story.order_id, action, command)

    return step


async def pay(stage: Stage, story: Story) -> None:
    """The buyer pays by card."""
    await pay_by_card(stage, story.order_id, payment_of(story.order_id))


async def pay_by_card(stage: Stage, order_id: UUID, payment_id: UUID) -> None:
    """What is due is paid by card: the provider took the money, and says so."""
    async with stage.database.session() as session:
        order = await session.get_one(Order, order_id)
    payment = await begin(stage.database, PROVIDER, _card_request(order, payment_id))
    note = _note(NotificationType.PAYMENT_CAPTURED, payment, show_id("pay", payment.id), payment.amount)
    outcome = await apply_notification(stage.database, PROVIDER, note)
    if outcome != "confirm_payment":
        message = f"{order_id}: the payment was {outcome}"
        raise UntrueStoryError(message)


def add_extra(option_id: UUID, extra_id: UUID) -> Step:
    """The buyer adds an option of the listing."""

    async def step(stage: Stage, story: Story) -> None:
        async with stage.database.session() as session:
            found = await option_of(session, story.order_id, option_id)
        command = {"option_id": option_id, **found, "extra_id": extra_id}
        await stage.act(story.buyer.id, story.order_id, "add_extra", command)

    return step


async def refund_arrives(stage: Stage, story: Story) -> None:
    """The refund was sent, and the provider says that it arrived."""
    await _settle(stage, story, NotificationType.REFUND_SUCCEEDED)


async def refund_fails(stage: Stage, story: Story) -> None:
    """The refund was sent, and the provider refuses it: finance have a case."""
    await _settle(stage, story, NotificationType.REFUND_FAILED)


def say(party: Party, text: str, *, files: Sequence[UUID] = ()) -> Step:
    """A message in the order's conversation."""

    async def step(stage: Stage, story: Story) -> None:
        author = story.account(party)
        roles = (await stage.caller(author)).roles
        async with stage.database.session() as session:
            place = await standing(session, conversation_of(story.order_id), account_id=author, roles=roles)
            await messages.send(
                session, place, author_id=author, text=text, file_ids=files, now=await business_now(session)
            )

    return step


async def read_messages(stage: Stage, story: Story) -> None:
    """Both have read what was written."""
    async with stage.database.session() as session:
        for party in (BUYER, SELLER):
            account = story.account(party)
            place = await standing(session, conversation_of(story.order_id), account_id=account, roles=frozenset[str]())
            await messages.mark_read(session, place, account_id=account, now=await business_now(session))


def review(party: Party, review_id: UUID, rating: int, text: str) -> Step:
    """What one party thinks of the other."""

    async def step(stage: Stage, story: Story) -> None:
        async with stage.database.session() as session:
            found = await reviews.create_review(
                session,
                story.order_id,
                author_id=story.account(party),
                opinion=Opinion(rating, text),
                now=await business_now(session),
            )
            found.id = review_id

    return step


def reply(party: Party, review_id: UUID, text: str) -> Step:
    """The one answer to a review."""

    async def step(stage: Stage, story: Story) -> None:
        async with stage.database.session() as session:
            now = await business_now(session)
            await reviews.write_reply(session, review_id, author_id=story.account(party), text=text, now=now)

    return step


def _card_request(order: Order, payment_id: UUID) -> PaymentRequest:
    return PaymentRequest(
        order.id,
        order.buyer_id,
        None,
        PaymentMethod.CARD,
        "https://boutique.example/commande/retour",
        f"sample-{payment_id}",
        sha256(payment_id.bytes).digest(),
        payment_id=payment_id,
    )


async def _settle(stage: Stage, story: Story, kind: NotificationType) -> None:
    refund, payment = await _send_refund(stage, story.order_id)
    note = _note(kind, payment, show_id("rfd", refund.id), refund.amount, provider_id=f"sample_{name_of(refund.id)}")
    await apply_notification(stage.database, PROVIDER, note)


async def _send_refund(stage: Stage, order_id: UUID) -> tuple[Refund, Payment]:
    async with stage.database.session() as session:
        refund = await _refund_of(session, order_id)
        payment = await session.get_one(Payment, refund.payment_id)
    await refunds.refund_sent(stage.database, refund.id, f"sample_{name_of(refund.id)}")
    return refund, payment


async def _refund_of(session: AsyncSession, order_id: UUID) -> Refund:
    return (await session.scalars(select(Refund).where(Refund.order_id == order_id))).one()


def _note(
    kind: NotificationType, payment: Payment, reference: str, amount: int, *, provider_id: str | None = None
) -> Notification:
    told = payment.provider_id or f"sample_{name_of(payment.id)}"
    return Notification(
        id=f"{kind}:{reference}",
        type=kind,
        provider_id=provider_id or told,
        payment_provider_id=told,
        reference=reference,
        amount=amount,
        currency=payment.currency,
        occurred_at=real_now(),
        reason="expired_or_canceled_card" if kind is NotificationType.REFUND_FAILED else None,
        raw=b"{}",
    )
