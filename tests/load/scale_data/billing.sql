INSERT INTO catalog_service (id, sequence, name, description, category, default_rate, default_unit, currency, status,
                             tax_code_id)
SELECT id, 1, name, description, category, rate, 'Hour', 'USD', 'active', pg_temp.made(7, 1 + n % 8) FROM new_service;
INSERT INTO tax_code (id, sequence, name, rate_percent, inclusive, exempt, components, status)
SELECT pg_temp.made(7, n), 1, 'Scale tax ' || n, n, n % 2 = 0, false, '[]', 'active' FROM generate_series(1, 8) n;
INSERT INTO client (id, sequence, name, status, currency, net_terms, country, billing_contact_name, invoice_email)
SELECT id, 1, name, status, currency, 30, country, billing_contact_name, billing_email FROM new_client;
INSERT INTO client_service (id, sequence, client_id, service_id, name, description, category, unit, default_rate,
                            custom_rate, effective_rate, included, is_custom)
SELECT id, 1, client_id, service_id, name, description, category, 'Hour', default_rate, custom_rate,
       CASE WHEN included THEN coalesce(custom_rate, default_rate) END, included, false
FROM new_card_row ORDER BY n;
INSERT INTO client_service (id, sequence, client_id, name, description, unit, custom_rate, effective_rate, included,
                            is_custom)
SELECT id, 1, client_id, name, description, 'Hour', custom_rate, custom_rate, true, true FROM new_own_row;
