-- Ids, names and rates computed from numbers, so that they are equal in every database.
CREATE FUNCTION pg_temp.made(kind int, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
  SELECT ('01900000-' || lpad(to_hex(kind), 4, '0') || '-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid
$$;
-- Returns a number between 0 and 1 that depends on the salt.
CREATE FUNCTION pg_temp.dice(n bigint, salt bigint) RETURNS float8 LANGUAGE sql IMMUTABLE AS $$
  SELECT (hashint8extended(n, salt) & 65535) / 65536.0
$$;

-- Some services have no KYD price; their KYD clients pay the same number.
CREATE TEMP VIEW new_service AS
SELECT n, pg_temp.made(1, n) AS id,
       (ARRAY['Desk support', 'On-site work', 'Server care', 'Mail hosting', 'Backup', 'Firewall care', 'Voice line',
              'Endpoint protection', 'Cloud storage', 'Project work'])[1 + n % 10] || ' Scale ' || to_char(n, 'FM000') AS name,
       'What is done under number ' || n || ', as agreed with the client' AS description,
       'Scale category ' || n % 7 AS category, pg_temp.made(2, n % 7) AS category_id,
       (ARRAY['labor', 'recurring', 'one_off', 'usage'])[1 + n % 4] AS kind, (50 + n)::numeric AS rate,
       CASE WHEN n % 10 <> 1 THEN round((50 + n) * 0.82, 2) END AS rate_in_kyd, 1000 + n AS sort_order
FROM generate_series(1, current_setting('scale.services')::int) n;

CREATE TEMP VIEW new_client AS
SELECT n, pg_temp.made(3, n) AS id,
       (ARRAY['Harbour', 'Cedar', 'Summit', 'Lakeside', 'Granite', 'Coral', 'Prairie', 'Beacon', 'Juniper', 'Sterling',
              'Orchard'])[1 + (pg_temp.dice(n, 1) * 10.99)::int % 11] || ' ' ||
       (ARRAY['Dental', 'Legal', 'Logistics', 'Motors', 'Foods', 'Realty', 'Insurance', 'Design', 'Clinic', 'Builders',
              'Trading', 'Schools', 'Marine'])[1 + (pg_temp.dice(n, 2) * 12.99)::int % 13] || ' Scale ' ||
       to_char(n, 'FM00000') AS name,
       CASE WHEN n % 20 = 0 THEN 'archived' WHEN n % 20 = 1 THEN 'lead' ELSE 'active' END AS status,
       CASE WHEN n % 10 = 3 THEN 'KYD' ELSE 'USD' END AS currency,
       CASE WHEN n % 10 = 3 THEN 'KY' WHEN n % 10 = 4 THEN 'CA' ELSE 'US' END AS country,
       'billing@c' || to_char(n, 'FM00000') || '.example' AS billing_email,
       'Pat Scale ' || to_char(n, 'FM00000') AS billing_contact_name,
       pg_temp.made(4, n * 4) AS primary_contact_id, pg_temp.made(5, n * 2) AS primary_location_id
FROM generate_series(1, current_setting('scale.clients')::int) n;

CREATE TEMP VIEW new_contact AS
SELECT c.n * 4 + part AS n, pg_temp.made(4, c.n * 4 + part) AS id, c.id AS client_id, part, c.n AS client_n,
       (ARRAY['Ann', 'Bo', 'Chidi', 'Dana'])[1 + (c.n + part) % 4] || ' Scale ' || to_char(c.n, 'FM00000') || part AS name,
       'p' || part || '@c' || to_char(c.n, 'FM00000') || '.example' AS email,
       '+1345' || to_char(2000000 + c.n * 4 + part, 'FM0000000') AS phone
FROM new_client c, generate_series(0, 2) part;

-- 10% have a custom rate, 3% lack the service, 2% have an open review.
CREATE TEMP VIEW new_card_row AS
SELECT c.n * 100 + s.n AS n, pg_temp.made(6, c.n::bigint * 100 + s.n) AS id, c.n AS client_n, s.n AS service_n,
       c.id AS client_id, s.id AS service_id, s.name, s.description, s.category, paid AS default_rate,
       CASE WHEN thrown < 0.1 THEN paid - 10 + (thrown * 200)::int END AS custom_rate,
       thrown < 0.97 AS included, thrown >= 0.5 AND thrown < 0.52 AS rate_review
FROM new_client c CROSS JOIN new_service s,
     LATERAL (SELECT pg_temp.dice(c.n::bigint * 100 + s.n, 3) AS thrown,
                     coalesce(CASE c.currency WHEN 'KYD' THEN s.rate_in_kyd END, s.rate) AS paid) made;

-- A custom service.
CREATE TEMP VIEW new_own_row AS
SELECT pg_temp.made(18, n) AS id, id AS client_id, 'Executive support' AS name, 'A named engineer' AS description,
       250::numeric AS custom_rate
FROM new_client WHERE n % 100 = 7;
