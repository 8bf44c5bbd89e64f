-- Issued quotes: requested yesterday, taken, and issued an hour ago with the content in the variable `content`.
-- bench.quotes says how many. Their clocks are set by reissue.sql, which runs next.
SET synchronous_commit = off;
SET session_replication_role = replica;

CREATE SEQUENCE bench_quotes;

CREATE TEMPORARY VIEW bench_new_quotes AS
SELECT n, bench_id(25, n) AS id, bench_id(26, n) AS cart_id, bench_id(1, 1 + n % 200) AS buyer_id, bench_id(2, 1) AS staff_id,
    'PF-2026-' || lpad(n::text, 6, '0') AS number, date_trunc('second', now()) - interval '1 hour' AS issued_at
FROM generate_series(1, current_setting('bench.quotes')::bigint) n;

INSERT INTO carts (id, account_id, status, separate, version, line_count, last_place, quote_id, created_at, updated_at)
SELECT cart_id, buyer_id, 'requested', true, 2, 5, 5, id, issued_at - interval '1 day', issued_at - interval '1 day' FROM bench_new_quotes;

INSERT INTO quotes (id, status, version, buyer_id, cart_id, title, lines, address, terms_accepted, terms, current, number, currency, total,
    deposit, expires_at, taken_by, requested_at, status_since, clock_anchor)
SELECT id, 'issued', 3, buyer_id, cart_id, 'Bazin riche', (
        SELECT jsonb_agg(line - ARRAY['unit_price', 'tax_basis_points', 'amount', 'conversion_note'])
        FROM jsonb_array_elements(:'content'::jsonb -> 'lines') line),
    '{"name": "Awa Diop", "line1": "12 rue Oberkampf", "line2": null, "postcode": "75011", "city": "Paris", "region": null, "country": "FR", "phone": "+33612345678"}',
    jsonb_build_object('version', 1, 'at', issued_at - interval '1 day', 'address', '192.0.2.7'), '{"quote": "P7D"}', 1, number,
    :'content'::jsonb ->> 'currency', (:'content'::jsonb ->> 'total')::bigint, (:'content'::jsonb ->> 'deposit')::bigint,
    issued_at + interval '7 days', staff_id, issued_at - interval '1 day', issued_at, issued_at
FROM bench_new_quotes;

INSERT INTO quote_versions (quote_id, n, number, content, currency, total, deposit, issued_at, expires_at, issued_by)
SELECT q.id, 1, q.number, :'content'::jsonb, q.currency, q.total, q.deposit, q.status_since, q.expires_at, q.taken_by FROM quotes q;

INSERT INTO history (subject_id, version, process, from_status, action, to_status, by, actor_id, at, data)
SELECT id, version, 'quote', left_status, action, to_status, by, CASE by WHEN 'buyer' THEN buyer_id ELSE staff_id END, issued_at - before, '{}'
FROM bench_new_quotes, (VALUES
    (1, '', 'request', 'requested', 'buyer', interval '1 day'),
    (2, 'requested', 'take', 'in_preparation', 'support', interval '1 hour'),
    (3, 'in_preparation', 'issue', 'issued', 'support', interval '0')
) h(version, left_status, action, to_status, by, before);
