-- Who the measurements are about: 200 buyers, 40 sellers with a service each, everybody signed in.
-- Ids say by their number what they belong to, so that SQL and scripts find them again: bench_id(kind, number).
SET synchronous_commit = off;

-- Orders begin a fortnight ago, one a second; ids carry the same instant, as those of the product do.
DO $do$
DECLARE
    began bigint := extract(epoch FROM date_trunc('second', now()) - interval '14 days') * 1000;
BEGIN
    EXECUTE format($f$
        CREATE FUNCTION bench_id(kind int, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE RETURN (
            lpad(to_hex(%s + n * 1000), 12, '0') || '7' || lpad(to_hex(kind), 3, '0') || '8000' || lpad(to_hex(n), 12, '0')
        )::uuid $f$, began);
    EXECUTE format($f$
        CREATE FUNCTION bench_at(n bigint) RETURNS timestamptz LANGUAGE sql IMMUTABLE
        RETURN to_timestamp(%s + n) $f$, began / 1000);
END $do$;
CREATE FUNCTION bench_instant(at timestamptz) RETURNS text LANGUAGE sql STABLE
    RETURN to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"');

INSERT INTO accounts (id, email, handle, display_name, language, time_zone, country, created_at, confirmed_at)
SELECT bench_id(1, n), 'awa' || n || '@example.fr', 'awa' || n, 'Awa ' || n, 'fr', 'Europe/Paris', 'FR', bench_at(0), bench_at(0)
FROM generate_series(1, 200) n;
INSERT INTO accounts (id, email, handle, display_name, language, time_zone, country, created_at, confirmed_at)
SELECT bench_id(2, n), 'bruno' || n || '@example.fr', 'bruno' || n, 'Bruno ' || n, 'fr', 'Europe/Paris', 'FR', bench_at(0), bench_at(0)
FROM generate_series(1, 40) n;

INSERT INTO sign_in_sessions (id, account_id, created_at, last_used_at, expires_at)
SELECT bench_id(3, row_number() OVER (ORDER BY id)), id, now(), now(), now() + interval '30 days' FROM accounts;

INSERT INTO listings (id, seller_id, kind, state, title, description, category, price, currency, days, revisions,
    questions, photo_ids, accepts_inquiries, version, created_at, updated_at)
SELECT bench_id(4, n), bench_id(2, n), 'service', 'active', 'Logo pour votre boutique', 'Un logo vectoriel.', 'design', 12000, 'EUR',
    5, NULL, '[{"id": "q1", "kind": "text", "label": "Quel est votre slogan ?", "choices": [], "required": true}]', '{}', true, 1,
    bench_at(0), bench_at(0)
FROM generate_series(1, 40) n;
INSERT INTO listing_options (id, listing_id, title, price, days, active)
SELECT bench_id(9, n), bench_id(4, n), 'Version animée', 3000, 2, true FROM generate_series(1, 40) n;
