"""How many sign-ins of one account are alive: the newest, as many as the bound says; one more ends the oldest."""

from orderhub.infra.database import Database
from tests.api.accounts.conftest import House, Person
from tests.making.bounds import set_bounds


async def lives(person: Person) -> bool:
    """Whether the session can still be used."""
    return (await person.ask("GET", "/me")).status_code == 200


async def test_one_more_than_the_bound_ends_the_oldest(house: House, database: Database) -> None:
    await set_bounds(database, sessions=3)
    opened = [await house.welcome("awa"), *[await house.person("awa@example.com") for _ in range(2)]]
    assert [await lives(person) for person in opened] == [True, True, True]
    opened.append(await house.person("awa@example.com"))
    assert [await lives(person) for person in opened] == [False, True, True, True]
    listed = (await opened[-1].ask("GET", "/auth/sessions")).json()["data"]
    assert len(listed) == 3
