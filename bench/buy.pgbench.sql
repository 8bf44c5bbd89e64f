-- One item bought, in plain statements: its listing is reserved, and the order placed that waits to be paid.
-- It writes the rows that the product writes, and a test holds it to their number per table. Each run takes the next
-- item, once. Variables: body, headers, event, terms, details, lines as the product stores them.
BEGIN;
SELECT uuidv7() AS order_id, uuidv7() AS conversation_id, bench_id(1, 1 + n.number % 200) AS buyer_id, l.id AS listing_id, l.seller_id, l.title,
        l.category, l.currency, l.price, l.photo_ids[1] AS photo_id, l.version
    FROM (SELECT nextval('bench_bought') AS number) n JOIN listings l ON l.id = bench_id(14, n.number) WHERE l.state = 'active'
    FOR NO KEY UPDATE OF l \gset
INSERT INTO orders (id, kind, status, version, buyer_id, seller_id, listing_id, conversation_id, title, category, photo_file_id, currency, total,
        fee, shipping, lines, commission_basis_points, terms, details, placed_at, status_since, clock_anchor)
    VALUES (:order_id, 'item', 'awaiting_payment', 1, :buyer_id, :seller_id, :listing_id, :conversation_id, :title, :category, :photo_id, :currency,
        :price::bigint + 870, 471, 399, :lines, 0, :terms, :details, now(), now(), now());
UPDATE listings SET state = 'reserved', reserved_until = now() + interval '15 minutes', order_id = :order_id, updated_at = now(), version = version + 1
    WHERE id = :listing_id AND version = :version;
INSERT INTO history (subject_id, version, process, from_status, action, to_status, by, actor_id, at, data)
    VALUES (:order_id, 1, 'item', '', 'place', 'awaiting_payment', 'buyer', :buyer_id, now(), '{}');
INSERT INTO conversations (id, order_id, listing_id, buyer_id, seller_id, created_at)
    VALUES (:conversation_id, :order_id, :listing_id, :buyer_id, :seller_id, now());
INSERT INTO conversation_members (conversation_id, account_id) VALUES (:conversation_id, :buyer_id), (:conversation_id, :seller_id);
INSERT INTO timers (id, subject, subject_id, action, kind, anchor, due)
    VALUES (uuidv7(), 'order', :order_id, 'expire', 'row', now(), now() + interval '15 minutes');
INSERT INTO events (id, topic, subject, sequence, first_party, second_party, at, data)
    VALUES (uuidv7(), 'order.placed', 'ord_' || :order_id, 1, :buyer_id, :seller_id, now(), :event);
INSERT INTO idempotency_keys (account_id, operation, key, request_hash, status, body, headers)
    VALUES (:buyer_id, 'POST /v1/orders', gen_random_uuid()::text, sha256('{}'), 201, convert_to(:body, 'UTF8'), :headers);
COMMIT;
