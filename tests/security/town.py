"""A town on real parts: people of every role, and one object of each kind that belongs to Awa or Bruno.

Everything is made over HTTP with the worker and the sandbox provider, once a run: making it
takes seconds, asking it takes milliseconds. Tests may change it, each what no other test reads.
It is long since each kind of object is made once, here; those of the house are in `purchases` and `proformas`.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import httpx
from pydantic import SecretStr

from orderhub.adapters.payments.sandbox_server.config import SandboxConfig
from orderhub.adapters.payments.sandbox_server.serving import running_app, running_sandbox
from orderhub.bootstrap import build_application, worker_context
from orderhub.domain.accounts import email_tokens
from orderhub.domain.accounts.email_tokens import Purpose
from orderhub.domain.accounts.models import Account
from orderhub.domain.accounts.passwords import Passwords
from orderhub.infra.development_secrets import with_development_secrets
from orderhub.jobs.worker import Worker
from orderhub.kit.ids import new_id, parse_id, show_id
from orderhub.settings import DatabaseSettings, Settings
from tests.lives.world import Person, World
from tests.making.people import cheap_hash, cheap_passwords
from tests.security.asking import ask_in_public
from tests.security.haggling import haggle
from tests.security.papers import keep_papers
from tests.security.proformas import ask_for_quotes
from tests.security.purchases import buy_through_the_house
from tests.security.sourcing import open_carts, open_shops
from tests.security.trading import trade

PASSWORD: Final = "mangues-du-marche"
_PLACE: Final = {"postcode": "75011", "city": "Paris", "country": "FR"}
ADDRESS: Final = {"name": "Awa Diop", "line1": "12 rue Oberkampf", **_PLACE}
BUSINESS: Final = {"name": "Kalo Vintage", "registration_number": "73282932000074", "address": ADDRESS}
_KEY: Final = "key-of-the-town"
STAFF: Final = ("support", "finance", "production", "admin")


@dataclass
class Town:
    """People by role, and what the path parameters of each kind of object are."""

    world: World
    document: dict[str, Any]
    anonymous: httpx.AsyncClient
    people: dict[str, Person] = field(default_factory=dict[str, Person])
    things: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])
    """By the name of an object: the parameters that lead to it."""
    _numbers: int = 0

    def client(self, role: str) -> httpx.AsyncClient:
        """Whoever calls in this role."""
        return self.anonymous if role == "anonymous" else self.people[role].client

    def id_of(self, thing: str) -> str:
        """The id of an object with one parameter."""
        (identity,) = self.things[thing].values()
        return identity

    async def newcomer(self, *roles: str) -> Person:
        """Somebody whom no other test knows, with a password."""
        self._numbers += 1
        person = await self.world.person(f"newcomer{self._numbers}", *roles)
        await self.give_password(person)
        return person

    async def mailed_token(self, purpose: Purpose) -> str:
        """A token as a mail brings it, of a newcomer."""
        person = await self.newcomer()
        async with self.world.parts.database.session() as session:
            return await email_tokens.issue(session, person.account_id, purpose)

    async def give_password(self, person: Person) -> str:
        """Let a person sign in; the answer is their address."""
        async with self.world.parts.database.session() as session:
            account = await session.get_one(Account, person.account_id)
            account.password_hash = cheap_hash().hash(PASSWORD)
            return account.email

    async def sign_in(self, email: str) -> dict[str, Any]:
        """Tokens of another session of somebody with a password."""
        form = {"username": email, "password": PASSWORD}
        answer = await self.anonymous.post("/v1/auth/token", data=form)
        assert answer.status_code == 200, answer.text
        return answer.json()


def settings_for(database_url: str, folder: Path) -> Settings:
    """Settings of a development deployment without limits."""
    plain = Settings(_env_file=None)  # pyright: ignore[reportCallIssue]
    found = plain.model_copy(
        update={
            "database": DatabaseSettings(url=SecretStr(database_url)),
            "server": plain.server.model_copy(update={"data_dir": folder}),
            "limits": plain.limits.model_copy(update={"enabled": False}),
        }
    )
    return with_development_secrets(found)


@asynccontextmanager
async def open_town(settings: Settings) -> AsyncGenerator[Town]:
    """The town, with everything of it made, on a migrated database that is empty."""
    secret = settings.payments.webhook_secret.get_secret_value()
    config = SandboxConfig(api_key=_KEY, secret=secret, settle_seconds=0.01, retry_delays=(0.02,) * 5)
    async with running_sandbox(config) as provider:
        payments = settings.payments.model_copy(update={"url": provider, "api_key": SecretStr(_KEY)})
        ports = {Passwords: cheap_passwords()}
        app = build_application(settings.model_copy(update={"payments": payments}), ports=ports)
        async with running_app(app) as base_url:
            parts = app.state.parts
            world = World(parts, Worker(worker_context(parts)), base_url, provider, _KEY)
            await world_knows(world)
            anonymous = httpx.AsyncClient(base_url=base_url, trust_env=False)
            world.clients.append(anonymous)
            town = Town(world, app.openapi(), anonymous)
            await _settle(town)
            yield town
            for client in world.clients:
                await client.aclose()


async def world_knows(world: World) -> None:
    """Tell the provider where its notifications go."""
    async with httpx.AsyncClient(trust_env=False) as tester:
        headers = {"Authorization": f"Bearer {world.api_key}"}
        hook = {"url": f"{world.base_url}/v1/hooks/payments/sandbox"}
        told = await tester.put(f"{world.provider_url}/control/notify-url", json=hook, headers=headers)
        assert told.is_success


async def _settle(town: Town) -> None:
    await _people(town)
    town.things |= await open_shops(town.people, await town.newcomer())
    town.things |= await open_carts(town.people)
    await _goods(town)
    town.things |= await ask_in_public(town.world.parts.database, town.people)
    await _orders(town)
    town.things |= await haggle(town.world.parts.database, town.people)
    town.things |= await trade(town.world, town.people, ADDRESS)
    town.things |= await keep_papers(town.world.parts.database, town.people, town.id_of("order"))
    town.things |= await ask_for_quotes(town.world.parts.database, town.people)
    town.things |= await buy_through_the_house(town.people, ADDRESS)
    await _around(town)
    await _outcasts(town)


async def _people(town: Town) -> None:
    world = town.world
    for role, handle in {"buyer": "awa", "seller": "bruno", "stranger": "fatou"}.items():
        town.people[role] = await world.person(handle)
    for role in STAFF:
        town.people[role] = await world.person(f"chloe.{role}", role)
    for person in town.people.values():
        await town.give_password(person)


async def _upload(person: Person, purpose: str) -> dict[str, Any]:
    name, content = ("logo.png", _PIXEL) if purpose == "photo" else ("brief.txt", b"Un logo bleu.")
    return await person.ask("POST", "/files", 201, files={"file": (name, content)}, data={"purpose": purpose})


async def _goods(town: Town) -> None:
    """Bruno's active service with an option and a photo, his draft, and Fatou's own service."""
    bruno = town.people["seller"]
    photo = await _upload(bruno, "photo")
    body = {
        "title": "Logo vectoriel en trois pistes",
        "description": "Trois pistes, deux allers-retours.",
        "category": "graphic_design",
        "price": {"amount": 12_000, "currency": "EUR"},
        "days": 5,
        "revisions": 1,
        "photo_ids": [photo["id"]],
        "accepts_inquiries": True,
        "state": "active",
    }
    listing = await bruno.ask("POST", "/listings", 201, json=body)
    option = {"title": "Version animée", "price": {"amount": 3_000, "currency": "EUR"}, "days": 2}
    added = await bruno.ask("POST", f"/listings/{listing['id']}/options", 201, json=option)
    draft = await bruno.ask("POST", "/listings", 201, json=body | {"state": "draft", "photo_ids": []})
    hidden = await bruno.ask("POST", f"/listings/{draft['id']}/options", 201, json=option)
    spare = await bruno.ask("POST", "/listings", 201, json=body | {"photo_ids": []})
    unwanted = await bruno.ask("POST", f"/listings/{listing['id']}/options", 201, json=option)
    fatous = await town.people["stranger"].ask("POST", "/listings", 201, json=body | {"photo_ids": []})
    asks = {"id": "brief", "label": "Quel est votre brief ?", "kind": "file", "required": True}
    asking = await bruno.ask("POST", "/listings", 201, json=body | {"photo_ids": [], "questions": [asks]})
    town.things |= {
        "listing": {"listing_id": listing["id"]},
        "draft": {"listing_id": draft["id"]},
        "spare_listing": {"listing_id": spare["id"]},
        "asking": {"listing_id": asking["id"]},
        "fatous_listing": {"listing_id": fatous["id"]},
        "option": {"listing_id": listing["id"], "option_id": added["id"]},
        "spare_option": {"listing_id": listing["id"], "option_id": unwanted["id"]},
        "draft_option": {"listing_id": draft["id"], "option_id": hidden["id"]},
        "photo": {"file_id": photo["id"]},
        "shown_photo": {"photo_id": photo["id"]},
        "private_photo": {"photo_id": (await _upload(bruno, "photo"))["id"]},
    }


async def _orders(town: Town) -> None:
    """Awa's orders with Bruno: under way, completed and reviewed, unpaid; and one that Fatou has not paid."""
    awa, bruno, world = town.people["buyer"], town.people["seller"], town.world
    listing = town.id_of("listing")
    running = await world.place(awa, listing)
    payment = await world.pay(awa, running["id"])
    await world.until(awa, running["id"], "awaiting_acceptance")
    await bruno.do(running["id"], "accept")
    await awa.do(running["id"], "add_extra", option_id=town.things["option"]["option_id"])
    extras = await awa.ask("GET", f"/orders/{running['id']}/payments")
    await bruno.do(running["id"], "refund_part", amount={"amount": 500, "currency": "EUR"})
    await bruno.do(running["id"], "report_problem", reason="Le brief est vide.")
    (refund,) = (await awa.ask("GET", f"/orders/{running['id']}/escrow"))["refunds"]
    done = await world.place(awa, listing)
    await world.pay(awa, done["id"])
    await world.until(awa, done["id"], "awaiting_acceptance")
    await bruno.do(done["id"], "accept")
    await bruno.do(done["id"], "deliver", message="Voici le logo.")
    await awa.do(done["id"], "approve")
    opinion = {"rating": 5, "text": "Un logo superbe."}
    review = await awa.ask("POST", f"/orders/{done['id']}/reviews", 201, json=opinion)
    other = await bruno.ask("POST", f"/orders/{done['id']}/reviews", 201, json=opinion)
    unpaid = await world.place(awa, listing)
    fatous = await world.place(town.people["stranger"], listing)
    asked = await world.place(awa, town.id_of("asking"))
    await world.pay(awa, asked["id"])
    await world.until(awa, asked["id"], "awaiting_instructions")
    await world.worker.drain()
    town.things |= {
        "asking_order": {"order_id": asked["id"]},
        "order": {"order_id": running["id"]},
        "completed_order": {"order_id": done["id"]},
        "unpaid_order": {"order_id": unpaid["id"]},
        "fatous_order": {"order_id": fatous["id"]},
        "extra": {"extra_id": next(due["extra_id"] for due in extras["due"])},
        "payment": {"payment_id": payment["id"]},
        "refund": {"refund_id": refund["id"]},
        "review": {"review_id": review["id"]},
        "private_review": {"review_id": other["id"]},
        "conversation": {"conversation_id": done["conversation_id"]},
        "reported_conversation": {"conversation_id": running["conversation_id"]},
    }


async def _around(town: Town) -> None:
    """What Awa has besides: addresses, sessions, alerts, files; and the case that her order caused."""
    awa = town.people["buyer"]
    home = await awa.ask("POST", "/me/addresses", 201, json=ADDRESS)
    spare = await awa.ask("POST", "/me/addresses", 201, json=ADDRESS)
    file, attached = await _upload(awa, "attachment"), await _upload(awa, "attachment")
    sending = f"/conversations/{town.id_of('conversation')}/messages"
    await awa.ask("POST", sending, 201, json={"text": "Voici.", "attachments": [attached["id"]]})
    brunos = await _upload(town.people["seller"], "attachment")
    await town.sign_in("awa@example.fr")
    sessions = (await awa.ask("GET", "/auth/sessions"))["data"]
    trader = await town.people["seller"].ask("PUT", "/me/trader", json=BUSINESS)
    alerts = (await awa.ask("GET", "/me/notifications"))["data"]
    (case,) = (await town.people["support"].ask("GET", "/staff/cases"))["data"]
    receipt = {"file": ("recu.png", _PIXEL)}
    pictured = await awa.ask("POST", "/files", 201, files=receipt, data={"purpose": "attachment"})
    bruno_id = show_id("acc", town.people["seller"].account_id)
    town.things |= {
        "address": {"address_id": home["id"]},
        "spare_address": {"address_id": spare["id"]},
        "session": {"session_id": next(one["id"] for one in sessions if not one["current"])},
        "notification": {"notification_id": alerts[0]["id"]},
        "file": {"file_id": file["id"]},
        "brunos_file": {"file_id": brunos["id"]},
        "attached_file": {"file_id": attached["id"]},
        "picture": {"file_id": pictured["id"]},
        "case": {"case_id": case["id"]},
        "account": {"account_id": bruno_id},
        "victim": {"account_id": show_id("acc", (await town.newcomer()).account_id)},
        "trader": {"trader_id": trader["id"]},
        "process": {"name": "service"},
        "provider": {"provider": "sandbox"},
        "carrier": {"carrier": "colissimo"},
    }


async def _outcasts(town: Town) -> None:
    """Awa's twin who was suspended, and who signed out: their tokens are still good by themselves."""
    admin = town.people["admin"]
    town.people["suspended"] = await town.newcomer()
    account = show_id("acc", town.people["suspended"].account_id)
    await admin.ask("POST", f"/staff/accounts/{account}/suspend", json={"reason": "Vend des contrefaçons."})
    town.things["outcast"] = {"account_id": account}
    tokens = await town.sign_in("awa@example.fr")
    client = httpx.AsyncClient(
        base_url=town.world.base_url,
        headers={"Authorization": f"Bearer {tokens['access_token']}"},
        trust_env=False,
    )
    town.world.clients.append(client)
    town.people["signed_out"] = replace(town.people["buyer"], client=client)
    await town.people["signed_out"].ask("POST", "/auth/logout", 204)


def absent(identity: str) -> str:
    """An id of the same kind that nothing has."""
    return show_id(identity.partition("_")[0], new_id())


def is_id(value: Any) -> bool:
    """Whether this is a public id."""
    if not isinstance(value, str) or "_" not in value:
        return False
    return parse_id(value.partition("_")[0], value) is not None


_PIXEL: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)
