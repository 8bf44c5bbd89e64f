-- Items on sale by forty people: brands and words that many have, that few have, and that hardly anybody has.
INSERT INTO listings (id, seller_id, kind, state, title, description, category, price, currency, questions, photo_ids,
    accepts_inquiries, condition, size, brand, colour, parcel_size, takes_offers, version, created_at, updated_at)
SELECT bench_id(14, n), bench_id(2, 1 + n % 40), 'item', 'active',
    (ARRAY['Robe', 'Veste', 'Pull', 'Jupe', 'Chemise'])[1 + n % 5] || CASE WHEN n % 97 = 0 THEN ' en lin' ELSE ' en coton' END,
    'Portée deux fois' || CASE WHEN n % 1999 = 0 THEN ', avec son ourlet cousu main.' ELSE '.' END,
    (ARRAY['womens_clothing', 'mens_clothing', 'shoes'])[1 + n % 3], 500 + (n * 7919) % 20000, 'EUR', '[]',
    ARRAY[bench_id(15, n)], false, (ARRAY['new', 'very_good', 'good'])[1 + n % 3], (34 + 2 * (n % 8))::text,
    'Marque ' || n % 400, 'bleu', 'small', n % 2 = 0, 1, bench_at(n), bench_at(n)
FROM generate_series(current_setting('bench.first')::int, current_setting('bench.last')::int) n;
