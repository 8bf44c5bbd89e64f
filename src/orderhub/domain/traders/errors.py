"""Named refusals of traders."""

from orderhub.kit.errors import ConflictError, NotFoundError
from orderhub.kit.text import Label


class TraderNotFoundError(NotFoundError):
    """Nothing was submitted, or it was replaced by what the account submitted since."""

    code = "trader_not_found"
    title = Label("Vendeur professionnel introuvable", "Trader not found")


class TraderDecidedError(ConflictError):
    """It does not wait for this decision: ``trader_status`` among the extras says where it stands."""

    code = "trader_decided"
    title = Label("Déjà décidé", "Already decided")
