-- One transition that changes the status, in plain statements: a revision is asked for, or declined.
-- It writes the rows that the product writes, and a test holds it to their number per table. The order goes
-- back and forth without end. Variables: orders, and body, headers, event, said as the product stores them.
\set n random(1, :orders / 2)
BEGIN;
SELECT id AS order_id, status, version, buyer_id, seller_id, CASE status WHEN 'delivered' THEN 1 ELSE 0 END AS asks
    FROM orders WHERE id = bench_id(5, :n * 2 - 1) FOR UPDATE \gset
\if :asks
UPDATE orders SET status = 'revision_requested', version = version + 1, status_since = now(), clock_anchor = now(), details = details || '{"revisions_used": 1}'
    WHERE id = :order_id AND version = :version;
INSERT INTO history (subject_id, version, process, from_status, action, to_status, by, actor_id, at, data)
    VALUES (:order_id, :version::bigint + 1, 'service', 'delivered', 'request_revision', 'revision_requested', 'buyer', :buyer_id, now(), :said);
DELETE FROM timers WHERE subject_id = :order_id AND action = 'auto_approve';
INSERT INTO timers (id, subject, subject_id, action, kind, anchor, due) VALUES
    (uuidv7(), 'order', :order_id, 'auto_accept_revision', 'row', now(), now() + interval '48 hours'),
    (uuidv7(), 'order', :order_id, 'auto_accept_revision', 'remind', now(), now() + interval '24 hours');
\else
UPDATE orders SET status = 'delivered', version = version + 1, status_since = now(), clock_anchor = now(), details = details - 'revisions_used'
    WHERE id = :order_id AND version = :version;
INSERT INTO history (subject_id, version, process, from_status, action, to_status, by, actor_id, at, data)
    VALUES (:order_id, :version::bigint + 1, 'service', 'revision_requested', 'decline_revision', 'delivered', 'seller', :seller_id, now(), :said);
DELETE FROM timers WHERE subject_id = :order_id AND action = 'auto_accept_revision';
INSERT INTO timers (id, subject, subject_id, action, kind, anchor, due) VALUES
    (uuidv7(), 'order', :order_id, 'auto_approve', 'row', now(), now() + interval '7 days'),
    (uuidv7(), 'order', :order_id, 'auto_approve', 'remind', now(), now() + interval '6 days');
\endif
INSERT INTO events (id, topic, subject, sequence, first_party, second_party, at, data)
    VALUES (uuidv7(), 'order.transitioned', 'ord_' || :n, :version::bigint + 1, :buyer_id, :seller_id, now(), :event);
INSERT INTO idempotency_keys (account_id, operation, key, request_hash, status, body, headers)
    VALUES (:buyer_id, 'POST /v1/orders/ord_01m6w4w3xge02r000000000001/transitions', gen_random_uuid()::text, sha256('{}'), 200, convert_to(:body, 'UTF8'), :headers);
COMMIT;
