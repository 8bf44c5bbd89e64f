"""How orders are shown to whoever asks for them on a hot path."""

import msgspec

from orderhub.api.request_context import RequestContext
from orderhub.domain.orders.loading import Loaded, Render
from orderhub.domain.orders.presentation import present
from orderhub.domain.process import Actor

_encode = msgspec.json.encode


def rendering(context: RequestContext) -> Render:
    """What makes the bytes of an order for its reader."""

    def render(loaded: Loaded, actor: Actor) -> bytes:
        return _encode(present(loaded, actor, context.language, context.links))

    return render
