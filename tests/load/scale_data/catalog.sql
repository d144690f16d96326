INSERT INTO service_category (id, version, created_at, updated_at, name, color, sort_order, status)
SELECT pg_temp.made(2, n), 1, now(), now(), 'Scale category ' || n, '#2563eb', n, 'active' FROM generate_series(0, 6) n;
INSERT INTO tax_code (id, version, created_at, updated_at, name, code, rate_percent, inclusive, exempt, components, status)
SELECT pg_temp.made(7, n), 1, now(), now(), 'Scale tax ' || n, 'SC' || n, n, n % 2 = 0, false, '[]', 'active'
FROM generate_series(1, 8) n;
INSERT INTO service (id, version, created_at, updated_at, name, description, kind, category, category_id, default_rate,
                     default_unit, currency, status, tax_code_id, sort_order, billing_cycle, subscription_category,
                     cost, client_count)
SELECT id, 1, now() - interval '1 year', now(), name, description, kind, category, category_id, rate,
       CASE kind WHEN 'recurring' THEN 'Month' ELSE 'Hour' END, 'USD', 'active', pg_temp.made(7, 1 + n % 8), sort_order,
       CASE kind WHEN 'recurring' THEN 'monthly' END, CASE kind WHEN 'recurring' THEN 'email' END, rate / 2,
       current_setting('scale.clients')::int
FROM new_service;
INSERT INTO service_price (id, version, created_at, updated_at, service_id, currency, default_rate, cost, valid_from,
                           valid_until, state, created_by, created_by_name, applied_at)
SELECT pg_temp.made(8, n * 10 + part), 1, now(), now(), id, CASE part WHEN 1 THEN 'KYD' ELSE 'USD' END,
       CASE part WHEN 1 THEN rate_in_kyd WHEN 2 THEN rate - 5 WHEN 3 THEN rate + 5 ELSE rate END, rate / 2,
       current_date + CASE part WHEN 2 THEN -700 WHEN 3 THEN 90 ELSE -365 END,
       CASE part WHEN 2 THEN current_date - 365 END,
       CASE part WHEN 2 THEN 'past' WHEN 3 THEN 'scheduled' ELSE 'current' END, 'scale', 'Scale', now()
FROM new_service, generate_series(0, 3) part WHERE (part < 3 OR n % 5 = 0) AND (part <> 1 OR rate_in_kyd IS NOT NULL);
INSERT INTO rate_change (id, service_id, currency, old_rate, new_rate, changed_at, changed_by, changed_by_name)
SELECT pg_temp.made(9, n * 20 + part), id, 'USD', rate - part - 1, rate - part, now() - part * interval '20 days',
       'scale', 'Scale'
FROM new_service, generate_series(0, 11) part;
INSERT INTO service_set (id, version, created_at, updated_at, name, is_default, status)
SELECT pg_temp.made(10, n), 1, now(), now(), 'Scale set ' || n, false, 'active' FROM generate_series(1, 20) n;
INSERT INTO service_set_member (set_id, service_id, position)
SELECT pg_temp.made(10, part), id, n FROM new_service, generate_series(1, 20) part WHERE (n + part) % 3 = 0;
INSERT INTO bundle (id, version, created_at, updated_at, name, status, currency, pricing, billing_cycle)
SELECT pg_temp.made(11, n), 1, now(), now(), 'Scale bundle ' || n, 'active', 'USD', 'components', 'monthly'
FROM generate_series(1, 20) n;
INSERT INTO bundle_item (bundle_id, service_id, position, quantity)
SELECT pg_temp.made(11, part), id, n, 1 FROM new_service, generate_series(1, 20) part
WHERE (n + part) % 6 = 0 AND kind <> 'usage';
-- The counts are set above, so a million inserts do not need the trigger that counts.
INSERT INTO service_use (service_id, kind, user_id, in_use, sequence)
SELECT service_id, 'client', client_id, included, 1 FROM new_card_row;
UPDATE service SET client_count = uses.clients
FROM (SELECT service_id, count(*) AS clients FROM new_card_row WHERE included GROUP BY service_id) uses
WHERE id = uses.service_id;
