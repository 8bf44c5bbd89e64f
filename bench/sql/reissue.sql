-- Every quote that was accepted is issued again with its clocks, since accepting consumes it; scripts begin with the first.
-- The triggers are off: no row of the table leads back.
SET synchronous_commit = off;
SET session_replication_role = replica;

UPDATE quotes q SET status = 'issued', order_id = NULL, final_at = NULL, status_since = v.issued_at, clock_anchor = v.issued_at
FROM quote_versions v WHERE v.quote_id = q.id AND v.n = q.current AND q.status = 'accepted';

INSERT INTO timers (id, subject, subject_id, action, kind, anchor, due)
SELECT gen_random_uuid(), 'quote', q.id, 'expire', t.kind, q.clock_anchor, q.expires_at - t.before
FROM quotes q, (VALUES ('row', interval '0'), ('remind', interval '1 day')) t(kind, before)
WHERE q.status = 'issued' AND NOT EXISTS (SELECT FROM timers other WHERE other.subject_id = q.id);

ALTER SEQUENCE bench_quotes RESTART;
