"""Offers against PostgreSQL: who may offer what to whom, what answers at once, and what ends the rest."""

from datetime import timedelta

import pytest

from orderhub.domain.catalog.errors import (
    CurrencyMismatchError,
    ListingNotFoundError,
    ListingReservedError,
    ListingSoldError,
)
from orderhub.domain.catalog.models import ListingState
from orderhub.domain.offers.errors import (
    AcceptedOfferRunsError,
    NobodyToOfferError,
    NotFavouritedError,
    NotOnSaleError,
    OfferAmountError,
    OfferNotFoundError,
    OfferNotUsableError,
    OfferOpenError,
    OffersNotTakenError,
    OwnListingOfferError,
)
from orderhub.domain.offers.making import Wanted
from orderhub.domain.policies.room import LimitReachedError
from orderhub.domain.refusals import GuardError, OthersDecideError, TransitionError
from orderhub.infra.database import Database
from orderhub.kit.errors import ForbiddenError
from orderhub.kit.ids import new_id
from tests.engine.haggling import OFFERED, euros, new_haggling
from tests.engine.paying import give_up, pay_with, place_with
from tests.making.bounds import set_bounds

HOUR = timedelta(hours=1)


async def test_a_buyer_offers_and_the_seller_has_three_days(faulty: Database) -> None:
    scene = await new_haggling(faulty)
    await scene.make()
    offer = await scene.offer()
    assert (offer.status, offer.sort, offer.amount, offer.listing_price) == ("pending", "buyer", OFFERED, 2_500)
    assert (offer.author_id, offer.recipient_id) == (scene.awa.account_id, scene.nadia.account_id)
    assert offer.expires_at - offer.made_at == 72 * HOUR
    assert {(timer.kind, timer.action) for timer in await scene.timers()} == {("row", "expire"), ("remind", "expire")}
    await scene.ring("expire")
    assert (await scene.offer()).status == "expired"


async def test_haggling_alternates_and_each_offer_has_all_its_time(faulty: Database) -> None:
    scene = await new_haggling(faulty)
    await scene.make(1_500)
    await scene.pass_time(70 * HOUR)
    await scene.counter(scene.nadia, 2_300)
    await scene.pass_time(70 * HOUR)
    await scene.counter(scene.awa, 1_900)
    first, second, third = await scene.offers()
    assert [offer.status for offer in (first, second, third)] == ["countered", "countered", "pending"]
    assert [offer.author_id for offer in (second, third)] == [scene.nadia.account_id, scene.awa.account_id]
    assert (second.parent_id, third.parent_id) == (first.id, second.id)
    assert third.expires_at - third.made_at == 72 * HOUR
    await scene.accept(scene.nadia)
    accepted = await scene.offer()
    assert (accepted.status, accepted.amount) == ("accepted", 1_900)
    assert accepted.accepted_at is not None
    assert accepted.expires_at - accepted.accepted_at == 24 * HOUR
    await scene.ring("lapse")
    assert (await scene.offer()).status == "lapsed"


async def test_only_the_other_answers_and_only_its_author_withdraws(faulty: Database) -> None:
    scene = await new_haggling(faulty)
    await scene.make()
    for by, action in (
        (scene.awa, "accept"),
        (scene.awa, "decline"),
        (scene.awa, "counter"),
        (scene.nadia, "withdraw"),
    ):
        with pytest.raises(OthersDecideError):
            await scene.act(by, action, amount=euros(OFFERED))
    with pytest.raises(OfferNotFoundError):
        await scene.act(await scene.somebody("driss"), "accept", amount=euros(OFFERED))
    await scene.act(scene.awa, "withdraw")
    with pytest.raises(TransitionError) as refused:
        await scene.accept(scene.nadia)
    assert refused.value.extras["current_status"] == "withdrawn"


async def test_an_acceptance_names_the_amount(faulty: Database) -> None:
    scene = await new_haggling(faulty)
    await scene.make()
    for amount in (euros(OFFERED - 1), {"amount": OFFERED, "currency": "XOF"}):
        with pytest.raises(GuardError) as refused:
            await scene.accept(scene.nadia, amount=amount)
        assert refused.value.extras["guard"] == "amount_not_offered"
        assert refused.value.extras["available_actions"] == ["accept", "decline", "counter"]
        assert refused.value.extras["amount"] == euros(OFFERED)
    assert (await scene.offer()).status == "pending"


async def test_the_private_floors_answer_at_once(faulty: Database) -> None:
    scene = await new_haggling(faulty, accept_from=2_200, decline_under=1_500)
    for amount, status in ((2_200, "accepted"), (2_199, "pending"), (1_500, "pending"), (1_499, "declined")):
        await scene.make(amount, by=await scene.somebody("somebody"))
        assert (await scene.offer()).status == status, amount
    await scene.make(1_600)
    await scene.counter(scene.nadia, 2_400)
    await scene.counter(scene.awa, 2_300)
    assert (await scene.offer()).status == "accepted"


async def test_what_a_buyer_may_not_offer(faulty: Database) -> None:
    scene = await new_haggling(faulty)
    with pytest.raises(OwnListingOfferError):
        await scene.make(by=scene.nadia)
    with pytest.raises(OfferAmountError):
        await scene.make(2_501)
    with pytest.raises(CurrencyMismatchError):
        await scene.ask(Wanted(scene.listing_id, {"amount": 2_000, "currency": "XOF"}), scene.awa)
    with pytest.raises(ForbiddenError):
        await scene.ask(Wanted(scene.listing_id, euros(2_000), to=[scene.awa.account_id]), scene.awa)
    with pytest.raises(ListingNotFoundError):
        await scene.ask(Wanted(new_id(), euros(2_000)), scene.awa)
    await scene.put(takes_offers=False)
    with pytest.raises(OffersNotTakenError):
        await scene.make()
    await scene.put(takes_offers=True, state="reserved", reserved_until=await scene.now() + HOUR, order_id=new_id())
    with pytest.raises(ListingReservedError):
        await scene.make()
    await scene.put(state="sold", reserved_until=None)
    with pytest.raises(ListingSoldError):
        await scene.make()
    await scene.put(state="paused", order_id=None)
    with pytest.raises(ListingNotFoundError):
        await scene.make()
    assert await scene.offers() == []


async def test_one_open_offer_between_two(faulty: Database) -> None:
    scene = await new_haggling(faulty)
    await scene.make()
    with pytest.raises(OfferOpenError):
        await scene.make(1_900)
    await scene.act(scene.nadia, "decline")
    await scene.make(2_100)
    assert [offer.status for offer in await scene.offers()] == ["declined", "pending"]


async def test_a_seller_offers_to_those_who_favourited_one_row_each(faulty: Database) -> None:
    scene = await new_haggling(faulty, takes_offers=False)
    binta, driss = await scene.somebody("binta"), await scene.somebody("driss")
    await scene.favourite(scene.awa, binta)
    with pytest.raises(OfferAmountError) as refused:
        await scene.favour(2_251, scene.awa)
    assert refused.value.extras["most"] == euros(2_250)
    with pytest.raises(NotFavouritedError) as stranger:
        await scene.favour(2_250, scene.awa, driss)
    assert [fault.pointer for fault in stranger.value.errors] == ["/to/1"]
    made = await scene.favour(2_250, scene.awa, binta)
    offers = {offer.id: offer for offer in await scene.offers()}
    assert [offers[each].buyer_id for each in made] == [scene.awa.account_id, binta.account_id]
    assert {offer.sort for offer in offers.values()} == {"favourite"}
    scene.offer_id = made[0]
    await scene.counter(scene.awa, 2_000)
    assert (await scene.offer()).recipient_id == scene.nadia.account_id
    scene.offer_id = made[1]
    await scene.accept(binta)
    assert {offer.status for offer in await scene.offers()} == {"countered", "pending", "accepted"}


async def test_all_are_the_twenty_latest_without_an_open_offer(faulty: Database) -> None:
    scene = await new_haggling(faulty)
    with pytest.raises(NobodyToOfferError):
        await scene.favour(2_000)
    people = [await scene.somebody("binta") for _ in range(22)]
    await scene.favourite(*people)
    await scene.make(2_100, by=people[-1])
    made = await scene.favour(2_000)
    reached = [(await scene.offer(each)).buyer_id for each in made]
    assert reached == [person.account_id for person in reversed(people[1:21])]


async def test_a_payment_ends_every_other_offer(faulty: Database) -> None:
    scene = await new_haggling(faulty)
    binta, driss = await scene.somebody("binta"), await scene.somebody("driss")
    paid = await scene.make()
    await scene.accept(scene.nadia)
    also_accepted = await scene.make(2_100, by=binta)
    await scene.accept(scene.nadia)
    pending = await scene.make(2_200, by=driss)
    await pay_with(scene, paid)
    for offer_id, status in ((paid, "ordered"), (also_accepted, "superseded"), (pending, "superseded")):
        assert (await scene.offer(offer_id)).status == status
        assert await scene.timers(offer_id) == []


async def test_a_new_price_ends_what_is_pending_alone(faulty: Database) -> None:
    scene = await new_haggling(faulty)
    accepted = await scene.make()
    await scene.accept(scene.nadia)
    pending = await scene.make(2_100, by=await scene.somebody("binta"))
    await scene.reprice(2_600)
    assert [(await scene.offer(each)).status for each in (accepted, pending)] == ["accepted", "superseded"]
    assert await scene.timers(pending) == []


async def test_a_listing_is_not_closed_while_an_accepted_offer_runs(faulty: Database) -> None:
    scene = await new_haggling(faulty)
    accepted = await scene.make()
    await scene.accept(scene.nadia)
    pending = await scene.make(2_100, by=await scene.somebody("binta"))
    with pytest.raises(AcceptedOfferRunsError):
        await scene.change(state=ListingState.CLOSED)
    assert (await scene.offer(pending)).status == "pending"
    scene.offer_id = accepted
    await scene.ring("lapse")
    await scene.change(state=ListingState.CLOSED)
    assert (await scene.offer(pending)).status == "superseded"


async def test_an_unpaid_order_keeps_its_offer_from_lapsing_and_gives_it_back(faulty: Database) -> None:
    scene = await new_haggling(faulty)
    await scene.make()
    await scene.accept(scene.nadia)
    order_id = new_id()
    await place_with(scene, scene.offer_id, order_id)
    with pytest.raises(OfferNotUsableError):
        await place_with(scene, scene.offer_id, new_id())
    await scene.ring("lapse")
    assert (await scene.offer()).order_id == order_id
    await give_up(scene, scene.offer_id)
    freed = await scene.offer()
    assert (freed.status, freed.order_id) == ("accepted", None)
    await scene.ring("lapse")
    assert (await scene.offer()).status == "lapsed"
    with pytest.raises(OfferNotUsableError):
        await place_with(scene, scene.offer_id, new_id())


async def test_nothing_is_accepted_past_its_time_or_of_what_is_not_on_sale(faulty: Database) -> None:
    scene = await new_haggling(faulty)
    await scene.make()
    await scene.put(state="paused")
    with pytest.raises(GuardError) as paused:
        await scene.accept(scene.nadia)
    await scene.put(state="active")
    await scene.pass_time(72 * HOUR)
    with pytest.raises(GuardError) as late:
        await scene.accept(scene.nadia)
    assert [refused.value.extras["guard"] for refused in (paused, late)] == ["listing_not_on_sale", "offer_expired"]


async def test_a_paused_listing_takes_no_offer_of_its_seller(faulty: Database) -> None:
    scene = await new_haggling(faulty, state="paused")
    await scene.favourite(scene.awa)
    with pytest.raises(NotOnSaleError):
        await scene.favour(2_000)


@pytest.mark.parametrize("bound", ["offers", "open_offers"])
async def test_offers_are_bounded_by_day_and_by_listing(database: Database, bound: str) -> None:
    scene = await new_haggling(database)
    people = [await scene.somebody("binta") for _ in range(21)]
    await scene.favourite(*people)
    await set_bounds(database, **{bound: 20})
    await scene.favour(2_000, *people[:20])
    with pytest.raises(LimitReachedError) as refused:
        await scene.favour(2_000, people[20])
    assert refused.value.extras["limit"] == bound
    assert len(await scene.offers()) == 20


async def test_the_same_key_offers_once(faulty: Database) -> None:
    scene = await new_haggling(faulty)
    first = await scene.make(key="once")
    assert await scene.make(key="once") == first
    assert len(await scene.offers()) == 1
