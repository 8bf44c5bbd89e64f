"""What a provider tells of a payment, a refund and a chargeback: in any order, and again, under the same id or another.

Each life ends in one state and one ledger, whatever the order; what can't be true becomes a case, once.
"""

import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from itertools import permutations
from typing import Any
from uuid import UUID

import pytest

from orderhub.domain.orders.settlement import refunds
from orderhub.domain.payments.ports import Notification, NotificationType
from orderhub.domain.process import By
from orderhub.infra.database import Database
from orderhub.kit.errors import ConflictError
from orderhub.kit.ids import new_id, show_id
from tests.engine.scene import PRICE, Scene, note
from tests.kinds.service.scene import new_scene
from tests.kinds.service.ways import WAYS

OPENED, WON, LOST = (
    NotificationType.CHARGEBACK_OPENED,
    NotificationType.CHARGEBACK_WON,
    NotificationType.CHARGEBACK_LOST,
)
CAPTURED, FAILED, ASKS = (
    NotificationType.PAYMENT_CAPTURED,
    NotificationType.PAYMENT_FAILED,
    NotificationType.PAYMENT_REQUIRES_ACTION,
)
ALL_OF, SOME = 4, 60
News = Callable[[Scene], Awaitable[list[Notification]]]
"""Makes what is told of an order."""
WHOLE = pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["some", "all"])
"""Each notification once more under its own id and once under another; or only some of them."""


def sequences(number: int, *, whole: bool) -> Sequence[tuple[int, ...]]:
    """Orders of so many notifications with repetitions: each one, and ``number`` more for it as another event.

    All orders where they are few, and else some of them.
    """
    told = [*range(number)] * (2 if whole else 1) + [place + number for place in range(number if whole else 1)]
    if len(told) <= ALL_OF:
        return sorted(set(permutations(told)))
    chance = random.Random(number)  # noqa: S311 - which orders, not a secret
    return [tuple(chance.sample(told, len(told))) for _ in range(SOME)]


async def tell(scene: Scene, told: Sequence[Notification]) -> None:
    """Tell them in this order; what came too early is told again, as a provider does."""
    waiting = list(told)
    for _ in range(len(waiting) ** 2):
        if not waiting:
            return
        one = waiting.pop(0)
        try:
            await scene.told(one)
        except ConflictError:
            waiting.append(one)
    assert not waiting, waiting


async def outcome(scene: Scene) -> dict[str, Any]:
    """Everything that must not depend on the order in which it was told."""
    order = await scene.state()
    moves = (
        "SELECT split_part(account, ':', 1) AS account, currency, sum(amount)::bigint AS amount FROM ("
        " SELECT target AS account, currency, amount FROM postings WHERE order_id = :order"
        " UNION ALL SELECT source, currency, -amount FROM postings WHERE order_id = :order) m"
        " GROUP BY 1, 2 HAVING sum(amount) <> 0 ORDER BY 1, 2"
    )
    await scene.in_order()
    return {
        "order": (order.status, order.held, order.refunded, order.released, order.open_cases),
        "payments": await scene.rows("SELECT status, captured, failure FROM payments WHERE order_id = :order"),
        "refunds": await scene.rows("SELECT status, amount FROM refunds WHERE order_id = :order ORDER BY amount"),
        "chargebacks": await scene.rows(
            "SELECT status, amount FROM chargebacks WHERE order_id = :order ORDER BY amount"
        ),
        "ledger": await scene.rows(moves),
        "cases": [
            row["kind"] for row in await scene.rows("SELECT kind FROM cases WHERE order_id = :order ORDER BY kind")
        ],
    }


async def ends(database: Database, way: Sequence[str], news: News, *, whole: bool) -> list[dict[str, Any]]:
    """How it ends in every order of what ``news`` makes for an order so far on its way."""
    found: list[dict[str, Any]] = []
    scene = await new_scene(database)
    for order in sequences(len(await news(await fresh(scene, way))), whole=whole):
        told = await news(await fresh(scene, way))
        told += [replace(one, id=new_id().hex) for one in told]
        await tell(scene, [told[place] for place in order])
        found.append(await outcome(scene))
    return found


async def fresh(scene: Scene, way: Sequence[str]) -> Scene:
    """Another order of the same people, so far on its way."""
    await scene.place(new_id().hex)
    await scene.go(way)
    return scene


def of_payment(*kinds: NotificationType) -> News:
    """These, of a payment that was just begun."""

    async def news(scene: Scene) -> list[Notification]:
        payment_id = await scene.open_payment()
        return [note(kind, payment_id, reason="declined" if kind is FAILED else None) for kind in kinds]

    return news


@WHOLE
@pytest.mark.parametrize(
    ("kinds", "status"),
    [
        ((ASKS, CAPTURED), "captured"),
        ((FAILED, CAPTURED), "captured"),
        ((ASKS, FAILED, CAPTURED), "captured"),
        ((ASKS, FAILED), "failed"),
    ],
    ids=str,
)
async def test_a_payment(database: Database, kinds: tuple[NotificationType, ...], status: str, *, whole: bool) -> None:
    found = await ends(database, (), of_payment(*kinds), whole=whole)
    assert found == [found[0]] * len(found)
    assert [payment["status"] for payment in found[0]["payments"]] == [status]
    assert (found[0]["order"][1], found[0]["cases"]) == (PRICE if status == "captured" else 0, [])


@WHOLE
async def test_a_payment_of_an_order_that_is_over(database: Database, *, whole: bool) -> None:
    async def news(scene: Scene) -> list[Notification]:
        told = await of_payment(ASKS, CAPTURED)(scene)
        await scene.act(By.BUYER, "cancel")
        return told

    found = await ends(database, (), news, whole=whole)
    assert found == [found[0]] * len(found)
    assert [payment["status"] for payment in found[0]["payments"]] == ["captured"]
    assert (len(found[0]["refunds"]), found[0]["cases"]) == (1, ["unapplied_payment"])


@WHOLE
@pytest.mark.parametrize("status", ["succeeded", "failed"])
async def test_a_refund(database: Database, status: str, *, whole: bool) -> None:
    """What succeeded may come back: then it failed, whichever is heard first."""

    async def news(scene: Scene) -> list[Notification]:
        (refund,) = await scene.rows("SELECT id, payment_id FROM refunds WHERE order_id = :order")
        await refunds.refund_sent(database, refund["id"], "psr_1")
        kinds = (NotificationType.REFUND_SUCCEEDED, NotificationType.REFUND_FAILED)
        said = {"reference": show_id("rfd", refund["id"]), "provider_id": "psr_1", "reason": "closed"}
        return [note(kind, refund["payment_id"], **said) for kind in kinds[: 2 if status == "failed" else 1]]

    found = await ends(database, (*WAYS["in_progress"], "seller cancel"), news, whole=whole)
    assert found == [found[0]] * len(found)
    assert [refund["status"] for refund in found[0]["refunds"]] == [status]
    assert found[0]["cases"] == ([] if status == "succeeded" else ["failed_refund"])


def of_chargebacks(*kinds: NotificationType, amounts: Sequence[int] = (PRICE,)) -> News:
    """These of one chargeback or several, each of its own amount."""

    async def news(scene: Scene) -> list[Notification]:
        payment_id = UUID((await scene.state()).funds[0]["payment_id"])
        return [
            note(kind, payment_id, amount=amount, provider_id=f"psc_{payment_id.hex}_{number}")
            for number, amount in enumerate(amounts)
            for kind in kinds
        ]

    return news


@WHOLE
@pytest.mark.parametrize("kind", [WON, LOST], ids=str)
@pytest.mark.parametrize("amounts", [(PRICE,), (5_000, 4_000)], ids=["one", "two"])
async def test_chargebacks(
    database: Database, kind: NotificationType, amounts: tuple[int, ...], *, whole: bool
) -> None:
    found = await ends(database, WAYS["delivered"], of_chargebacks(OPENED, kind, amounts=amounts), whole=whole)
    assert found == [found[0]] * len(found)
    held = PRICE if kind is WON else PRICE - sum(amounts)
    assert found[0]["order"][:2] == ("disputed", held)
    assert found[0]["cases"] == ["chargeback"] * len(amounts)


async def test_a_chargeback_holds_its_money_once(database: Database) -> None:
    """Told again as other events, and a second decision: the money moves once."""
    scene = await fresh(await new_scene(database), WAYS["delivered"])
    first, other = await of_chargebacks(OPENED, amounts=(3_000, 2_000))(scene)
    assert [await scene.told(one) for one in (first, other)] == ["charged_back"] * 2
    for _ in range(2):
        assert await scene.told(replace(first, id=new_id().hex)) == "already_told"
    lost = replace(first, type=LOST, id=new_id().hex)
    assert [await scene.told(replace(lost, id=new_id().hex)) for _ in range(3)] == [
        "lost",
        "already_told",
        "already_told",
    ]
    found = await outcome(scene)
    assert [(one["status"], one["amount"]) for one in found["chargebacks"]] == [("withdrawn", 2_000), ("lost", 3_000)]
    assert {"account": "chargeback", "currency": "EUR", "amount": 2_000} in found["ledger"]


@pytest.mark.parametrize(
    "lie",
    [{"amount": 2_999}, {"currency": "CHF"}, {"type": WON, "amount": 1}, {"type": LOST, "amount": 3_001}],
    ids=str,
)
async def test_what_contradicts_what_was_told_is_a_case(database: Database, lie: dict[str, Any]) -> None:
    scene = await fresh(await new_scene(database), WAYS["delivered"])
    (opened,) = await of_chargebacks(OPENED, amounts=(3_000,))(scene)
    await scene.told(opened)
    before = await outcome(scene)
    assert await scene.told(replace(opened, id=new_id().hex, **lie)) == "wrong_amount"
    assert await outcome(scene) == before | {"cases": ["chargeback", "unapplied_payment"]}


async def test_a_bank_that_decides_twice_is_a_case(database: Database) -> None:
    scene = await fresh(await new_scene(database), WAYS["delivered"])
    (opened,) = await of_chargebacks(OPENED)(scene)
    told = [replace(opened, type=kind, id=new_id().hex) for kind in (OPENED, LOST, WON)]
    assert [await scene.told(one) for one in told] == ["charged_back", "lost", "wrong_amount"]


async def test_a_chargeback_of_another_payment_is_a_case(database: Database) -> None:
    people = await new_scene(database)
    scene = await fresh(people, WAYS["delivered"])
    (opened,) = await of_chargebacks(OPENED)(scene)
    await scene.told(opened)
    await fresh(people, WAYS["delivered"])
    (other,) = await of_chargebacks(OPENED)(scene)
    assert await scene.told(replace(other, provider_id=opened.provider_id)) == "wrong_amount"
    found = await outcome(scene)
    assert (found["order"][1], found["cases"]) == (PRICE, ["unapplied_payment"])


@pytest.mark.parametrize("lie", [{"amount": PRICE - 1}, {"amount": PRICE + 1}, {"currency": "CHF"}], ids=str)
async def test_a_second_capture_of_another_amount_is_a_case(database: Database, lie: dict[str, Any]) -> None:
    scene = await fresh(await new_scene(database), ())
    (captured,) = await of_payment(CAPTURED)(scene)
    assert await scene.told(captured) == "confirm_payment"
    before = await outcome(scene)
    assert await scene.told(replace(captured, id=new_id().hex)) == "already_captured"
    assert await outcome(scene) == before
    other = replace(captured, id=new_id().hex, **lie)
    assert [await scene.told(other) for _ in range(2)] == ["captured_otherwise", "repeated"]
    assert await outcome(scene) == before | {"cases": ["unapplied_payment"]}


async def test_a_card_says_nothing_of_a_payment_by_hand(database: Database) -> None:
    scene = await fresh(await new_scene(database), ())
    payment_id = await scene.open_payment()
    await scene.run("UPDATE payments SET provider = 'manual', provider_id = NULL")
    assert await scene.told(note(CAPTURED, payment_id)) == "wrong_reference"
    found = await outcome(scene)
    assert (found["payments"][0]["captured"], found["ledger"], found["cases"]) == (0, [], ["unapplied_payment"])
