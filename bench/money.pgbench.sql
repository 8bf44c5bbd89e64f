-- One transition that moves money, in plain statements: the seller gives a cent back.
-- It writes the rows that the product writes, and a test holds it to their number per table. Variables as in
-- transition.pgbench.sql.
\set n random(1, :orders / 2)
BEGIN;
SELECT id AS order_id, status, version, buyer_id, seller_id, bench_id(7, :n * 2) AS payment_id, uuidv7() AS refund_id FROM orders WHERE id = bench_id(5, :n * 2) FOR UPDATE \gset
UPDATE orders SET version = version + 1, refunded = refunded + 1,
    funds = jsonb_build_array(jsonb_build_object('payment_id', :payment_id::text, 'held', held - 1))
    WHERE id = :order_id AND version = :version;
INSERT INTO history (subject_id, version, process, from_status, action, to_status, by, actor_id, at, data)
    VALUES (:order_id, :version::bigint + 1, 'service', :status, 'refund_part', :status, 'seller', :seller_id, now(), :said),
    (:refund_id, 1, 'refund', '', 'open', 'pending', 'system', NULL, now(), '{}');
INSERT INTO postings (id, source, target, amount, currency, order_id, payment_id, reason, at)
    VALUES (uuidv7(), 'escrow:' || :order_id, 'refund:' || :payment_id, 1, 'EUR', :order_id, :payment_id, 'refund_part', now());
INSERT INTO refunds (id, payment_id, order_id, amount, currency, status, created_at)
    VALUES (:refund_id, :payment_id, :order_id, 1, 'EUR', 'pending', now());
INSERT INTO events (id, topic, subject, sequence, first_party, second_party, at, data) VALUES
    (uuidv7(), 'refund.pending', 'rfd_' || :n, 1, :buyer_id, NULL, now(), '{"refund_id": "rfd_01m6w4w3xge02r000000000001"}'),
    (uuidv7(), 'order.transitioned', 'ord_' || :n, :version::bigint + 1, :buyer_id, :seller_id, now(), :event);
INSERT INTO idempotency_keys (account_id, operation, key, request_hash, status, body, headers)
    VALUES (:seller_id, 'POST /v1/orders/ord_01m6w4w3xge02r000000000001/transitions', gen_random_uuid()::text, sha256('{}'), 200, convert_to(:body, 'UTF8'), :headers);
COMMIT;
