"""Examples of signing in and out."""

from typing import Final

from orderhub.api.examples.sample import Sample, Samples, Setup
from orderhub.domain.samples import AWA, PASSWORD, Sessions
from orderhub.kit.ids import show_id

SAMPLES: Final[Samples] = {
    "create_token": Sample(body={"grant_type": "password", "username": AWA.email, "password": PASSWORD}),
    "refresh_token": Sample(
        body={"refresh_token": "7yWb0cU3m1Zq9Jr4sXv2Lk8dTg6Nf5hPaEoQiRuCwYz"}, setup=Setup.REFRESH_TOKEN
    ),
    "list_sessions": Sample(AWA),
    "delete_session": Sample(AWA, path={"session_id": show_id("ses", Sessions.OLD_PHONE)}),
    "sign_out": Sample(AWA, setup=Setup.SIGN_IN),
}
