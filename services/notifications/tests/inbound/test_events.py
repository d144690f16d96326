"""Events from other services, as the consumer delivers them."""

import pytest
from sqlalchemy import select

from common.events import Unreadable
from common.ids import new_id
from notifications.inbound.replicas import Client, Contact, User


def row(service, model, identifier):
    with service.database.sessions() as session:
        return session.get(model, identifier)


def test_replicas_take_only_newer_facts(world, deliver, app):
    first = world.client()
    second = world.client(invoice_email="second@acme.example", status="archived")
    deliver("clients.client.created.v1", first)

    client = row(app, Client, world.client_id)
    assert (client.invoice_email, client.status, client.sequence) == ("second@acme.example", "archived", 2)
    assert second["version"] == 2


def test_a_user_follows_its_events(world, deliver, app):
    user = world.user("manager", "max@msp.example")
    deliver("gateway.user.disabled.v1", {**user, "status": "disabled", "version": 2})

    assert row(app, User, user["id"]).status == "disabled"


def test_a_deleted_user_stays_deleted(world, deliver, app):
    user = world.user("manager", "max@msp.example")
    deliver("gateway.user.deleted.v1", {**user, "version": 3})
    deliver("gateway.user.changed.v1", {**user, "version": 2})

    assert row(app, User, user["id"]).status == "deleted"


def test_a_contact_once_archived_stays_archived(world, deliver, app):
    contact = world.contact()
    deliver("clients.contact.archived.v1", {**contact, "version": 3})
    deliver("clients.contact.changed.v1", {**contact, "version": 2})

    assert row(app, Contact, contact["id"]).removed


def test_unknown_fields_are_ignored(world, app):
    world.client(colour="green")

    assert row(app, Client, world.client_id) is not None


@pytest.mark.parametrize(
    "change",
    [
        {"document": None},
        {"document": {"name": "a.pdf", "media_type": "application/pdf", "size": 1, "sha256": "../secret"}},
        {"invoice_id": "17"},
        {"due_on": "soon"},
        {"number": None},
    ],
)
def test_a_document_that_cannot_be_understood_is_unreadable_not_retried(world, app, change):
    world.client()
    with pytest.raises(Unreadable) as caught:
        world.invoice(**change)

    assert next(iter(change)) in str(caught.value)


def test_an_unknown_audience_is_unreadable(world):
    world.client()
    with pytest.raises(Unreadable):
        world.hours_low("everyone")


def test_a_client_and_its_invoice_in_one_batch(world, deliver, app):
    client = {
        "id": world.client_id,
        "name": "Acme",
        "status": "active",
        "currency": "USD",
        "invoice_email": "a@acme.example",
        "version": 1,
    }
    document = world.document()
    deliver([("clients.client.created.v1", client), ("billing.invoice.document_ready.v1", document)])
    with app.database.engine.connect() as connection:
        statuses = connection.exec_driver_sql("SELECT status FROM delivery").scalars().all()

    assert statuses == ["queued"]


def test_removing_one_never_heard_of(deliver, app):
    identifier = new_id()
    deliver("clients.contact.archived.v1", {"id": identifier, "client_id": new_id(), "name": "Ann", "version": 2})
    with app.database.sessions() as session:
        assert session.scalars(select(Contact.removed)).all() == [True]
