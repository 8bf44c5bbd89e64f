"""Refusals of the directory of partner shops."""

from orderhub.kit.errors import ConflictError, ForbiddenError, NotFoundError, StaleError
from orderhub.kit.text import Label


class ShopNotFoundError(NotFoundError):
    """No such shop, or it is not active and the caller has nothing to do with it."""

    code = "shop_not_found"
    title = Label("Boutique introuvable", "Shop not found")


class MemberNotFoundError(NotFoundError):
    """The account is no member of the shop."""

    code = "shop_member_not_found"
    title = Label("Membre introuvable", "Member not found")


class ShopStaleError(StaleError):
    """Somebody changed the shop since the caller read it."""

    code = "shop_stale"
    title = Label("Boutique modifiée entre-temps", "The shop has changed meanwhile")


class SiteTakenError(ConflictError):
    """Another shop has this site. The extras have its ``host``, and that ``shop`` where the directory shows it."""

    code = "shop_site_taken"
    title = Label("Site d’une autre boutique", "The site of another shop")


class KeyNotFoundError(NotFoundError):
    """The shop has no such key, or it has ended."""

    code = "shop_key_not_found"
    title = Label("Clé introuvable", "Key not found")


class LastOwnerError(ConflictError):
    """The owners of a shop would leave it without one."""

    code = "last_owner"
    title = Label("Dernier propriétaire", "Last owner")


class KeyScopeError(ForbiddenError):
    """A shop's key was used for what it is not for. The extras have the ``scope`` needed, null where no key may."""

    code = "key_scope"
    title = Label("Clé sans ce droit", "The key is not for this")
