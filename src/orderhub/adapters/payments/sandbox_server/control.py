"""The tester's surface, ``/control``: what is to go wrong, and when notifications go out."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from orderhub.adapters.payments.sandbox_server.bodies import (
    Deliver,
    NextBehaviour,
    NotifyUrl,
    Outage,
    Withhold,
)
from orderhub.adapters.payments.sandbox_server.http import answer, provider_of, read, require_key
from orderhub.adapters.payments.sandbox_server.records import Delivery, Event
from orderhub.adapters.payments.sandbox_server.views import delivery_view, event_view


async def set_next(request: Request) -> Response:
    """What is to go wrong with the next payment, or with one that exists."""
    require_key(request)
    provider, body = provider_of(request), await read(request, NextBehaviour)
    with provider.journal.change():
        provider.payments.behave(body.alone(), body.payment)
    return Response(status_code=204)


async def set_withholding(request: Request) -> Response:
    """Hold every new notification back, or let new ones go again; those held stay held."""
    require_key(request)
    body = await read(request, Withhold)
    provider_of(request).notifier.withholding = body.on
    return Response(status_code=204)


async def deliver(request: Request) -> Response:
    """Send the named events now, in the named order, and answer how each was taken."""
    require_key(request)
    body = await read(request, Deliver)
    done = await provider_of(request).notifier.deliver(body.events)
    return answer({"data": [delivery_view(delivery) for delivery in done]})


async def list_events(request: Request) -> Response:
    """Events, oldest first, of one payment (``?payment=``) or all, with their deliveries."""
    require_key(request)
    provider = provider_of(request)
    events, wanted = provider.journal.all(Event), request.query_params.get("payment")
    if wanted is not None:
        payment = provider.payments.find(wanted)
        events = [event for event in events if event.payment == payment.id]
    deliveries: dict[str, list[Delivery]] = {event.id: [] for event in events}
    for delivery in provider.journal.all(Delivery):
        if delivery.event in deliveries:
            deliveries[delivery.event].append(delivery)
    return answer({"data": [event_view(event, deliveries[event.id]) for event in events]})


async def set_outage(request: Request) -> Response:
    """Answer 503 to the next merchant requests."""
    require_key(request)
    body = await read(request, Outage)
    provider_of(request).outage.plan(body.requests, after=body.after)
    return Response(status_code=204)


async def set_notify_url(request: Request) -> Response:
    """Where notifications go, until the server is started anew."""
    require_key(request)
    body = await read(request, NotifyUrl)
    provider_of(request).notifier.notify_url = body.url
    return Response(status_code=204)


ROUTES = [
    Route("/control/next", set_next, methods=["POST"]),
    Route("/control/withhold", set_withholding, methods=["POST"]),
    Route("/control/deliver", deliver, methods=["POST"]),
    Route("/control/events", list_events),
    Route("/control/outage", set_outage, methods=["POST"]),
    Route("/control/notify-url", set_notify_url, methods=["PUT"]),
]
