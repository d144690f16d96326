INSERT INTO catalog_service (id, sequence, name, status) SELECT id, 1, name, 'active' FROM new_service;
INSERT INTO client (id, sequence, name, status, currency, net_terms, primary_support_contact_id)
SELECT id, 1, name, status, currency, 30, primary_contact_id FROM new_client;
INSERT INTO contact (id, sequence, client_id, name, removed) SELECT id, 1, client_id, name, false FROM new_contact;
INSERT INTO "user" (id, sequence, name) SELECT pg_temp.made(12, n), 1, 'Scale tech ' || n FROM generate_series(1, 20) n;
INSERT INTO technician (id, sequence, client_id, user_id, active)
SELECT pg_temp.made(15, n), 1, id, pg_temp.made(12, 1 + n % 20), true FROM new_client;
INSERT INTO client_service (id, sequence, client_id, service_id, name, unit, effective_rate, rate_source, included)
SELECT id, 1, client_id, service_id, name, 'Hour', CASE WHEN included THEN coalesce(custom_rate, default_rate) END,
       CASE WHEN custom_rate IS NULL THEN 'catalog' ELSE 'client' END, included
FROM new_card_row ORDER BY n;
INSERT INTO client_service (id, sequence, client_id, name, unit, effective_rate, rate_source, included)
SELECT id, 1, client_id, name, 'Hour', custom_rate, 'client', true FROM new_own_row;
