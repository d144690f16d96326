"""What the gateway learns from events."""

import pytest
from sqlalchemy import func, select

from common.ids import new_id
from common.testing.database import statements
from gateway.audit.models import AuditEntry
from gateway.inbound.replicas import Client

CLIENT = {"id": str(new_id()), "name": "Acme", "status": "active", "currency": "USD", "version": 1}


@pytest.fixture
def known(in_work):
    def read():
        with in_work("system") as work:
            found = work.session.get(Client, CLIENT["id"])
            return (found.name, found.status, found.sequence) if found else None

    return read


def test_a_client_is_known_once_it_is_announced(deliver, known):
    deliver("clients.client.created.v1", CLIENT)

    assert known() == ("Acme", "active", 1)


def test_only_newer_facts_count(deliver, known):
    deliver("clients.client.archived.v1", {**CLIENT, "status": "archived", "version": 3})
    deliver("clients.client.changed.v1", {**CLIENT, "name": "Old name", "version": 2})

    assert known() == ("Acme", "archived", 3)


def test_a_user_can_be_made_right_after_their_client(deliver, sign_in):
    deliver("clients.client.created.v1", CLIENT)
    new = {"email": "c@client.example", "name": "C", "role": "client_user", "client_id": CLIENT["id"]}

    answer = sign_in("admin").post("/users", {**new, "password": "a long enough passphrase"})

    assert answer.status_code == 201


def test_the_audit_log_takes_a_batch_in_one_statement(deliver, app, in_work):
    def send(count):
        with statements(app.database.engine) as sent:
            deliver([("agreements.time.logged.v1", {"id": str(new_id()), "version": 1})] * count)
        return len(sent)

    assert send(1) == send(150) == 2  # the inbox and the log
    with in_work("system") as work:
        assert work.session.scalar(select(func.count()).select_from(AuditEntry)) == 151
