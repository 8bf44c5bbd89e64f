"""Two people, or a person and a clock, around one offer at the same instant: one wins, the other is told so."""

from orderhub.domain.accounts.erasure import erase
from orderhub.domain.accounts.errors import StillOpenError
from orderhub.domain.accounts.models import Account
from orderhub.domain.catalog.favourites import add_favourite
from orderhub.domain.offers import engine
from orderhub.domain.offers.errors import NotFavouritedError
from orderhub.domain.overviews import persons
from orderhub.domain.process import By
from orderhub.infra.database import Database
from tests.engine.haggling import Haggling, euros, new_haggling
from tests.engine.racing import at_once, refusals


async def test_a_counter_against_an_acceptance(database: Database, rounds: int) -> None:
    """Only one party may answer an offer: its recipient, twice at once from two devices."""
    for _ in range(rounds):
        scene = await new_haggling(database)
        await scene.make()
        answers = await at_once(scene.accept(scene.nadia), scene.act(scene.nadia, "counter", amount=euros(2_300)))
        assert refusals(answers) == ["transition_not_allowed"]
        statuses = sorted(offer.status for offer in await scene.offers())
        assert statuses in (["accepted"], ["countered", "pending"])


async def test_an_acceptance_against_its_withdrawal(database: Database, rounds: int) -> None:
    for _ in range(rounds):
        scene = await new_haggling(database)
        await scene.make()
        answers = await at_once(scene.accept(scene.nadia), scene.act(scene.awa, "withdraw"))
        assert refusals(answers) == ["transition_not_allowed"]
        assert (await scene.offer()).status in {"accepted", "withdrawn"}


async def test_a_new_price_against_an_acceptance(database: Database, rounds: int) -> None:
    """Either it was agreed before the price changed, or nothing is offered at the old price any more."""
    for _ in range(rounds):
        scene = await new_haggling(database)
        await scene.make()
        answers = await at_once(scene.reprice(2_600), scene.accept(scene.nadia))
        offer = await scene.offer()
        assert refusals(answers) == ([] if offer.status == "accepted" else ["transition_not_allowed"])
        assert offer.status in {"accepted", "superseded"}


async def test_a_new_price_against_a_counter(database: Database, rounds: int) -> None:
    """No offer at the old price comes past the new one."""
    for _ in range(rounds):
        scene = await new_haggling(database)
        await scene.make()
        await at_once(scene.reprice(2_600), scene.act(scene.nadia, "counter", amount=euros(2_300)))
        assert not [offer for offer in await scene.offers() if offer.status == "pending"]


async def test_a_new_price_against_an_offer(database: Database, rounds: int) -> None:
    """Made before, it is superseded; made after, it is an offer on the new price."""
    for _ in range(rounds):
        scene = await new_haggling(database)
        await at_once(scene.reprice(2_600), scene.make())
        (offer,) = await scene.offers()
        assert (offer.status, offer.listing_price) in {("superseded", 2_500), ("pending", 2_600)}


async def test_its_end_against_an_acceptance(database: Database, rounds: int) -> None:
    for _ in range(rounds):
        scene = await new_haggling(database)
        await scene.make()
        timer = next(each for each in await scene.timers() if each.kind == "row")
        expiring = engine.fire_timer(database, timer, timer.due)
        answers = await at_once(scene.accept(scene.nadia), expiring)
        assert refusals(answers) in ([], ["transition_not_allowed"])
        assert (await scene.offer()).status in {"accepted", "expired"}
        (last,) = await scene.rows(
            "SELECT by FROM history WHERE subject_id = :id ORDER BY version DESC LIMIT 1", id=scene.offer_id
        )
        assert last["by"] in {By.SELLER.value, By.CLOCK.value}


async def test_two_offers_of_one_person(database: Database, rounds: int) -> None:
    for _ in range(rounds):
        scene = await new_haggling(database)
        answers = await at_once(scene.make(2_000), scene.make(2_100))
        assert refusals(answers) == ["offer_open"]
        assert len(await scene.offers()) == 1


async def test_a_sellers_offer_against_the_erasure_of_whom_it_is_to(database: Database, rounds: int) -> None:
    """Neither waits for the other, and nobody who is erased has an offer open."""
    persons.register_all()
    for _ in range(rounds):
        scene = await new_haggling(database)
        async with database.session() as session:
            await add_favourite(session, scene.listing_id, scene.awa.account_id, await scene.now())
        answers = await at_once(scene.favour(2_000, scene.awa), _erase(scene))
        wrong = [each for each in answers if isinstance(each, BaseException)]
        assert len(wrong) == 1
        assert isinstance(wrong[0], NotFavouritedError | StillOpenError), wrong
        assert len(await scene.offers()) == (1 if isinstance(wrong[0], StillOpenError) else 0)


async def _erase(scene: Haggling) -> None:
    async with scene.database.session() as session:
        await erase(session, await session.get_one(Account, scene.awa.account_id), now=await scene.now())
