INSERT INTO client (id, sequence, name, status, currency, locale, billing_contact_name, invoice_email,
                    billing_cc_emails, primary_support_contact_id)
SELECT id, 1, name, status, currency, 'en-US', billing_contact_name, billing_email, '{}', primary_contact_id
FROM new_client;
INSERT INTO contact (id, sequence, client_id, name, email, removed)
SELECT id, 1, client_id, name, email, false FROM new_contact;
