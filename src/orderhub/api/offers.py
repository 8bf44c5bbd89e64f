"""How offers are shown to whoever asks for them on a hot path."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from orderhub.api.request_context import RequestContext
from orderhub.domain.offers.loading import Loaded, Render
from orderhub.domain.offers.making import RenderAll
from orderhub.domain.offers.presentation import present
from orderhub.domain.process import Actor

_encode = msgspec.json.encode


def rendering(context: RequestContext) -> Render:
    """What makes the bytes of an offer for its reader."""

    def render(loaded: Loaded, actor: Actor) -> bytes:
        return _encode(present(loaded, actor, context.language, context.links))

    return render


def rendering_all(context: RequestContext) -> RenderAll:
    """What makes the bytes of the offers that their author has just made."""
    me: UUID = context.caller.account_id

    def render(offers: Sequence[Loaded]) -> bytes:
        shown = [present(each, each.offer.actor(me), context.language, context.links) for each in offers]
        return _encode({"data": shown})

    return render
