-- One placing, in plain statements: a service is bought.
-- It writes the rows that the product writes, and a test holds it to their number per table. Variables as in
-- transition.pgbench.sql, and terms, details, lines.
\set buyer random(1, 200)
\set listing random(1, 40)
BEGIN;
SELECT uuidv7() AS order_id, uuidv7() AS conversation_id, bench_id(1, :buyer) AS buyer_id, l.id AS listing_id, l.seller_id, l.title, l.category, l.currency
    FROM listings l WHERE l.id = bench_id(4, :listing) \gset
INSERT INTO orders (id, kind, status, version, buyer_id, seller_id, listing_id, conversation_id, title, category, currency, total,
        lines, commission_basis_points, terms, details, placed_at, status_since, clock_anchor)
    VALUES (:order_id, 'service', 'awaiting_payment', 1, :buyer_id, :seller_id, :listing_id, :conversation_id, :title, :category, :currency, 15000,
        :lines, 1000, :terms, :details, now(), now(), now());
INSERT INTO history (subject_id, version, process, from_status, action, to_status, by, actor_id, at, data)
    VALUES (:order_id, 1, 'service', '', 'place', 'awaiting_payment', 'buyer', :buyer_id, now(), '{}');
INSERT INTO conversations (id, order_id, listing_id, buyer_id, seller_id, created_at)
    VALUES (:conversation_id, :order_id, :listing_id, :buyer_id, :seller_id, now());
INSERT INTO conversation_members (conversation_id, account_id) VALUES (:conversation_id, :buyer_id), (:conversation_id, :seller_id);
INSERT INTO timers (id, subject, subject_id, action, kind, anchor, due) VALUES
    (uuidv7(), 'order', :order_id, 'expire', 'row', now(), now() + interval '24 hours'),
    (uuidv7(), 'order', :order_id, 'expire', 'remind', now(), now() + interval '12 hours');
INSERT INTO events (id, topic, subject, sequence, first_party, second_party, at, data)
    VALUES (uuidv7(), 'order.placed', 'ord_' || :order_id, 1, :buyer_id, :seller_id, now(), :event);
INSERT INTO idempotency_keys (account_id, operation, key, request_hash, status, body, headers)
    VALUES (:buyer_id, 'POST /v1/orders', gen_random_uuid()::text, sha256('{}'), 201, convert_to(:body, 'UTF8'), :headers);
COMMIT;
