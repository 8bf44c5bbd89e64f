"""What must hold before a cart is changed; each raises the refusal that says what to do."""

from uuid import UUID

from orderhub.domain.carts.errors import CartClosedError
from orderhub.domain.carts.models import CartStatus
from orderhub.kit.errors import invalid_field
from orderhub.kit.text import Label


def require_open(status: str) -> None:
    """Raises CartClosedError once a quote was asked for."""
    if status != CartStatus.OPEN.value:
        raise CartClosedError(
            Label(
                "Un devis a été demandé avec ce panier. Ouvrez-en un autre : POST /v1/carts.",
                "A quote was asked for with this cart. Gather more in another one: POST /v1/carts.",
            )
        )


def require_agreement(given: UUID | None, *, known: bool, site: UUID | None) -> None:
    """Raises InvalidError for a shop that isn't an active one, or isn't the one whose page is given."""
    if given is None:
        return
    if not known:
        raise invalid_field(
            "/shop_id",
            "shop_unknown",
            Label(
                "Aucune boutique partenaire n’a cet id. Trouvez-en une par GET /v1/shops.",
                "No partner shop has this id. Find one with GET /v1/shops.",
            ),
        )
    if site is not None and site != given:
        raise invalid_field(
            "/shop_id",
            "shop_mismatch",
            Label(
                "La page est celle d’une autre boutique partenaire. N’envoyez pas shop_id : la page le dit.",
                "The page is another partner shop's. Leave shop_id out: the page tells it.",
            ),
        )
