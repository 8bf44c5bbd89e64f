-- One message written, in plain statements: the buyer of an order asks its seller.
-- It writes the rows that the product writes, and a test holds it to their number per table. Variables: orders, and
-- body, headers, event as the product stores them.
\set n random(1, :orders)
BEGIN;
UPDATE conversations SET message_count = message_count + 1, last_message_at = now() WHERE id = bench_id(6, :n)
    RETURNING id AS conversation_id, buyer_id, seller_id, message_count AS number, uuidv7() AS message_id \gset
INSERT INTO messages (id, conversation_id, number, author_id, author_role, text, spans, file_ids, sent_at)
    VALUES (:message_id, :conversation_id, :number, :buyer_id, 'buyer', 'Bonjour, quand part-elle ?', '[]', '{}', now());
UPDATE conversation_members SET unread = unread + CASE account_id WHEN :buyer_id THEN 0 ELSE 1 END, last_message_id = :message_id
    WHERE conversation_id = :conversation_id;
INSERT INTO events (id, topic, subject, sequence, first_party, second_party, at, data)
    VALUES (uuidv7(), 'message.sent', 'cnv_' || :conversation_id, :number, :buyer_id, :seller_id, now(), :event);
INSERT INTO idempotency_keys (account_id, operation, key, request_hash, status, body, headers)
    VALUES (:buyer_id, 'POST /v1/conversations/cnv_01m6w4w3xge02r000000000001/messages', gen_random_uuid()::text, sha256('{}'), 201, convert_to(:body, 'UTF8'), :headers);
COMMIT;
