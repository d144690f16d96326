INSERT INTO client (id, sequence, name, status) SELECT id, 1, name, status FROM new_client;
