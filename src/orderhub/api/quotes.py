"""How quotes are shown to whoever asks for them on a hot path."""

import msgspec

from orderhub.api.request_context import RequestContext
from orderhub.domain.process import Actor
from orderhub.domain.quotes.loading import Loaded, Render
from orderhub.domain.quotes.presentation import present

_encode = msgspec.json.encode


def rendering(context: RequestContext) -> Render:
    """What makes the bytes of a quote for its reader."""

    def render(loaded: Loaded, actor: Actor) -> bytes:
        return _encode(present(loaded, actor, context.language, context.links.photos))

    return render
