"""Examples of accounts: Aminata registers, Théo has forgotten his password."""

from typing import Final

from orderhub.api.examples.sample import Sample, Samples, Setup
from orderhub.api.schemas.accounts import REGISTRATION, SOME_TOKEN
from orderhub.domain.samples import AWA, BRUNO, NEWCOMER_EMAIL, THEO
from orderhub.kit.ids import show_id

SAMPLES: Final[Samples] = {
    "register_account": Sample(body=dict(REGISTRATION)),
    "list_accounts": Sample(AWA, query={"handle_prefix": "br"}),
    "resend_confirmation": Sample(body={"email": NEWCOMER_EMAIL}),
    "confirm_account": Sample(body={"token": SOME_TOKEN}, setup=Setup.CONFIRMATION_TOKEN),
    "request_password_reset": Sample(body={"email": THEO.email}),
    "confirm_password_reset": Sample(
        body={"token": SOME_TOKEN, "password": "papayes-du-verger"}, setup=Setup.PASSWORD_TOKEN
    ),
    "get_account": Sample(path={"account_id": show_id("acc", BRUNO.id)}),
    "list_countries": Sample(),
    "get_my_balance": Sample(BRUNO),
    "list_my_ledger": Sample(BRUNO),
}
