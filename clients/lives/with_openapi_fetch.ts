// A service order from sign-in to review, with the types of openapi-typescript and the requests of openapi-fetch.
import createClient from "openapi-fetch";
import type { paths } from "../generated/openapi-typescript/schema.js";

const baseUrl = process.argv[2] ?? "http://127.0.0.1:8000";
const password = "mangues-du-marche";

const key = () => ({ "Idempotency-Key": crypto.randomUUID() });

function got<T>(answer: { data?: T; error?: unknown; response: Response }): T {
  if (answer.data === undefined) {
    throw new Error(`${answer.response.status} ${JSON.stringify(answer.error)}`);
  }
  return answer.data;
}

async function signIn(username: string) {
  const visitor = createClient<paths>({ baseUrl });
  const { access_token } = got(
    await visitor.POST("/v1/auth/token", {
      body: { grant_type: "password", username, password },
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
    }),
  );
  return createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${access_token}` } });
}

const awa = await signIn("awa@example.com");
const bruno = await signIn("bruno@example.com");

const found = got(await awa.GET("/v1/listings", { params: { query: { kind: "service", q: "flyer" } } }));
const listing = found.data[0];
if (listing === undefined) {
  throw new Error("Nobody offers a flyer.");
}

const order = got(
  await awa.POST("/v1/orders", {
    params: { header: key() },
    body: { kind: "service", listing_id: listing.id },
  }),
);
const here = { path: { order_id: order.id } };

const payment = got(
  await awa.POST("/v1/orders/{order_id}/payments", {
    params: { ...here, header: key() },
    body: { method: "card", return_url: "https://boutique.example/retour" },
  }),
);
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
  const { status } = got(await bruno.GET("/v1/orders/{order_id}", { params: here }));
  if (status === "awaiting_acceptance") {
    break;
  }
  await new Promise((resolve) => setTimeout(resolve, 200));
}

const act = "/v1/orders/{order_id}/transitions";
got(await bruno.POST(act, { params: { ...here, header: key() }, body: { action: "accept" } }));
got(await bruno.POST(act, { params: { ...here, header: key() }, body: { action: "deliver", message: "Voici." } }));
const done = got(await awa.POST(act, { params: { ...here, header: key() }, body: { action: "approve" } }));
if (done.status !== "completed") {
  throw new Error(`The order is ${done.status}.`);
}

const history = got(await awa.GET(act, { params: here }));
for (const entry of history.data) {
  if (entry.action === "deliver") {
    // @ts-expect-error A delivery says nothing of a refund.
    entry.said.refunded;
    console.log(`${entry.said.message} (${entry.said.files.length} files)`);
  }
}

const review = got(
  await awa.POST("/v1/orders/{order_id}/reviews", {
    params: { ...here, header: key() },
    body: { rating: 5, text: "Rapide et soigné." },
  }),
);
console.log(`${order.id}: ${done.status}, ${review.rating} of 5`);
