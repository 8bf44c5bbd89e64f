"""A service order from sign-in to review, with the client that openapi-generator makes for Python."""

import json
import sys
import time
import uuid

import urllib3
from openapi_client import (
    AcceptOrder,
    ApiClient,
    ApproveOrder,
    AuthApi,
    Configuration,
    DeliverOrder,
    ListingKind,
    ListingsApi,
    OrderAction,
    OrderOut,
    OrdersApi,
    PaymentMethod,
    PaymentsApi,
    PlaceOrder,
    PlaceServiceOrder,
    ReviewIn,
    ReviewsApi,
    ServiceSummaryOut,
    StartPayment,
)
from openapi_client.models.confirm_card import ConfirmCard

PASSWORD = "mangues-du-marche"
BASE_URL = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"


def sign_in(username: str) -> ApiClient:
    visitor = ApiClient(Configuration(host=BASE_URL))
    signed_in = AuthApi(visitor).create_token(username=username, password=PASSWORD)
    return ApiClient(Configuration(host=BASE_URL, access_token=signed_in.access_token))


def key() -> str:
    return str(uuid.uuid4())


def act(who: ApiClient, order_id: str, action: AcceptOrder | DeliverOrder | ApproveOrder) -> OrderOut:
    return OrdersApi(who).act_on_order(order_id, idempotency_key=key(), order_action=OrderAction(action))


def main() -> None:
    awa, bruno = sign_in("awa@example.com"), sign_in("bruno@example.com")
    listing = ListingsApi(awa).list_listings(kind=ListingKind.SERVICE, q="flyer").data[0].actual_instance
    if not isinstance(listing, ServiceSummaryOut):
        message = "The search found something else than a service."
        raise SystemExit(message)

    wanted = PlaceOrder(PlaceServiceOrder(kind="service", listing_id=listing.id))
    order = OrdersApi(awa).place_order(idempotency_key=key(), place_order=wanted)

    by_card = StartPayment(method=PaymentMethod.CARD, return_url="https://boutique.example/retour")
    payment = PaymentsApi(awa).create_payment(order.id, idempotency_key=key(), start_payment=by_card)
    todo = payment.next_action.actual_instance if payment.next_action else None
    if not isinstance(todo, ConfirmCard):
        message = "The provider asked for something else than a card."
        raise SystemExit(message)
    card = {"card": "4242424242424242", "exp_month": 12, "exp_year": 2031, "cvc": "123"}
    body = json.dumps({"client_secret": todo.client_secret, **card})
    urllib3.request("POST", todo.confirm_url, body=body, headers={"Content-Type": "application/json"})

    for _ in range(100):
        if OrdersApi(bruno).get_order(order.id).status == "awaiting_acceptance":
            break
        time.sleep(0.2)

    act(bruno, order.id, AcceptOrder(action="accept"))
    act(bruno, order.id, DeliverOrder(action="deliver", message="Voici votre flyer."))
    done = act(awa, order.id, ApproveOrder(action="approve"))
    if done.status != "completed":
        message = f"The order is {done.status}."
        raise SystemExit(message)

    words = ReviewIn(rating=5, text="Rapide et soigné.")
    review = ReviewsApi(awa).create_review(order.id, idempotency_key=key(), review_in=words)
    print(f"{order.id}: {done.status}, {review.rating} of 5")


main()
