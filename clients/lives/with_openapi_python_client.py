"""A service order from sign-in to review, with the client that openapi-python-client makes."""

import sys
import time
import uuid
from typing import TypeVar

import httpx
from openapi_python_client.api.auth import create_token
from openapi_python_client.api.listings import list_listings
from openapi_python_client.api.orders import act_on_order, get_order, place_order
from openapi_python_client.api.payments import create_payment
from openapi_python_client.api.reviews import create_review
from openapi_python_client.client import AuthenticatedClient, Client
from openapi_python_client.models import (
    AcceptOrder,
    ApproveOrder,
    ConfirmCard,
    DeliverOrder,
    PasswordForm,
    PlaceServiceOrder,
    Problem,
    ReviewIn,
    StartPayment,
)

PASSWORD = "mangues-du-marche"
T = TypeVar("T")
BASE_URL = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"


def got(answer: T | Problem | None) -> T:
    """The answer, where it is none of the refusals."""
    if answer is None or isinstance(answer, Problem):
        message = "nothing came" if answer is None else f"{answer.code}: {answer.detail}"
        raise SystemExit(message)
    return answer


def sign_in(username: str) -> AuthenticatedClient:
    form = PasswordForm(username=username, password=PASSWORD)
    signed_in = got(create_token.sync(client=Client(BASE_URL), body=form))
    return AuthenticatedClient(BASE_URL, token=signed_in.access_token)


def key() -> str:
    return str(uuid.uuid4())


def main() -> None:
    awa, bruno = sign_in("awa@example.com"), sign_in("bruno@example.com")
    listing = got(list_listings.sync(client=awa, kind="service", q="flyer")).data[0]

    wanted = PlaceServiceOrder(kind="service", listing_id=listing.id)
    order = got(place_order.sync(client=awa, body=wanted, idempotency_key=key()))

    by_card = StartPayment(method="card", return_url="https://boutique.example/retour")
    payment = got(create_payment.sync(order.id, client=awa, body=by_card, idempotency_key=key()))
    if not isinstance(payment.next_action, ConfirmCard):
        message = "The provider asked for something else than a card."
        raise SystemExit(message)
    card = {"card": "4242424242424242", "exp_month": 12, "exp_year": 2031, "cvc": "123"}
    secret = {"client_secret": payment.next_action.client_secret}
    httpx.post(payment.next_action.confirm_url, json=secret | card).raise_for_status()

    for _ in range(100):
        if got(get_order.sync(order.id, client=bruno)).status == "awaiting_acceptance":
            break
        time.sleep(0.2)

    accept, deliver = AcceptOrder(action="accept"), DeliverOrder(action="deliver", message="Voici votre flyer.")
    got(act_on_order.sync(order.id, client=bruno, body=accept, idempotency_key=key()))
    got(act_on_order.sync(order.id, client=bruno, body=deliver, idempotency_key=key()))
    approve = ApproveOrder(action="approve")
    done = got(act_on_order.sync(order.id, client=awa, body=approve, idempotency_key=key()))
    if done.status != "completed":
        message = f"The order is {done.status}."
        raise SystemExit(message)

    words = ReviewIn(rating=5, text="Rapide et soigné.")
    review = got(create_review.sync(order.id, client=awa, body=words, idempotency_key=key()))
    print(f"{order.id}: {done.status}, {review.rating} of 5")


main()
