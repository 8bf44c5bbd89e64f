"""The sample data: written whole into an empty database, true, and never twice."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.accounts.models import Account
from orderhub.domain.carts import queries as carts
from orderhub.domain.carts.rules import findings_of, findings_of_cart
from orderhub.domain.catalog.models import Favourite, Listing
from orderhub.domain.documents.models import Document
from orderhub.domain.escrow.check import check
from orderhub.domain.events import reader
from orderhub.domain.files.models import File
from orderhub.domain.messages.models import Message
from orderhub.domain.notifications.models import Notification
from orderhub.domain.offers.models import Offer
from orderhub.domain.offers.process import OFFER
from orderhub.domain.orders.errors import ListingUnavailableError
from orderhub.domain.orders.kinds.item.table import ITEM
from orderhub.domain.orders.kinds.service.table import SERVICE
from orderhub.domain.orders.kinds.sourced.details import SourcedDetails, details_of
from orderhub.domain.orders.kinds.sourced.table import SOURCED as SOURCED_TABLE
from orderhub.domain.orders.loading import state_of
from orderhub.domain.orders.models import Order
from orderhub.domain.payments.models import Payment, Proof, Refund
from orderhub.domain.quotes.models import Quote, QuoteVersion
from orderhub.domain.quotes.process import QUOTE
from orderhub.domain.sample_receipts import hash_of
from orderhub.domain.samples import (
    AWA,
    BRUNO,
    PEOPLE,
    CartLines,
    Carts,
    Files,
    Quotes,
    Refunds,
    Sourced,
    fixed_id,
    payment_of,
)
from orderhub.domain.samples.haggling import COAT, ORDER_OF_BOOTS, PastOffers
from orderhub.domain.samples.wardrobe import Items
from orderhub.domain.shops.models import Shop
from orderhub.domain.transitions.models import History
from orderhub.infra.business_clock import BusinessClock, business_now
from orderhub.infra.database import Database
from orderhub.seed import seed
from orderhub.seed.quoting import QUOTES
from orderhub.seed.sample_data import STORIES
from orderhub.seed.sourcing import SOURCED
from orderhub.seed.steps import Story
from orderhub.settings import Settings


def details(order: Order) -> SourcedDetails:
    """What only an order of the house has."""
    return details_of(state_of(order))


async def _count(database: Database, table: type[Order | Account | Message | Notification | History | Shop]) -> int:
    async with database.session() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def test_orders_in_every_status_and_a_true_ledger(database: Database, settings: Settings) -> None:
    await seed(database, settings)
    async with database.session() as session:
        statuses = (await session.execute(select(Order.kind, Order.status).distinct())).all()
        report = await check(session)
        oldest_first = (await session.scalars(select(Order.placed_at).order_by(Order.id))).all()
        failed = await session.get_one(Refund, Refunds.FAILED)
        by_clock = set(await session.scalars(select(History.action).where(History.by == "clock")))
    assert {(kind, status) for kind, status in statuses} == {
        (process.name, status.code) for process in (SERVICE, SOURCED_TABLE, ITEM) for status in process.statuses
    }
    assert report.ok, report.wrong
    assert list(oldest_first) == sorted(oldest_first)
    assert failed.status == "failed"
    assert by_clock >= {"expire", "auto_approve"}


async def test_offers_in_every_status_and_a_wardrobe_of_three(database: Database, settings: Settings) -> None:
    await seed(database, settings)
    async with database.session() as session:
        statuses = set(await session.scalars(select(Offer.status)))
        past = {name: await session.get_one(Offer, value) for name, value in vars(PastOffers).items() if name.isupper()}
        clothes = [value for name, value in vars(Items).items() if name.isupper()] + [COAT]
        sold = (await session.scalars(select(Listing).where(Listing.id.in_(clothes)))).all()
        favoured = await session.scalar(select(func.count()).select_from(Favourite))
    assert statuses == {status.code for status in OFFER.statuses}
    assert {name: offer.status for name, offer in past.items()} == {name: name.lower() for name in past}
    assert past["ORDERED"].order_id == ORDER_OF_BOOTS
    assert (len(sold), len({listing.seller_id for listing in sold})) == (12, 3)
    assert {listing.state for listing in sold} == {"draft", "active", "sold"}
    assert favoured == 6


async def test_written_once(database: Database, settings: Settings) -> None:
    await seed(database, settings)
    people, history = await _count(database, Account), await _count(database, History)
    await seed(database, settings)
    assert (people, history) == (await _count(database, Account), await _count(database, History))
    assert people == len(PEOPLE) + 1 + await _count(database, Shop), "and the house, and an account for each shop"


async def test_clock_is_as_it_was(database: Database, settings: Settings) -> None:
    ahead = timedelta(days=3)
    async with database.session() as session:
        await session.execute(update(BusinessClock).values(ahead=ahead))
    await seed(database, settings)
    async with database.session() as session:
        assert await session.scalar(select(BusinessClock.ahead)) == ahead
        newest = await session.scalar(select(func.max(History.at)))
        assert newest is not None
        assert newest <= await business_now(session)


async def test_nothing_is_left_to_tell(database: Database, settings: Settings) -> None:
    await seed(database, settings)
    assert await reader.waiting(database) == (False, False, False)
    async with database.session() as session:
        told = set(await session.scalars(select(Notification.account_id)))
        assert AWA.id in told


async def test_awas_cart_has_what_can_be_quoted_and_what_can_not(database: Database, settings: Settings) -> None:
    await seed(database, settings)
    async with database.session() as session:
        loaded = await carts.load(session, Carts.OF_AWA, AWA.id)
    codes = {line.id: [finding.code for finding in findings_of(line, None)] for line in loaded.lines}
    assert codes == {
        CartLines.BAZIN: [],
        CartLines.BUTTONS: ["url_missing"],
        CartLines.DRILL: [],
        CartLines.CHAIR: ["shop_unknown"],
    }
    assert [finding.code for finding in findings_of_cart(loaded.lines)] == ["mixed_currencies"]


async def test_quotes_where_the_examples_want_them(database: Database, settings: Settings) -> None:
    await seed(database, settings)
    async with database.session() as session:
        found = {quote.id: quote for quote in await session.scalars(select(Quote))}
        versions = (await session.scalars(select(QuoteVersion.n).where(QuoteVersion.quote_id == Quotes.VERSIONS))).all()
    assert {request.quote_id for request in (*QUOTES, *SOURCED)} == set(found)
    assert {quote.status for quote in found.values()} == {status.code for status in QUOTE.statuses}
    assert {name: found[getattr(Quotes, name)].status for name in ("EXPIRED", "DRAFTED", "REQUESTED_TAKE")} == {
        "EXPIRED": "expired",
        "DRAFTED": "in_preparation",
        "REQUESTED_TAKE": "requested",
    }
    assert found[Quotes.DRAFTED].draft is not None
    assert (sorted(versions), found[Quotes.VERSIONS].status, found[Quotes.VERSIONS].currency) == (
        [1, 2],
        "issued",
        "XOF",
    )


async def test_orders_of_the_house_where_the_examples_want_them(database: Database, settings: Settings) -> None:
    await seed(database, settings)
    async with database.session() as session:
        found = {order.id: order for order in await session.scalars(select(Order).where(Order.kind == "sourced"))}
        left = await session.scalars(select(Proof.payment_id).where(Proof.status == "left"))
        by_hand = await session.get_one(Payment, payment_of(Sourced.BY_HAND.order))
        documents = Counter(await session.scalars(select(Document.kind)))
    assert set(left) == {payment_of(deal.order) for deal in (Sourced.LEFT_CONFIRM, Sourced.LEFT_REJECT)}
    assert by_hand.status == "awaiting_proof"
    assert documents["final_invoice"] == sum(details(order).invoice is not None for order in found.values())
    assert {order.currency for order in found.values()} == {"EUR", "XOF", "XAF", "CHF", "TND"}
    ready = found[Sourced.HAND_OVER.order]
    assert (ready.status, details(ready).pick_up_code) == ("ready", Sourced.PICK_UP_CODE)
    proof = details(found[Sourced.DEPOSIT_CONFIRM.order]).proof
    assert proof is not None
    assert proof.sha256 == hash_of(Files.RECEIPT_OF_AWA).hex()


async def test_a_failure_leaves_nothing(database: Database, settings: Settings) -> None:
    untrue = Story(fixed_id(9), AWA, fixed_id(9), BRUNO, days_ago=1)
    with pytest.raises(ListingUnavailableError):
        await seed(database, settings, (*STORIES, untrue))
    async with database.session() as session:
        assert await session.scalar(select(BusinessClock.ahead)) == timedelta()
        assert (await session.scalars(select(Account.id))).all() == [HOUSE_ID]


async def test_files_have_their_content(database: Database, settings: Settings) -> None:
    await seed(database, settings)
    folder = settings.server.data_dir
    assert folder is not None
    async with database.session() as session:
        files = (await session.scalars(select(File))).all()
    assert files
    assert all((folder / "files" / file.object_key).stat().st_size == file.size for file in files)
