// A service order from sign-in to review, with the client that @hey-api/openapi-ts makes.
import { createClient, createConfig } from "../generated/hey-api/client/index.js";
import {
  actOnOrder,
  createPayment,
  createReview,
  createToken,
  getOrder,
  listListings,
  placeOrder,
} from "../generated/hey-api/sdk.gen.js";

const baseUrl = process.argv[2] ?? "http://127.0.0.1:8000";
const password = "mangues-du-marche";

const key = () => ({ "Idempotency-Key": crypto.randomUUID() });

async function signIn(username: string) {
  const client = createClient(createConfig({ baseUrl, throwOnError: true }));
  const { data } = await createToken({
    client,
    body: { grant_type: "password", username, password },
    throwOnError: true,
  });
  client.setConfig({ auth: data.access_token });
  return { client, throwOnError: true } as const;
}

const awa = await signIn("awa@example.com");
const bruno = await signIn("bruno@example.com");

const found = await listListings({ ...awa, query: { kind: "service", q: "flyer" } });
const listing = found.data.data[0];
if (listing === undefined) {
  throw new Error("Nobody offers a flyer.");
}

const placed = await placeOrder({ ...awa, headers: key(), body: { kind: "service", listing_id: listing.id } });
const path = { order_id: placed.data.id };

const { data: payment } = await createPayment({
  ...awa,
  path,
  headers: key(),
  body: { method: "card", return_url: "https://boutique.example/retour" },
});
if (payment.next_action?.type !== "client_secret") {
  throw new Error("The provider asked for something else than a card.");
}
const { confirm_url, client_secret } = payment.next_action;
const card = { card: "4242424242424242", exp_month: 12, exp_year: 2031, cvc: "123" };
await fetch(confirm_url, {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ client_secret, ...card }),
});

for (let tries = 0; tries < 100; tries += 1) {
  const { data } = await getOrder({ ...bruno, path });
  if (data.status === "awaiting_acceptance") {
    break;
  }
  await new Promise((resolve) => setTimeout(resolve, 200));
}

await actOnOrder({ ...bruno, path, headers: key(), body: { action: "accept" } });
await actOnOrder({ ...bruno, path, headers: key(), body: { action: "deliver", message: "Voici." } });
const { data: done } = await actOnOrder({ ...awa, path, headers: key(), body: { action: "approve" } });
if (done.status !== "completed") {
  throw new Error(`The order is ${done.status}.`);
}

const { data: review } = await createReview({
  ...awa,
  path,
  headers: key(),
  body: { rating: 5, text: "Rapide et soigné." },
});
console.log(`${done.id}: ${done.status}, ${review.rating} of 5`);
