-- Orders as their lives left them, with their conversation members and the clocks that run.
-- bench.orders says how many; of every bench.per, two are open (one in progress, one delivered), the others completed.
-- The triggers are off for speed, not for freedom: a test asks the ledger check and the engine whether all is as they would have it.
SET synchronous_commit = off;
SET session_replication_role = replica;

CREATE TEMPORARY VIEW bench_orders AS
SELECT n, bench_id(5, n) AS id, bench_id(1, 1 + n % 200) AS buyer_id, bench_id(2, 1 + n / 7 % 40) AS seller_id,
    bench_id(6, n) AS conversation_id, bench_id(7, n) AS payment_id, bench_at(n) AS placed_at,
    CASE n % current_setting('bench.per')::int WHEN 0 THEN 'in_progress' WHEN 1 THEN 'delivered' ELSE 'completed' END AS status
FROM generate_series(1, current_setting('bench.orders')::bigint) n;

INSERT INTO orders (id, kind, status, version, buyer_id, seller_id, listing_id, conversation_id, title, category, currency, total, held,
    lines, funds, released, commission_basis_points, terms, details, placed_at, status_since,
    clock_anchor, paid_at, due_at, final_at)
SELECT o.id, 'service', status, CASE status WHEN 'in_progress' THEN 3 WHEN 'delivered' THEN 4 ELSE 5 END, buyer_id, seller_id,
    bench_id(4, 1 + n / 7 % 40), conversation_id, 'Logo pour votre boutique', 'design', 'EUR', 15000, CASE status WHEN 'completed' THEN 0 ELSE 15000 END,
    jsonb_build_array(
        jsonb_build_object('id', 'lst_01kahq2m8cf0hr000000000' || lpad((n / 7 % 40)::text, 3, '0'), 'title', 'Logo pour votre boutique', 'price', 12000, 'days', 5),
        jsonb_build_object('id', 'opt_01kahq2m8cf0hr000000000' || lpad((n / 7 % 40)::text, 3, '0'), 'title', 'Version animée', 'price', 3000, 'days', 2)),
    jsonb_build_array(jsonb_build_object('payment_id', payment_id, 'held', CASE status WHEN 'completed' THEN 0 ELSE 15000 END)),
    CASE status WHEN 'completed' THEN 15000 ELSE 0 END, 1000, p.terms,
    '{"days": 7, "questions": [{"id": "q1", "kind": "text", "label": "Quel est votre slogan ?", "choices": [], "required": true}],'
    ' "answers": [{"text": "Le café d’abord.", "question_id": "q1"}]}'::jsonb
        || jsonb_build_object('accepted_at', bench_instant(placed_at + interval '2 minutes'))
        || CASE status WHEN 'in_progress' THEN '{}' ELSE jsonb_build_object('delivered_at', bench_instant(placed_at + interval '3 minutes')) END,
    placed_at, since, since, placed_at + interval '1 minute', placed_at + interval '2 minutes 7 days',
    CASE WHEN status = 'completed' THEN since END
FROM bench_orders o,
    LATERAL (SELECT placed_at + CASE status WHEN 'in_progress' THEN interval '2 minutes' WHEN 'delivered' THEN interval '3 minutes' ELSE interval '4 minutes' END) s(since),
    (SELECT values -> 'durations' || jsonb_build_object('policy_version', version) FROM policies ORDER BY version DESC LIMIT 1) p(terms);

INSERT INTO conversation_members (conversation_id, account_id)
SELECT conversation_id, party FROM bench_orders, unnest(ARRAY[buyer_id, seller_id]) party;

INSERT INTO timers (id, subject, subject_id, action, kind, anchor, due)
SELECT bench_id(16 + row_number() OVER (PARTITION BY o.id)::int, o.n), 'order', o.id, action, t.kind, anchor, due
FROM bench_orders o, LATERAL (VALUES
    ('in_progress', 'deliver', 'remind', placed_at + interval '2 minutes', placed_at + interval '2 minutes 6 days'),
    ('in_progress', 'deliver', 'late', placed_at + interval '2 minutes', placed_at + interval '2 minutes 7 days'),
    ('delivered', 'auto_approve', 'row', placed_at + interval '3 minutes', placed_at + interval '3 minutes 7 days'),
    ('delivered', 'auto_approve', 'remind', placed_at + interval '3 minutes', placed_at + interval '3 minutes 6 days'),
    (o.status, 'freeze', 'row', placed_at + interval '1 minute', placed_at + interval '1 minute 150 days')
) t(status, action, kind, anchor, due)
WHERE o.status = t.status AND o.status <> 'completed';
