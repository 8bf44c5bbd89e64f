-- One acceptance, in plain statements: a quote is accepted, and the order placed that it agrees on.
-- It writes the rows that the product writes, and a test holds it to their number per table. Each run takes the next
-- quote, once. Variables: body, headers, event, placed, terms, lines, details as the product stores them.
BEGIN;
SELECT q.id AS quote_id, q.version, q.buyer_id, q.title, q.currency, q.total, h.id AS seller_id, uuidv7() AS order_id, uuidv7() AS conversation_id
    FROM quotes q, accounts h WHERE q.id = (SELECT bench_id(25, nextval('bench_quotes'))) AND h.handle = 'maison' FOR UPDATE OF q \gset
INSERT INTO orders (id, kind, status, version, buyer_id, seller_id, conversation_id, title, category, currency, total, lines,
        commission_basis_points, terms, details, placed_at, status_since, clock_anchor)
    VALUES (:order_id, 'sourced', 'awaiting_deposit', 1, :buyer_id, :seller_id, :conversation_id, :title, 'sourced', :currency, :total::bigint, :lines,
        0, :terms, :details, now(), now(), now());
UPDATE quotes SET status = 'accepted', version = version + 1, order_id = :order_id, status_since = now(), clock_anchor = now(), final_at = now()
    WHERE id = :quote_id AND version = :version;
INSERT INTO history (subject_id, version, process, from_status, action, to_status, by, actor_id, at, data) VALUES
    (:quote_id, :version::bigint + 1, 'quote', 'issued', 'accept', 'accepted', 'buyer', :buyer_id, now(), '{"version": 1}'),
    (:order_id, 1, 'sourced', '', 'place', 'awaiting_deposit', 'buyer', :buyer_id, now(), '{}');
INSERT INTO conversations (id, order_id, buyer_id, seller_id, created_at)
    VALUES (:conversation_id, :order_id, :buyer_id, :seller_id, now());
INSERT INTO conversation_members (conversation_id, account_id) VALUES (:conversation_id, :buyer_id), (:conversation_id, :seller_id);
DELETE FROM timers WHERE subject_id = :quote_id AND action = 'expire';
INSERT INTO timers (id, subject, subject_id, action, kind, anchor, due) VALUES
    (uuidv7(), 'order', :order_id, 'expire', 'row', now(), now() + interval '7 days'),
    (uuidv7(), 'order', :order_id, 'expire', 'remind', now(), now() + interval '6 days');
INSERT INTO events (id, topic, subject, sequence, first_party, second_party, at, data) VALUES
    (uuidv7(), 'quote.accepted', 'quo_' || :quote_id, :version::bigint + 1, :buyer_id, :seller_id, now(), :event),
    (uuidv7(), 'order.placed', 'ord_' || :order_id, 1, :buyer_id, :seller_id, now(), :placed);
INSERT INTO idempotency_keys (account_id, operation, key, request_hash, status, body, headers)
    VALUES (:buyer_id, 'POST /v1/quotes/quo_01m6w4w3xge02r000000000001/transitions', gen_random_uuid()::text, sha256('{}'), 201, convert_to(:body, 'UTF8'), :headers);
COMMIT;
