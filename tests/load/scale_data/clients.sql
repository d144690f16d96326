INSERT INTO catalog_service (id, sequence, name, description, category, default_rate, currency, prices, unit, status,
                             sort_order, created_at)
SELECT id, 1, name, description, category, rate, 'USD', jsonb_strip_nulls(jsonb_build_object('KYD', rate_in_kyd::text)),
       CASE kind WHEN 'recurring' THEN 'Month' ELSE 'Hour' END, 'active', sort_order, now() - interval '1 year'
FROM new_service;
INSERT INTO tax_code (id, sequence, name, rate_percent, status)
SELECT pg_temp.made(7, n), 1, 'Scale tax ' || n, n, 'active' FROM generate_series(1, 8) n;
INSERT INTO app_user (id, sequence, email, name, role, status)
SELECT pg_temp.made(12, n), 1, 'tech' || n || '@msp.example', 'Scale tech ' || n, 'technician', 'active'
FROM generate_series(1, 20) n;
INSERT INTO tag (id, version, created_at, updated_at, name, name_key, color)
SELECT pg_temp.made(13, n), 1, now(), now(), 'Scale tag ' || n, 'scale tag ' || n, '#16a34a' FROM generate_series(1, 10) n;
INSERT INTO custom_field (id, version, created_at, updated_at, entity, key, label, type, options, required, sort_order,
                          status)
SELECT pg_temp.made(14, n), 1, now(), now(), 'client', 'scale_' || n, 'Scale field ' || n, 'text', '{}', false, n,
       'active'
FROM generate_series(1, 5) n;
INSERT INTO client (id, version, created_at, updated_at, name, name_key, status, website, phone, industry,
                    referral_source, currency, net_terms, tax_code_id, country, time_zone, locale, custom_fields,
                    billing_contact_name, billing_email, billing_cc_emails, archived_at, inherits_services, search_text)
SELECT c.id, 1, now() - random() * interval '900 days', now() - random() * interval '300 days', c.name, lower(c.name),
       status, 'https://c' || to_char(c.n, 'FM00000') || '.example', '+1345' || (6000000 + c.n),
       (ARRAY['Health', 'Law', 'Retail', 'Building', 'Finance'])[1 + c.n % 5], 'Fair', currency, 30,
       CASE WHEN c.n % 9 = 0 THEN pg_temp.made(7, 1 + c.n % 8) END, country, 'America/New_York', 'en-US',
       jsonb_build_object('scale_1', 'tier ' || c.n % 10), billing_contact_name, billing_email, '{}',
       CASE status WHEN 'archived' THEN now() END, true,
       concat_ws(E'\n', lower(c.name), 'https://c' || to_char(c.n, 'FM00000') || '.example',
                 lower(billing_contact_name), billing_email, '1345' || (6000000 + c.n), '345' || (6000000 + c.n), people,
                 'head office', 'george town', 'branch', 'george town')
FROM new_client c JOIN (
    SELECT client_n, string_agg(concat_ws(E'\n', lower(name), email, substr(phone, 2), substr(phone, 3)), E'\n'
                                ORDER BY n) AS people
    FROM new_contact GROUP BY client_n
) found ON found.client_n = c.n;
INSERT INTO location (id, version, created_at, updated_at, client_id, name, line1, city, country, status, is_primary)
SELECT pg_temp.made(5, n * 2 + part), 1, now(), now(), id, CASE part WHEN 0 THEN 'Head office' ELSE 'Branch' END,
       n || ' Main Street', 'George Town', country, 'active', part = 0
FROM new_client, generate_series(0, 1) part;
INSERT INTO contact (id, version, created_at, updated_at, client_id, name, email, phone, location_id, status,
                     is_primary_support, is_technical_support, is_billing, search_text)
SELECT id, 1, now() - random() * interval '300 days', now(), client_id, name, email, phone,
       pg_temp.made(5, client_n * 2), CASE WHEN n % 25 = 0 AND part > 0 THEN 'archived' ELSE 'active' END, part = 0,
       part = 1, part = 2, concat_ws(E'\n', lower(name), email, substr(phone, 2), substr(phone, 3))
FROM new_contact;
INSERT INTO client_tag (client_id, tag_id)
SELECT id, pg_temp.made(13, part) FROM new_client, generate_series(1, 10) part WHERE (n + part) % 5 = 0;
INSERT INTO client_technician (id, version, created_at, updated_at, client_id, user_id, active)
SELECT pg_temp.made(15, n), 1, now(), now(), id, pg_temp.made(12, 1 + n % 20), true FROM new_client;
INSERT INTO note (id, version, created_at, updated_at, client_id, title, body, pinned, author_id, author_name)
SELECT pg_temp.made(16, n * 5 + part), 1, now() - part * interval '3 days', now(), id, 'Scale note ' || part,
       'Spoke with the client about number ' || part, part = 0, pg_temp.made(12, 1 + n % 20)::text, 'Scale tech'
FROM new_client, generate_series(0, 2) part;
INSERT INTO note_version (id, note_id, number, title, body, edited_at, edited_by, edited_by_name)
SELECT id, id, 1, title, body, created_at, author_id, author_name FROM note WHERE title LIKE 'Scale note %';
INSERT INTO asset (id, version, created_at, updated_at, client_id, name, kind, make, model, serial_number, location_id,
                   contact_id, warranty_until, expires_on, ip_address, status, search_text)
SELECT pg_temp.made(17, n * 8 + part), 1, now() - random() * interval '300 days', now(), id, named, kind, 'Dell',
       'R7' || part, 'SN' || n * 8 + part, pg_temp.made(5, n * 2), primary_contact_id,
       CASE WHEN part < 3 THEN current_date + (n * 8 + part) % 1500 - 700 END,
       CASE WHEN part >= 3 THEN current_date + (n * 8 + part) % 700 - 100 END, '10.0.' || n % 250 || '.' || part,
       CASE WHEN n % 30 = 0 THEN 'archived' WHEN n % 30 = 1 THEN 'spare' ELSE 'active' END,
       concat_ws(E'\n', lower(named), 'dell', 'r7' || part, 'sn' || n * 8 + part, '10.0.' || n % 250 || '.' || part)
FROM new_client, generate_series(0, 4) part, LATERAL (
    SELECT (ARRAY['server', 'workstation', 'laptop', 'domain', 'certificate'])[1 + part] AS kind,
           'SCALE-' || to_char(n, 'FM00000') || '-' || part AS named
) made;
INSERT INTO client_service (id, version, created_at, updated_at, client_id, service_id, name, description, category,
                            unit, default_rate, custom_rate, included, is_custom, importance, rate_review, review_rate)
SELECT id, 1, now() - interval '300 days', now() - random() * interval '300 days', client_id, service_id, name,
       description, category, 'Hour', default_rate, custom_rate, included, false,
       CASE WHEN n % 11 = 0 THEN 'high' ELSE 'medium' END, rate_review, CASE WHEN rate_review THEN default_rate + 5 END
FROM new_card_row ORDER BY n;
INSERT INTO client_service (id, version, created_at, updated_at, client_id, name, description, unit, custom_rate,
                            included, is_custom, importance, rate_review)
SELECT id, 1, now(), now(), client_id, name, description, 'Hour', custom_rate, true, true, 'high', false
FROM new_own_row;
INSERT INTO client_rate_history (id, client_service_id, old_rate, new_rate, rate_source, changed_at, changed_by,
                                 changed_by_name)
SELECT pg_temp.made(19, n * 20 + part), id, default_rate, custom_rate + part, 'client', now() - part * interval '9 days',
       'scale', 'Scale'
FROM new_card_row, generate_series(0, 11) part WHERE custom_rate IS NOT NULL AND (part = 0 OR client_n = 11);
INSERT INTO scheduled_rate (id, version, created_at, updated_at, client_service_id, custom_rate, valid_from, status,
                            created_by, created_by_name)
SELECT pg_temp.made(20, n), 1, now(), now(), id, default_rate + 3, current_date + 60, 'scheduled', 'scale', 'Scale'
FROM new_card_row WHERE n % 97 = 0 AND included;
UPDATE client_service SET next_rate_from = valid_from, next_custom_rate = s.custom_rate
FROM scheduled_rate s WHERE s.client_service_id = client_service.id AND s.created_by = 'scale';
INSERT INTO worked_time (id, sequence, client_id, client_service_id, worked_on, hours)
SELECT pg_temp.made(21, n * 4 + part), 1, client_id, id, current_date - (pg_temp.dice(n * 4 + part, 5) * 500)::int,
       round((1 + pg_temp.dice(n * 4 + part, 6) * 4)::numeric, 2)
FROM new_card_row, generate_series(0, 1) part WHERE pg_temp.dice(n, 4) < 0.3;
INSERT INTO service_set (id, sequence, name, status, is_default, service_ids)
SELECT pg_temp.made(10, part), 1, 'Scale set ' || part, 'active', false, array_agg(id ORDER BY n)
FROM new_service, generate_series(1, 20) part WHERE (n + part) % 3 = 0 GROUP BY part;
