"""Mails about the account itself: they have no alert beside them, and some carry a token.

The token is made when the mail is written, so that it is stored nowhere but in that mail.
"""

from dataclasses import dataclass
from typing import Final

from orderhub.domain.accounts import events
from orderhub.domain.accounts.email_tokens import Purpose
from orderhub.kit.text import Label


@dataclass(frozen=True, slots=True)
class AccountMail:
    """What such a mail says. ``path`` is the front end's page; the token, where there is one, follows it."""

    title: Label
    body: Label
    button: Label
    path: str
    token: Purpose | None = None


REGISTERED_AT: Final = Label(
    "Inscription du {moment}. Si ce n’est pas la vôtre, n’ouvrez pas ce lien : demandez un nouveau mot de passe, "
    "et le compte sera le vôtre.",
    "Registered on {moment}. If that was not you, don’t open the link: ask for a new password, "
    "and the account will be yours.",
)
"""Behind the text of a confirmation: there may be registrations of the same address by others."""

# fmt: off
ACCOUNT_MAILS: Final[dict[str, AccountMail]] = {
    events.REGISTERED: AccountMail(
        Label("Confirmez votre adresse e-mail", "Confirm your e-mail address"),
        Label("Bienvenue ! Confirmez votre adresse pour activer votre compte. Le lien est valable trois jours. "
              "Si vous n’avez rien demandé, ignorez ce message.",
              "Welcome! Confirm your address to activate your account. The link is good for three days. "
              "If you asked for nothing, ignore this message."),
        Label("Confirmer mon adresse", "Confirm my address"), "/confirm", Purpose.CONFIRM),
    events.REGISTERED_AGAIN: AccountMail(
        Label("Vous avez déjà un compte", "You already have an account"),
        Label("Quelqu’un, vous sans doute, a voulu créer un compte avec cette adresse ; vous en avez déjà un. "
              "Connectez-vous, ou demandez un nouveau mot de passe si vous l’avez oublié.",
              "Somebody, probably you, tried to register with this address; you already have an account. "
              "Sign in, or ask for a new password if you forgot it."),
        Label("Se connecter", "Sign in"), "/sign-in"),
    events.PASSWORD_RESET_ASKED: AccountMail(
        Label("Choisissez un nouveau mot de passe", "Choose a new password"),
        Label("Ouvrez ce lien pour choisir un nouveau mot de passe. Il est valable une heure et ne sert qu’une fois. "
              "Si vous n’avez rien demandé, ignorez ce message : rien ne change.",
              "Open this link to choose a new password. It is good for one hour, once. "
              "If you asked for nothing, ignore this message: nothing changes."),
        Label("Nouveau mot de passe", "New password"), "/password-reset", Purpose.RESET),
    events.PASSWORD_CHANGED: AccountMail(
        Label("Votre mot de passe a changé", "Your password was changed"),
        Label("Votre mot de passe vient d’être changé et vos sessions sont fermées. "
              "Si ce n’était pas vous, demandez tout de suite un nouveau mot de passe.",
              "Your password has just been changed and your sessions are closed. "
              "If that was not you, ask for a new password at once."),
        Label("Se connecter", "Sign in"), "/sign-in"),
    events.SUSPENDED: AccountMail(
        Label("Votre compte est suspendu", "Your account is suspended"),
        Label("Votre compte est suspendu. Répondez à notre équipe pour en savoir plus.",
              "Your account is suspended. Write to our team to know more."),
        Label("Contacter l’équipe", "Contact the team"), "/help"),
    events.REINSTATED: AccountMail(
        Label("Votre compte est rétabli", "Your account is reinstated"),
        Label("Votre compte est de nouveau actif. Vous pouvez vous connecter.",
              "Your account is active again. You can sign in."),
        Label("Se connecter", "Sign in"), "/sign-in"),
    events.TRADER_VERIFIED: AccountMail(
        Label("Vous êtes vendeur professionnel", "You are a professional seller"),
        Label("Notre équipe a vérifié votre entreprise. Elle est affichée sur vos annonces, et les consommateurs ont "
              "14 jours pour renvoyer ce qu’ils vous achètent.",
              "Our team has verified your business. It is shown on your listings, and consumers have 14 days to send "
              "back what they buy from you."),
        Label("Voir votre entreprise", "See your business"), "/me/trader"),
    events.TRADER_REFUSED: AccountMail(
        Label("Votre entreprise n’a pas pu être vérifiée", "Your business could not be verified"),
        Label("Ce que vous avez déclaré n’a pas été accepté. La raison est dans votre espace ; corrigez, puis "
              "renvoyez. Ce qui avait été vérifié avant reste en vigueur.",
              "What you submitted was not accepted. The reason is in your member area; correct it, then submit it "
              "again. What was verified before stays in force."),
        Label("Corriger", "Correct it"), "/me/trader"),
    events.TRADER_REVOKED: AccountMail(
        Label("Vous n’êtes plus vendeur professionnel", "You are no longer a professional seller"),
        Label("Notre équipe a mis fin à la vérification de votre entreprise. La raison est dans votre espace. Les "
              "commandes passées gardent leurs conditions.",
              "Our team has ended the verification of your business. The reason is in your member area. Orders that "
              "were placed keep their terms."),
        Label("Voir la raison", "See the reason"), "/me/trader"),
}
# fmt: on
