-- One line more in a cart, in plain statements: its shop is looked up by the page's host.
-- It writes the rows that the product writes, and a test holds it to their number per table. Variables: carts, and
-- body, headers as the product stores them.
\set n random(1, :carts)
BEGIN;
SELECT c.id AS cart_id, c.account_id, c.version, c.last_place, s.shop_id FROM carts c, shop_sites s
    WHERE c.id = bench_id(22, :n) AND s.host = 'boutique1.example' FOR UPDATE OF c \gset
UPDATE carts SET version = version + 1, line_count = line_count + 1, last_place = last_place + 1, updated_at = now()
    WHERE id = :cart_id AND version = :version;
INSERT INTO cart_lines (id, cart_id, place, shop_id, name, url, hosts, quantity, note, created_at)
    VALUES (uuidv7(), :cart_id, :last_place::bigint + 1, :shop_id, 'Bazin indigo n° 1', 'https://boutique1.example/indigo/1',
        '{boutique1.example}', 2, 'Coupon de 5 m', now());
INSERT INTO idempotency_keys (account_id, operation, key, request_hash, status, body, headers)
    VALUES (:account_id, 'POST /v1/carts/crt_01m6w4w3xge02r000000000001/lines', gen_random_uuid()::text, sha256('{}'), 201, convert_to(:body, 'UTF8'), :headers);
COMMIT;
