// An order from registration to review: what a front end sends, with the client that @hey-api/openapi-ts makes.
//
//     make run                                     # in another terminal
//     npm ci && npm run generate && npm run build && npm start

import { createClient, createConfig } from "./client/client/index.js";
import * as api from "./client/sdk.gen.js";
import type { OrderAction, OrderOut } from "./client/types.gen.js";

const baseUrl = process.argv[2] ?? "http://127.0.0.1:8000";
const newKey = () => ({ "Idempotency-Key": crypto.randomUUID() });

/** A client that sends the access token of whoever signs in with it, and throws what is refused. */
function newClient() {
  const client = createClient(createConfig({ baseUrl, headers: { "Accept-Language": "en" } }));
  return { client, throwOnError: true } as const;
}

type Session = ReturnType<typeof newClient>;

async function signIn(username: string, password: string): Promise<Session> {
  const session = newClient();
  const { data } = await api.createToken({ ...session, body: { username, password } });
  session.client.setConfig({ auth: data.access_token });
  return session;
}

/** Register, follow the link of the mail that comes, and sign in. */
async function register(display_name: string): Promise<Session> {
  const email = `${crypto.randomUUID()}@example.com`;
  const password = crypto.randomUUID();
  const visitor = newClient();
  await api.registerAccount({ ...visitor, body: { email, password, display_name } });
  for (let tries = 0; tries < 100; tries += 1) {
    const { data: mailbox } = await api.listSandboxMails({ ...visitor, query: { to: email } });
    const link = mailbox.data.flatMap((mail) => mail.links).find((link) => link.includes("token="));
    const token = link && new URL(link).searchParams.get("token");
    if (token) {
      await api.confirmAccount({ ...visitor, body: { token } });
      return signIn(email, password);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("No mail came.");
}

/** What happens to this account's orders from now on, until `signal`: a ticket opens the stream, as for an EventSource. */
async function follow(session: Session, signal: AbortSignal) {
  // The stream is opened when the first event is read: this cursor is what it begins with then.
  const { data: feed } = await api.listEvents({ ...session, query: { after: "now" } });
  const { data } = await api.createStreamTicket(session);
  const query = { ticket: data.ticket, ...(feed.next_cursor && { after: feed.next_cursor }) };
  return api.streamEvents({ client: newClient().client, query, signal });
}

/** Start a payment here; the card itself goes from the browser to the payment provider. */
async function pay(session: Session, order: OrderOut, card: string): Promise<void> {
  const { data: payment } = await api.createPayment({
    ...session,
    path: { order_id: order.id },
    headers: newKey(),
    body: { method: "card", return_url: "https://boutique.example/retour" },
  });
  if (payment.next_action?.type !== "client_secret") {
    throw new Error("The provider asks for something else than a card.");
  }
  const { confirm_url, client_secret } = payment.next_action;
  const body = JSON.stringify({ client_secret, card, exp_month: 12, exp_year: 2031, cvc: "123" });
  await fetch(confirm_url, { method: "POST", headers: { "Content-Type": "application/json" }, body });
}

async function act(session: Session, order: OrderOut, body: OrderAction): Promise<OrderOut> {
  const { data } = await api.actOnOrder({ ...session, path: { order_id: order.id }, headers: newKey(), body });
  return data;
}

const bruno = await signIn("bruno@example.com", "mangues-du-marche");
const nadia = await register("Nadia Benali");

const { data: found } = await api.listListings({ ...nadia, query: { kind: "service", q: "flyer" } });
const listing = found.data[0];
if (!listing) {
  throw new Error("Nobody offers a flyer.");
}
console.log(`${listing.title}, by ${listing.seller.display_name}`);

const live = new AbortController();
setTimeout(() => live.abort(), 60_000).unref();
const { stream } = await follow(nadia, live.signal);
const { data: order } = await api.placeOrder({
  ...nadia,
  headers: newKey(),
  body: { kind: "service", listing_id: listing.id },
});

for await (const event of stream) {
  console.log(`  ${event.topic}`);
  if (event.topic === "order.transitioned" && event.data.action === "deliver") {
    console.log(`    “${event.data.said.message}”`); // What is said with an action has the action's own form.
  }
  const { data: now } = await api.getOrder({ ...nadia, path: { order_id: order.id } });
  if (event.topic === "order.placed") {
    await pay(nadia, order, "4242424242424242");
  } else if (now.status === "awaiting_acceptance") {
    await act(bruno, order, { action: "accept" });
  } else if (now.status === "in_progress") {
    await act(bruno, order, { action: "deliver", message: "Here is your flyer, ready to print." });
  } else if (now.status === "delivered") {
    await act(nadia, order, { action: "approve" });
  } else if (now.status === "completed") {
    live.abort(); // It ends this loop, too; leaving the loop alone would leave the connection open.
  }
}

const review = { rating: 5, text: "Quick and careful." };
await api.createReview({ ...nadia, path: { order_id: order.id }, headers: newKey(), body: review });
console.log(`${order.id} is reviewed`);
