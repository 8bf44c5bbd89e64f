"""Refusals about offers, besides those of their table."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from orderhub.kit.clock import show_instant
from orderhub.kit.errors import ConflictError, FieldError, ForbiddenError, InvalidError, NotFoundError
from orderhub.kit.ids import show_id
from orderhub.kit.text import Label


class OfferNotFoundError(NotFoundError):
    """No such offer, or the caller is neither of its parties nor staff."""

    code = "offer_not_found"
    title = Label("Offre introuvable", "Offer not found")

    def __init__(self) -> None:
        super().__init__(
            Label(
                "Il n’y a pas une telle offre, ou elle n’est ni de vous ni pour vous.",
                "There is no such offer, or it is neither yours nor to you.",
            )
        )


class OffersNotTakenError(ForbiddenError):
    """The listing takes no offers: it is sold at its price, or is a service."""

    code = "offers_not_taken"
    title = Label("Pas d’offre sur cette annonce", "This listing takes no offers")


class OwnListingOfferError(ForbiddenError):
    """A seller makes no offer to themselves; `to` says to whom they make one."""

    code = "own_listing_offer"
    title = Label("C’est votre propre annonce", "This is your own listing")

    def __init__(self) -> None:
        super().__init__(
            Label(
                "C’est votre propre annonce : avec `to`, faites une offre à qui l’a en favori.",
                "This is your own listing: with `to` you make an offer to those who favourited it.",
            )
        )


class NotOnSaleError(ConflictError):
    """The listing is paused or not on show: nothing can be offered on it now."""

    code = "listing_not_on_sale"
    title = Label("Annonce pas en vente", "The listing is not on sale")

    def __init__(self) -> None:
        super().__init__(
            Label(
                "L’annonce n’est pas en vente en ce moment. Revenez quand elle sera active.",
                "The listing is not on sale at this time. Come back once it is active.",
            )
        )


class OfferOpenError(ConflictError):
    """There is an open offer between the two on this listing: one at a time."""

    code = "offer_open"
    title = Label("Une offre est déjà en cours", "An offer is open already")

    def __init__(self, *offer_ids: UUID) -> None:
        super().__init__(
            Label(
                "Répondez d’abord à l’offre en cours sur cette annonce, ou retirez-la.",
                "Answer the open offer on this listing first, or withdraw it.",
            ),
            offer_ids=[show_id("off", offer_id) for offer_id in offer_ids],
        )


class NobodyToOfferError(ConflictError):
    """`all` reaches nobody: who favourited the listing has an open offer, or is gone."""

    code = "nobody_to_offer"
    title = Label("Personne à qui l’offrir", "Nobody to offer it to")

    def __init__(self) -> None:
        super().__init__(
            Label(
                "Personne n’a l’annonce en favori sans avoir déjà une offre en cours.",
                "Nobody has favourited the listing without having an open offer.",
            )
        )


class OfferAmountError(InvalidError):
    """An amount that this sort of offer can't have; ``most`` among the extras is the greatest."""

    code = "offer_amount_unfit"
    title = Label("Montant inadapté", "The amount doesn't fit")


class NotFavouritedError(InvalidError):
    """An offer to somebody who has not favourited the listing."""

    code = "not_favourited"
    title = Label("Pas en favori", "Not a favourite")


def unfit_amount(detail: Label, most: int, currency: str) -> OfferAmountError:
    """The refusal of an amount; ``most`` is the greatest that fits."""
    faults = (FieldError("/amount/amount", OfferAmountError.code, detail),)
    return OfferAmountError(detail, errors=faults, most={"amount": most, "currency": currency})


class AcceptedOfferRunsError(ConflictError):
    """A listing can't be closed while somebody has the time to pay for an accepted offer: ``until`` says how long."""

    code = "accepted_offer_runs"
    title = Label("Une offre acceptée court", "An accepted offer runs")

    def __init__(self, offer_ids: Sequence[UUID], until: datetime) -> None:
        super().__init__(
            Label(
                "Quelqu’un a jusqu’à `until` pour payer une offre acceptée. Fermez l’annonce après.",
                "Somebody has until `until` to pay for an accepted offer. Close the listing after that.",
            ),
            offer_ids=[show_id("off", offer_id) for offer_id in offer_ids],
            until=show_instant(until),
        )


class OfferNotUsableError(ConflictError):
    """An order can't use the offer: not accepted, out of time, used by another, or for another."""

    code = "offer_not_usable"
    title = Label("Offre inutilisable", "The offer can't be used")

    def __init__(self) -> None:
        super().__init__(
            Label(
                "Lisez l’offre : seule une offre acceptée, à temps, qu’aucune commande n’utilise se commande.",
                "Read the offer: only one that is accepted, in time and used by no order can be ordered.",
            )
        )
