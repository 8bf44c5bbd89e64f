-- One offer made, in plain statements: a buyer offers less than an item costs.
-- It writes the rows that the product writes, and a test holds it to their number per table. Each run takes the next item
-- that takes offers, and once all have one, the next buyer. Variables: listings, and body, headers, event, terms as the
-- product stores them.
\set half :listings / 2
BEGIN;
SELECT uuidv7() AS offer_id, bench_id(1, 1 + (n.number / :half + n.number) % 200) AS buyer_id, l.id AS listing_id, l.seller_id, l.currency, l.price
    FROM (SELECT nextval('bench_offered') AS number) n JOIN listings l ON l.id = bench_id(14, 2 + 2 * (n.number % :half)) WHERE l.takes_offers
    FOR NO KEY UPDATE OF l \gset
INSERT INTO offers (id, sort, status, version, listing_id, buyer_id, seller_id, author_id, recipient_id, amount, currency, listing_price, terms,
        made_at, status_since, clock_anchor, expires_at)
    VALUES (:offer_id, 'buyer', 'pending', 1, :listing_id, :buyer_id, :seller_id, :buyer_id, :seller_id, :price::bigint - 100, :currency, :price, :terms,
        now(), now(), now(), now() + interval '72 hours');
INSERT INTO history (subject_id, version, process, from_status, action, to_status, by, actor_id, at, data)
    VALUES (:offer_id, 1, 'offer', '', 'make', 'pending', 'buyer', :buyer_id, now(), '{}');
INSERT INTO timers (id, subject, subject_id, action, kind, anchor, due) VALUES
    (uuidv7(), 'offer', :offer_id, 'expire', 'row', now(), now() + interval '72 hours'),
    (uuidv7(), 'offer', :offer_id, 'expire', 'remind', now(), now() + interval '48 hours');
INSERT INTO events (id, topic, subject, sequence, first_party, second_party, at, data)
    VALUES (uuidv7(), 'offer.made', 'off_' || :offer_id, 1, :buyer_id, :seller_id, now(), :event);
INSERT INTO idempotency_keys (account_id, operation, key, request_hash, status, body, headers)
    VALUES (:buyer_id, 'POST /v1/listings/lst_01m6w4w3xge02r000000000001/offers', gen_random_uuid()::text, sha256('{}'), 201, convert_to(:body, 'UTF8'), :headers);
COMMIT;
