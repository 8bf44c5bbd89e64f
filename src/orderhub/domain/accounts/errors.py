"""What accounts refuse. The family of each says its HTTP status; see ``kit/errors.py``."""

from orderhub.kit.errors import (
    ConflictError,
    FieldError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    TooManyError,
    UnauthenticatedError,
)
from orderhub.kit.text import Label


class AccountNotFoundError(NotFoundError):
    """No such account, or one that is not shown: unconfirmed, suspended or erased."""

    code = "account_not_found"
    title = Label("Compte introuvable", "Account not found")


class AddressNotFoundError(NotFoundError):
    """No such address among the caller's own."""

    code = "address_not_found"
    title = Label("Adresse introuvable", "Address not found")


class SessionNotFoundError(NotFoundError):
    """No such living session among the caller's own."""

    code = "session_not_found"
    title = Label("Session introuvable", "Session not found")


class InvalidCredentialsError(UnauthenticatedError):
    """The e-mail address is unknown or the password is wrong: the two answer alike."""

    code = "invalid_credentials"
    title = Label("Adresse e-mail ou mot de passe incorrect", "Wrong e-mail address or password")

    def __init__(self) -> None:
        super().__init__(
            Label(
                "Vérifiez les deux, ou demandez un nouveau mot de passe : POST /v1/accounts/password-reset.",
                "Check both, or ask for a new password at POST /v1/accounts/password-reset.",
            )
        )


class InvalidRefreshTokenError(UnauthenticatedError):
    """The refresh token is unknown, expired, or its session was signed out."""

    code = "invalid_refresh_token"
    title = Label("Jeton de renouvellement invalide", "Invalid refresh token")


class RefreshTokenReusedError(UnauthenticatedError):
    """A refresh token came again, longer after its first use than a repeat may: its session was ended."""

    code = "refresh_token_reused"
    title = Label("Jeton de renouvellement déjà utilisé", "Refresh token used twice")


class LockedOutError(TooManyError):
    """Too many failed sign-ins; ``retry_after`` says how many seconds remain."""

    code = "locked_out"
    title = Label("Trop d’essais de connexion", "Too many sign-in attempts")


class AccountUnconfirmedError(ForbiddenError):
    """The password is right, but the e-mail address was never confirmed."""

    code = "account_unconfirmed"
    title = Label("Adresse e-mail non confirmée", "E-mail address not confirmed")


class AccountSuspendedError(ForbiddenError):
    """The password is right, but staff suspended the account."""

    code = "account_suspended"
    title = Label("Compte suspendu", "Account suspended")


class InvalidEmailTokenError(InvalidError):
    """The token is none that we sent, is for something else, or has expired."""

    code = "invalid_email_token"
    title = Label("Lien invalide ou expiré", "Invalid or expired link")


class EmailTokenUsedError(ConflictError):
    """The token was good once and has done its work."""

    code = "email_token_used"
    title = Label("Lien déjà utilisé", "Link already used")


class HandleTakenError(ConflictError):
    """Somebody else has this handle."""

    code = "handle_taken"
    title = Label("Pseudonyme déjà pris", "Handle taken")

    def __init__(self) -> None:
        another = Label("Choisissez un autre pseudonyme.", "Choose another handle.")
        super().__init__(another, errors=(FieldError("/handle", self.code, another),))


class EmailTakenError(ConflictError):
    """An account with this e-mail address exists; said to the operator's command line only."""

    code = "email_taken"
    title = Label("Adresse e-mail déjà utilisée", "E-mail address taken")


class StillOpenError(ConflictError):
    """The account can't be erased yet; ``open`` lists what is still open."""

    code = "still_open"
    title = Label("Des affaires sont encore en cours", "Something is still open")


class OwnAccountError(ForbiddenError):
    """Staff do not do this to their own account."""

    code = "own_account"
    title = Label("Impossible sur son propre compte", "Not on one’s own account")


class StaffAccountError(ForbiddenError):
    """Only an admin may do this to another member of staff."""

    code = "staff_account"
    title = Label("Réservé aux administrateurs", "For admins only")


class HouseAccountError(ConflictError):
    """The account is the house's: nobody signs in to it, so it can't be suspended or given a role."""

    code = "house_account"
    title = Label("Compte de la maison", "The house’s account")


class AddressMissingError(InvalidError):
    """Something is to be delivered, no address is named, and the profile has none."""

    code = "address_missing"
    title = Label("Adresse de livraison manquante", "A delivery address is missing")

    def __init__(self) -> None:
        detail = Label(
            "Donnez `address`, ou `address_id`, ou gardez une adresse par défaut : POST /v1/me/addresses.",
            "Give `address`, or `address_id`, or keep a default address: POST /v1/me/addresses.",
        )
        super().__init__(detail, errors=(FieldError("/address", self.code, detail),))
