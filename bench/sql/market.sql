-- What buying and offering needs besides people and listings: a home of every buyer, and bounds that nobody reaches.
-- A buyer here does in seconds what takes others a year.
SET synchronous_commit = off;

CREATE SEQUENCE bench_bought;
CREATE SEQUENCE bench_offered;

INSERT INTO addresses (id, account_id, name, line1, postcode, city, country, is_default, created_at)
SELECT bench_id(34, n), bench_id(1, n), 'Awa Diop', '12 rue Oberkampf', '75011', 'Paris', 'FR', true, bench_at(0)
FROM generate_series(1, 200) n;

INSERT INTO policies (version, created_at, "values")
SELECT version + 1, now(), "values" || jsonb_build_object('bounds', coalesce("values" -> 'bounds', '{}')
    || '{"unpaid_orders": 1000000, "offers": 1000000, "open_offers": 1000000, "messages": 1000000}')
FROM policies ORDER BY version DESC LIMIT 1;
