"""Whether what is answered is what the document says, and nothing else: no member that it doesn't name."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final, cast

import httpx
from jsonschema_rs import Draft202012Validator
from sqlalchemy import select

from orderhub.bootstrap import build_application
from orderhub.domain.events.models import Event
from orderhub.domain.events.shown import show
from orderhub.domain.events.topics import TOPICS
from orderhub.domain.orders.models import Order
from orderhub.domain.quotes.models import Quote
from orderhub.infra.database import Database
from orderhub.kit.ids import show_id
from orderhub.settings import Settings

_SETTINGS: Final = {"database": {"url": "postgresql://nobody@127.0.0.1:1/nothing"}}


@cache
def _components() -> Mapping[str, Any]:
    """The schemas of the document, each closed: a member that it doesn't name is a fault."""
    found: dict[str, Any] = build_application(Settings.model_validate(_SETTINGS)).openapi()["components"]["schemas"]
    closed = {
        name: {"additionalProperties": False, **schema} if "properties" in schema else schema
        for name, schema in found.items()
    }
    return {"components": {"schemas": closed}}


@cache
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": f"#/components/schemas/{name}", **_components()}, validate_formats=True)


def faults(name: str, value: Any) -> Iterator[str]:
    """What is wrong with a value that should be of this schema."""
    for fault in _validator(name).iter_errors(value):
        yield f"{name}{fault.instance_path}: {fault.message}"


def form_of(topic: str) -> str:
    """The schema of the events of a topic."""
    mapping = cast("dict[str, str]", _components()["components"]["schemas"]["Event"]["discriminator"]["mapping"])
    return mapping[topic].rpartition("/")[2]


async def untrue_events(database: Database) -> list[str]:
    """What is wrong with any event of a database that is served."""
    async with database.session() as session:
        events = list(await session.scalars(select(Event).where(Event.topic.in_(TOPICS)).order_by(Event.id)))
    return [fault for event in events for fault in faults(form_of(event.topic), show(event))]


async def untrue_answers(database: Database, client: httpx.AsyncClient) -> list[str]:
    """What is wrong with the answers about any order and quote of a database, as this client reads them."""
    found: list[str] = []
    async with database.session() as session:
        orders = [f"/v1/orders/{show_id('ord', order_id)}" for order_id in await session.scalars(select(Order.id))]
        quotes = [f"/v1/quotes/{show_id('quo', quote_id)}" for quote_id in await session.scalars(select(Quote.id))]
    asked = [
        *(("OrderOut", path) for path in orders),
        *(("OrderHistoryOut", f"{path}/transitions?limit=100") for path in orders),
        *(("OrderPaymentsOut", f"{path}/payments") for path in orders),
        *(("EscrowOut", f"{path}/escrow") for path in orders),
        *(("QuoteOut", path) for path in quotes),
        *(("QuoteHistoryOut", f"{path}/transitions?limit=100") for path in quotes),
    ]
    for name, path in asked:
        answer = await client.get(path)
        if answer.status_code != 404:
            body = answer.json()
            parts = body.get("data", [body])
            found += [f"{path} {fault}" for part in parts for fault in faults(name, part)]
    return found
