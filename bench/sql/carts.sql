-- Shops with a site each, and open carts: a fifth of bench.carts with 20 lines to be read, bench.carts with 5 lines to be added to.
-- Nobody has a usual cart here: an account has one, and these have many.
SET synchronous_commit = off;

INSERT INTO accounts (id, email, handle, display_name, language, time_zone, country, created_at)
SELECT bench_id(27, n), 'boutique' || n || '@shops.invalid', 'shop_' || n, 'Boutique ' || n, 'fr', 'Europe/Paris', 'FR', bench_at(0)
FROM generate_series(1, 20) n;
INSERT INTO shops (id, account_id, name, description, country, currency, categories, active, version, created_at, updated_at)
SELECT bench_id(20, n), bench_id(27, n), 'Boutique ' || n, 'Bazins, wax et accessoires.', 'FR', 'EUR', '{fashion}', true, 1,
    bench_at(0), bench_at(0)
FROM generate_series(1, 20) n;
INSERT INTO shop_sites (host, shop_id, url)
SELECT 'boutique' || n || '.example', bench_id(20, n), 'https://boutique' || n || '.example' FROM generate_series(1, 20) n;

CREATE TEMPORARY VIEW bench_carts AS
SELECT 21 AS kind, 23 AS kind_of_lines, n, 20 AS lines FROM generate_series(1, current_setting('bench.carts')::bigint / 5) n
UNION ALL
SELECT 22, 24, n, 5 FROM generate_series(1, current_setting('bench.carts')::bigint) n;

INSERT INTO carts (id, account_id, status, separate, version, line_count, last_place, created_at, updated_at)
SELECT bench_id(kind, n), bench_id(1, 1 + n % 200), 'open', true, 1 + lines, lines, lines, bench_at(n), bench_at(n) + make_interval(mins => lines)
FROM bench_carts;

INSERT INTO cart_lines (id, cart_id, place, shop_id, name, url, hosts, quantity, note, created_at)
SELECT bench_id(kind_of_lines, (n - 1) * lines + place), bench_id(kind, n), place, bench_id(20, shop), 'Bazin riche n° ' || place,
    'https://boutique' || shop || '.example/bazin/' || place, ARRAY['boutique' || shop || '.example'], 1 + place % 3, 'Coupon de 5 m, indigo',
    bench_at(n) + make_interval(mins => place)
FROM bench_carts, generate_series(1, lines) place, LATERAL (SELECT 1 + (n + place % 3) % 20) s(shop);
