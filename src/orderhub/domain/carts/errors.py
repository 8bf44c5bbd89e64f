"""The named refusals of carts."""

from orderhub.kit.errors import ConflictError, NotFoundError
from orderhub.kit.text import Label


class CartNotFoundError(NotFoundError):
    """No such cart, or somebody else's."""

    code = "cart_not_found"
    title = Label("Panier introuvable", "Cart not found")


class CartLineNotFoundError(NotFoundError):
    """The cart has no such line."""

    code = "cart_line_not_found"
    title = Label("Article introuvable dans ce panier", "Line not found in this cart")


class CartClosedError(ConflictError):
    """A quote was asked for with this cart: it stays as it was."""

    code = "cart_closed"
    title = Label("Panier déjà transmis", "Cart already sent for a quote")


class CartNotReadyError(ConflictError):
    """No line of the cart can be quoted; ``lines`` says what is wrong with each."""

    code = "cart_not_ready"
    title = Label("Aucun article du panier ne peut être chiffré", "No line of the cart can be quoted")
