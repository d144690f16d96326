"""One primary support contact per client, whoever asks for it at the same time."""

import threading
from typing import Any

import pytest
from sqlalchemy import func, select

from clients.client import editing as clients
from clients.contact import editing
from clients.contact.models import Contact
from common.context import Context
from common.errors import Invalid


@pytest.fixture
def acme(in_work) -> Any:
    with in_work() as work:
        return clients.create(work, name="Acme Corp").id


@pytest.fixture
def people(in_work, acme) -> list[Any]:
    with in_work() as work:
        return [editing.create(work, acme, name=name, email=f"{name}@acme.example").id for name in "abcdef"]


def primary_of(work, client_id) -> Any:
    (found,) = work.session.scalars(
        select(Contact.id).where(Contact.client_id == client_id, Contact.is_primary_support)
    )
    return found


def test_the_first_contact_takes_the_role_and_keeps_it(in_work, acme, people):
    with in_work() as work:
        assert primary_of(work, acme) == people[0]


def test_the_role_moves_in_one_transaction(in_work, acme, people, emitted):
    with in_work() as work:
        editing.update(work, acme, people[3], is_primary_support=True)
    with in_work() as work:
        assert primary_of(work, acme) == people[3]

    former, latter, client = emitted()[-3:]
    assert (former.subject, former.data["is_primary_support"]) == (str(people[0]), False)
    assert (latter.subject, latter.data["is_primary_support"]) == (str(people[3]), True)
    assert client.type == "clients.client.changed.v1"
    assert client.data["primary_support_contact_id"] == str(people[3])
    assert client.data["invoice_email"] == "d@acme.example"


def test_it_moves_through_the_client_too(in_work, acme, people):
    with in_work() as work:
        client = clients.update(work, acme, primary_support_contact_id=people[2])
        assert client.primary_support_contact_id == people[2]
    with in_work() as work:
        assert primary_of(work, acme) == people[2]


def test_everybody_at_once_leaves_exactly_one(app, acme, people, emitted):
    start = threading.Barrier(len(people))
    failures: list[BaseException] = []

    def claim(contact_id: Any) -> None:
        start.wait()
        for _ in range(3):
            try:
                with app.work(Context()) as work:
                    editing.update(work, acme, contact_id, is_primary_support=True)
            except BaseException as error:
                failures.append(error)

    threads = [threading.Thread(target=claim, args=(contact_id,)) for contact_id in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    with app.work(Context()) as work:
        holder = primary_of(work, acme)
        client = clients.get(work, acme)
        assert client.primary_support_contact_id == holder
    said = [event for event in emitted("clients.client.changed.v1") if event.subject == str(acme)]
    assert max(said, key=lambda event: event.sequence).data["primary_support_contact_id"] == str(holder)
    assert len({event.sequence for event in said}) == len(said)


def test_the_first_contacts_of_a_client_added_at_once(app, acme):
    start = threading.Barrier(5)

    def add(name: str) -> None:
        start.wait()
        with app.work(Context()) as work:
            editing.create(work, acme, name=name)

    threads = [threading.Thread(target=add, args=(name,)) for name in "vwxyz"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with app.work(Context()) as work:
        assert primary_of(work, acme)
        assert work.session.scalar(select(func.count()).select_from(Contact)) == 5


def test_the_next_in_line_takes_over_when_the_holder_leaves(in_work, acme, people, emitted):
    with in_work() as work:
        editing.archive(work, acme, people[0])
    with in_work() as work:
        assert primary_of(work, acme) == people[1]
    assert emitted("clients.contact.archived.v1")[0].subject == str(people[0])
    assert emitted("clients.client.changed.v1")[-1].data["invoice_email"] == "b@acme.example"


def test_the_last_one_leaves_nobody_behind(in_work, acme, people):
    with in_work() as work:
        for contact_id in people:
            editing.archive(work, acme, contact_id)
    with in_work() as work:
        assert clients.get(work, acme).primary_support_contact_id is None
        editing.restore(work, acme, people[4])
        assert primary_of(work, acme) == people[4]


def test_the_role_cannot_just_be_dropped(in_work, acme, people):
    with pytest.raises(Invalid), in_work() as work:
        editing.update(work, acme, people[0], is_primary_support=False)
    with pytest.raises(Invalid), in_work() as work:
        clients.update(work, acme, primary_support_contact_id=None)


def test_only_own_and_active_contacts_are_chosen(in_work, acme, people):
    with in_work() as work:
        other = clients.create(work, name="Other").id
        stranger = editing.create(work, other, name="Stranger").id
        editing.archive(work, acme, people[5])
    for wrong in (stranger, people[5]):
        with pytest.raises(Invalid) as refused, in_work() as work:
            clients.update(work, acme, primary_support_contact_id=wrong)
        assert "primary_support_contact_id" in refused.value.errors
    with in_work() as work:
        assert primary_of(work, acme) == people[0]


def test_invoices_go_to_the_billing_address_else_to_the_support_contact(in_work, acme, people, emitted):
    with in_work() as work:
        editing.update(work, acme, people[0], email="new@acme.example")
    assert emitted("clients.client.changed.v1")[-1].data["invoice_email"] == "new@acme.example"

    with in_work() as work:
        assert clients.update(work, acme, billing_email="billing@acme.example").invoice_email == "billing@acme.example"
    said = len(emitted("clients.client.changed.v1"))
    with in_work() as work:
        editing.update(work, acme, people[0], email="newer@acme.example")
    assert len(emitted("clients.client.changed.v1")) == said  # nothing about the client is different
