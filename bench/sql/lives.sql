-- What else the lives of open orders left behind: conversations, payments, postings, history, events.
-- Runs in the session of orders.sql, whose view it reads.
INSERT INTO conversations (id, order_id, listing_id, buyer_id, seller_id, created_at)
SELECT conversation_id, id, bench_id(4, 1 + n / 7 % 40), buyer_id, seller_id, placed_at FROM bench_orders;

INSERT INTO payments (id, order_id, payer_id, provider, provider_id, method, amount, currency, status, version, captured,
    captured_currency, return_url, request_key, request_hash, created_at, captured_at)
SELECT payment_id, id, buyer_id, 'sandbox', 'sp_' || n, 'card', 15000, 'EUR', 'captured', 2, 15000, 'EUR', 'https://boutique.example/retour',
    'k' || n, sha256('{}'), placed_at, placed_at + interval '1 minute' FROM bench_orders;

INSERT INTO postings (id, source, target, amount, currency, order_id, payment_id, reason, at)
SELECT bench_id(32, n), 'provider:sandbox', 'unapplied:' || payment_id, 15000, 'EUR', id, payment_id, 'capture', placed_at + interval '1 minute' FROM bench_orders
UNION ALL
SELECT bench_id(33, n), 'unapplied:' || payment_id, 'escrow:' || id, 15000, 'EUR', id, payment_id, 'confirm_payment', placed_at + interval '1 minute' FROM bench_orders;

INSERT INTO history (subject_id, version, process, from_status, action, to_status, by, actor_id, at, data)
SELECT id, version, 'service', left_status, action, to_status, by, CASE by WHEN 'buyer' THEN buyer_id WHEN 'seller' THEN seller_id END,
    placed_at + make_interval(mins => version - 1), '{}'
FROM bench_orders, (VALUES
    (1, '', 'place', 'awaiting_payment', 'buyer'),
    (2, 'awaiting_payment', 'confirm_payment', 'awaiting_acceptance', 'provider'),
    (3, 'awaiting_acceptance', 'accept', 'in_progress', 'seller'),
    (4, 'in_progress', 'deliver', 'delivered', 'seller')
) h(version, left_status, action, to_status, by)
WHERE h.version < 4 OR status = 'delivered';

INSERT INTO history (subject_id, version, process, from_status, action, to_status, by, at, data)
SELECT payment_id, 2, 'payment', 'created', 'capture', 'captured', 'provider', placed_at + interval '1 minute', '{}' FROM bench_orders;

INSERT INTO events (id, topic, subject, sequence, first_party, second_party, at, data)
SELECT bench_id(48, n), 'order.placed', 'ord_' || n, 1, buyer_id, seller_id, placed_at, '{}' FROM bench_orders;
