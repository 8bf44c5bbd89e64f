"""Lists of orders over HTTP: filters that add up, refusals of what would be ignored, both sorts, counts."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.orders.models import Order
from orderhub.domain.transitions.models import Timer
from orderhub.infra.business_clock import business_now
from orderhub.kit.ids import parse_id
from tests.lives.hub import Hub
from tests.lives.world import Person, World


async def ids(person: Person, query: str = "") -> list[str]:
    return [row["id"] for row in (await person.ask("GET", f"/orders?{query}"))["data"]]


async def paged(person: Person, query: str, limit: int = 2) -> list[str]:
    found: list[str] = []
    cursor = ""
    while True:
        page = await person.ask("GET", f"/orders?limit={limit}&{query}{cursor}")
        found += [row["id"] for row in page["data"]]
        if page["next_cursor"] is None:
            return found
        cursor = f"&cursor={page['next_cursor']}"


async def refused(person: Person, query: str) -> list[tuple[str, str]]:
    problem = await person.ask("GET", f"/orders?{query}", 422)
    return [(error["pointer"], error["code"]) for error in problem["errors"]]


async def some_orders(world: World, awa: Person, bruno: Person) -> dict[str, str]:
    """Awa's orders with Bruno, by what they are, the oldest first."""
    listing_id, _ = await world.listing(bruno)
    unpaid = await world.place(awa, listing_id)
    asked = await world.paid_order(awa, bruno, questions=True)
    waiting = await world.paid_order(awa, bruno)
    started = await world.started_order(awa, bruno)
    delivered = await world.started_order(awa, bruno)
    await bruno.do(delivered["id"], "deliver", message="Voici.")
    disputed = await world.started_order(awa, bruno)
    await bruno.do(disputed["id"], "deliver", message="Voilà.")
    await awa.do(disputed["id"], "open_dispute", reason="Ce n’est pas mon logo.")
    cancelled = await world.place(awa, listing_id)
    await awa.do(cancelled["id"], "cancel")
    found = {
        "unpaid": unpaid,
        "asked": asked,
        "waiting": waiting,
        "started": started,
        "delivered": delivered,
        "disputed": disputed,
        "cancelled": cancelled,
    }
    return {name: order["id"] for name, order in found.items()}


async def test_several_values_of_a_filter_and_a_stage(world: World, awa: Person, bruno: Person) -> None:
    orders = await some_orders(world, awa, bruno)
    for query, wanted in {
        "status=in_progress&status=delivered": ["delivered", "started"],
        "status=disputed": ["disputed"],
        "stage=disputed": ["disputed"],
        "stage=delivered": ["disputed", "delivered"],
        "stage=delivered&status=disputed": ["disputed"],
        "stage=delivered&status=delivered&kind=service": ["delivered"],
        "stage=awaiting": ["waiting", "asked", "unpaid"],
        "kind=service&kind=sourced&status=completed&status=cancelled": ["cancelled"],
        "late=false&status=in_progress": ["started"],
        "late=true": [],
    }.items():
        expected = [orders[name] for name in wanted]
        assert await ids(awa, query) == await ids(bruno, f"role=seller&{query}") == expected, query
        assert await ids(awa, f"role=seller&{query}") == []


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("kind=service&status=ready", ["/kind/0", "/status/0"]),
        ("kind=sourced&status=ready&status=delivered", ["/status/1"]),
        ("kind=service&kind=sourced&status=delivered", ["/kind/1"]),
        ("stage=delivered&status=in_progress", ["/status/0", "/stage"]),
        ("stage=in_progress&status=delivered&status=in_progress", ["/status/0"]),
        ("kind=sourced&stage=delivered", ["/kind/0", "/stage"]),
        ("late=true&status=completed", ["/status/0", "/late"]),
        ("late=true&status=in_progress&status=completed", ["/status/1"]),
        ("late=true&stage=completed", ["/stage", "/late"]),
        ("waits_for=me&status=completed", ["/status/0", "/waits_for"]),
        ("waits_for=me&role=buyer&status=awaiting_acceptance", ["/status/0", "/waits_for"]),
        (
            "placed_from=2026-11-02T00:00:00Z&placed_until=2026-11-02T00:00:00Z",
            ["/placed_from", "/placed_until"],
        ),
    ],
)
async def test_what_would_list_nothing_is_refused(awa: Person, query: str, places: list[str]) -> None:
    assert await refused(awa, query) == [(place, "lists_nothing") for place in places]


async def test_what_would_be_ignored_is_refused(world: World, awa: Person) -> None:
    chloe = await world.person("chloe", "support")
    assert await refused(chloe, "role=staff&waits_for=me") == [("/waits_for", "not_for_staff")]
    assert await refused(awa, "limit=5&limit=6&sort=newest") == [("/limit", "repeated_parameter")]
    assert await refused(awa, "statuses=delivered") == [("/statuses", "unknown_parameter")]
    assert [code for _, code in await refused(awa, "waits_for=you")] == ["enum"]


async def test_bounds(awa: Person) -> None:
    assert await ids(awa, "&".join(["status=delivered"] * 30)) == []
    assert [place for place, _ in await refused(awa, "&".join(["status=delivered"] * 31))] == ["/status"]
    assert await ids(awa, "&".join(["kind=service"] * 10)) == []
    assert [place for place, _ in await refused(awa, "&".join(["kind=service"] * 11))] == ["/kind"]
    assert await ids(awa, "q=" + "x" * 100) == []
    assert [place for place, _ in await refused(awa, "q=" + "x" * 101)] == ["/q"]
    assert [place for place, _ in await refused(awa, "q=%20")] == ["/q"]


async def test_words_are_found_in_titles_and_handles(world: World, awa: Person, bruno: Person) -> None:
    first, second = [(await world.place(awa, (await world.listing(bruno))[0]))["id"] for _ in range(2)]
    await titled(world, first, "Été 100 % laine_douce")
    dora = await world.person("dora")
    theirs = await world.place(dora, (await world.listing(bruno))[0])
    for words in ("ete", "ÉTÉ", "100 %25", "laine_d", first, first.upper()):
        assert await ids(awa, f"q={words}") == await ids(bruno, f"q={words}&role=seller") == [first], words
        assert await ids(dora, f"q={words}") == [], words
        assert await ids(awa, f"q={words}&sort=next_deadline") == [first], words
    assert await ids(awa, "q=bru") == [second, first]
    assert await ids(bruno, "q=dor") == [theirs["id"]]
    for words in ("l_ine", "100%25laine", "awa", "\u0301", first[:-1]):
        assert await ids(awa, f"q={words}") == [], words


async def test_what_is_masked_is_not_found(world: World, awa: Person, bruno: Person) -> None:
    order = (await world.place(awa, (await world.listing(bruno))[0]))["id"]
    await titled(world, order, "Logo, appelez le 06 12 34 56 78")
    (shown,) = (await awa.ask("GET", "/orders?q=logo"))["data"]
    assert "12 34" not in shown["title"]
    assert await ids(awa, "q=12 34") == []
    assert await ids(bruno, "q=12 34") == [order]


@pytest.mark.parametrize("sort", ["newest", "next_deadline"])
async def test_no_page_tells_what_is_masked(world: World, awa: Person, bruno: Person, sort: str) -> None:
    listing_id, _ = await world.listing(bruno)
    hidden = "Logo, appelez le 06 12 34 56 78"
    orders = {(await world.place(awa, listing_id))["id"]: title for title in (hidden, hidden, "Lot de 34", hidden)}
    for order, title in orders.items():
        await titled(world, order, title)
    query = f"limit=1&sort={sort}"
    answers = {words: await awa.ask("GET", f"/orders?{query}&q={words}") for words in ("12 34", "12 35", "34")}
    assert answers["12 34"] == answers["12 35"] == {"data": [], "next_cursor": None}
    assert ([found["title"] for found in answers["34"]["data"]], answers["34"]["next_cursor"]) == (["Lot de 34"], None)
    assert len(await paged(awa, f"sort={sort}&q=logo", 1)) == 3
    assert len(await paged(bruno, f"sort={sort}&q=34", 1)) == 4


async def test_a_list_masks_as_the_order_does(world: World, awa: Person, bruno: Person) -> None:
    """A number is one in the country of either party, however people write numbers elsewhere."""
    order = (await world.place(awa, (await world.listing(bruno))[0]))["id"]
    await titled(world, order, "Logo 612 345 678")
    await bruno.ask("PATCH", "/me", json={"country": "ES"})
    for sort in ("newest", "next_deadline"):
        (listed,) = (await awa.ask("GET", f"/orders?sort={sort}"))["data"]
        assert listed["title"] == (await awa.ask("GET", f"/orders/{order}"))["title"] == "Logo •••••"
    assert await ids(awa, "q=345") == []


async def test_an_order_with_a_masked_title_is_found_by_what_is_seen(world: World, awa: Person, bruno: Person) -> None:
    order = (await world.place(awa, (await world.listing(bruno))[0]))["id"]
    await titled(world, order, "Grand Cœur, appelez le 06 12 34 56 78")
    for words in ("coeur", "CŒUR", "cœur", "bruno", order):
        assert await ids(awa, f"q={words}") == [order], words


async def test_staff_look_up_whole_handles_and_ids(world: World, awa: Person, bruno: Person) -> None:
    chloe = await world.person("chloe", "support")
    listing_id, _ = await world.listing(bruno)
    orders = [(await world.place(awa, listing_id))["id"] for _ in range(2)]
    newest = orders[::-1]
    for sort in ("newest", "next_deadline"):
        more = f"role=staff&sort={sort}"
        assert sorted(await ids(chloe, f"{more}&q=AWA")) == sorted(await ids(chloe, f"{more}&q=bruno")) == orders
        assert await ids(chloe, f"{more}&q={orders[0]}") == [orders[0]]
        assert await ids(chloe, f"{more}&q=aw") == await ids(chloe, f"{more}&q=logo") == []
    assert await paged(chloe, "role=staff&q=awa", 1) == newest


async def test_dates(world: World, awa: Person, bruno: Person) -> None:
    listing_id, _ = await world.listing(bruno)
    early, late = [await world.place(awa, listing_id) for _ in range(2)]
    first, second = early["placed_at"], late["placed_at"]
    assert await ids(awa, f"placed_until={second}") == [early["id"]]
    assert await ids(awa, f"placed_from={second}") == [late["id"]]
    assert await ids(awa, f"placed_from={first}&placed_until={second}") == [early["id"]]
    assert await refused(awa, "placed_from=2026-11-02") == [("/placed_from", "invalid_instant")]


async def test_by_the_next_deadline(world: World, awa: Person, bruno: Person) -> None:
    """Ties and orders without any deadline included, whoever reads."""
    chloe = await world.person("chloe", "support")
    orders = await some_orders(world, awa, bruno)
    async with world.parts.database.session() as session:
        tied = [parse_id("ord", orders[name]) for name in ("waiting", "started", "delivered")]
        due = await business_now(session) + timedelta(minutes=1)
        await session.execute(update(Timer).where(Timer.subject_id.in_(tied)).values(due=due))
    rows = (await awa.ask("GET", "/orders?limit=100"))["data"]
    far = "9999"
    newest_first = sorted(rows, key=lambda row: row["id"], reverse=True)
    wanted = [row["id"] for row in sorted(newest_first, key=lambda row: row["next_deadline"] or far)]
    assert wanted[:3] == [orders["delivered"], orders["started"], orders["waiting"]]
    assert wanted[-2:] == [orders["cancelled"], orders["disputed"]]
    for limit in (1, 2, 3, 7):
        assert await paged(awa, "sort=next_deadline", limit) == wanted
        assert await paged(bruno, "sort=next_deadline&role=seller", limit) == wanted
        assert await paged(chloe, "sort=next_deadline&role=staff", limit) == wanted
    assert await paged(awa, "sort=next_deadline&status=in_progress&status=cancelled&status=delivered", 1) == [
        each for each in wanted if each in {orders[name] for name in ("started", "cancelled", "delivered")}
    ]


async def test_a_cursor_belongs_to_its_sort(world: World, awa: Person, bruno: Person) -> None:
    listing_id, _ = await world.listing(bruno)
    for _ in range(2):
        await world.place(awa, listing_id)
    for sort, other in (("newest", "next_deadline"), ("next_deadline", "newest")):
        cursor = (await awa.ask("GET", f"/orders?limit=1&sort={sort}"))["next_cursor"]
        assert await refused(awa, f"sort={other}&cursor={cursor}") == [("/cursor", "invalid_cursor")]
        assert len(await ids(awa, f"sort={sort}&cursor={cursor}")) == 1


def waited_for(order: dict[str, Any]) -> set[str]:
    """Whom an order's answer says that it waits for: its clocks, and the seller for work that is due."""
    return {who for clock in order["deadlines"] for who in clock["waits_for"]}


async def test_what_waits_for_me(world: World, awa: Person, bruno: Person) -> None:
    orders = await some_orders(world, awa, bruno)
    await awa.do(orders["started"], "request_cancellation")
    await bruno.do(orders["started"], "request_extension", days=2)
    for person, role in ((awa, "buyer"), (bruno, "seller")):
        listed = await ids(person, "waits_for=me")
        assert listed == await ids(person, f"waits_for=me&role={role}")
        assert sorted(listed) == sorted(await paged(person, "waits_for=me&sort=next_deadline", 1))
        for name, order_id in orders.items():
            order = await person.ask("GET", f"/orders/{order_id}")
            assert (order_id in listed) == (role in waited_for(order)), (role, name)
    assert await ids(awa, "waits_for=me&role=buyer") == [
        orders[name] for name in ("delivered", "started", "asked", "unpaid")
    ]
    assert await ids(bruno, "waits_for=me") == [orders[name] for name in ("started", "waiting")]


async def test_counts_are_those_of_the_lists(world: World, awa: Person, bruno: Person) -> None:
    await some_orders(world, awa, bruno)
    for person in (awa, bruno):
        counts = (await person.ask("GET", "/orders/counts"))["data"]
        assert [(row["role"], row["kind"], row["status"]) for row in counts] == [
            (role, kind.name, status)
            for role in ("buyer", "seller")
            for kind in KINDS.values()
            for status in kind.table.by_code
        ]
        assert sum(row["count"] for row in counts) == 7
        for row in counts:
            query = f"role={row['role']}&kind={row['kind']}&status={row['status']}"
            assert row["count"] == len(await ids(person, query)), query
            if row["waits_for_me"]:
                assert row["waits_for_me"] == len(await ids(person, f"{query}&waits_for=me")), query
        mine = await ids(person, "waits_for=me")
        assert sum(row["waits_for_me"] for row in counts) == len(mine)
        for stage in {row["stage"] for row in counts}:
            tab = [row for row in counts if row["stage"] == stage]
            assert sum(row["count"] + row["disputed"] for row in tab) == len(await ids(person, f"stage={stage}"))


async def titled(world: World, order_id: str, title: str) -> None:
    async with world.parts.database.session() as session:
        wanted = Order.id == parse_id("ord", order_id)
        await session.execute(update(Order).where(wanted).values(title=title))


async def test_a_document_s_number_finds_its_order(hub: Hub) -> None:
    order = await hub.ordered()
    number = order["sourcing"]["number"].lower()
    for query in (f"q={number}", f"q={number}&sort=next_deadline"):
        assert await ids(hub.awa, query) == await ids(hub.chloe, f"role=staff&{query}") == [order["id"]]
    assert await ids(hub.awa, f"q={number[:-1]}") == []
    await hub.world.settled()
