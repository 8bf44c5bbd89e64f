"""Examples of accounts: Aminata registers, Théo has forgotten his password."""

from typing import Final

from orderhub.api.examples.sample import Sample, Samples, Setup
from orderhub.domain.samples import AWA, BRUNO, NEWCOMER_EMAIL, THEO
from orderhub.kit.ids import show_id

_TOKEN: Final = "7yWb0cU3m1Zq9Jr4sXv2Lk8dTg6Nf5hPaEoQiRuCwYz"  # noqa: S105 - as long as a real one, and none

SAMPLES: Final[Samples] = {
    "register_account": Sample(
        body={
            "email": NEWCOMER_EMAIL,
            "password": "trois-baobabs-bleus",
            "display_name": "Aminata Sow",
            "handle": "aminata.sow",
            "language": "fr",
            "time_zone": "Africa/Dakar",
            "country": "SN",
        }
    ),
    "list_accounts": Sample(AWA, query={"handle_prefix": "br"}),
    "resend_confirmation": Sample(body={"email": NEWCOMER_EMAIL}),
    "confirm_account": Sample(body={"token": _TOKEN}, setup=Setup.CONFIRMATION_TOKEN),
    "ask_password_reset": Sample(body={"email": THEO.email}),
    "confirm_password_reset": Sample(
        body={"token": _TOKEN, "password": "papayes-du-verger"}, setup=Setup.PASSWORD_TOKEN
    ),
    "get_account": Sample(path={"account_id": show_id("acc", BRUNO.id)}),
    "list_countries": Sample(),
    "read_my_balance": Sample(BRUNO),
    "list_my_ledger": Sample(BRUNO),
}
