-- One transition that keeps the status, in plain statements: a cancellation is asked for, or withdrawn.
-- It writes the rows that the product writes, and a test holds it to their number per table. Variables as in
-- transition.pgbench.sql.
\set n random(1, :orders / 2)
BEGIN;
SELECT id AS order_id, version, buyer_id, seller_id, (cancellation IS NULL)::int AS asks
    FROM orders WHERE id = bench_id(5, :n * 2) FOR UPDATE \gset
\if :asks
UPDATE orders SET version = version + 1, cancellation = '{"id": "01a1b84c-13e0-7005-8000-000000000001", "at": "2026-11-21T10:00:00+00:00", "reason": null}'
    WHERE id = :order_id AND version = :version;
INSERT INTO history (subject_id, version, process, from_status, action, to_status, by, actor_id, at, data)
    VALUES (:order_id, :version::bigint + 1, 'service', 'in_progress', 'request_cancellation', 'in_progress', 'buyer', :buyer_id, now(), :said);
INSERT INTO timers (id, subject, subject_id, action, kind, anchor, due) VALUES
    (uuidv7(), 'order', :order_id, 'lapse_cancellation', 'row', now(), now() + interval '48 hours'),
    (uuidv7(), 'order', :order_id, 'lapse_cancellation', 'remind', now(), now() + interval '24 hours');
\else
UPDATE orders SET version = version + 1, cancellation = NULL WHERE id = :order_id AND version = :version;
INSERT INTO history (subject_id, version, process, from_status, action, to_status, by, actor_id, at, data)
    VALUES (:order_id, :version::bigint + 1, 'service', 'in_progress', 'withdraw_cancellation', 'in_progress', 'buyer', :buyer_id, now(), '{}');
DELETE FROM timers WHERE subject_id = :order_id AND action = 'lapse_cancellation';
\endif
INSERT INTO events (id, topic, subject, sequence, first_party, second_party, at, data)
    VALUES (uuidv7(), 'order.transitioned', 'ord_' || :n, :version::bigint + 1, :buyer_id, :seller_id, now(), :event);
INSERT INTO idempotency_keys (account_id, operation, key, request_hash, status, body, headers)
    VALUES (:buyer_id, 'POST /v1/orders/ord_01m6w4w3xge02r000000000001/transitions', gen_random_uuid()::text, sha256('{}'), 200, convert_to(:body, 'UTF8'), :headers);
COMMIT;
