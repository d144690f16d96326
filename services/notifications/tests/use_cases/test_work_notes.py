"""Notes on work orders are sent to the client's contact and to the technician, never to their author."""

from typing import Any
from uuid import UUID

import pytest

from common.ids import new_id


@pytest.fixture
def technician(world) -> UUID:
    world.client()
    identifier: UUID = world.user("technician", "tina@msp.example")["id"]
    return identifier


@pytest.fixture
def add(world, send, mailbox):
    """Publishes a note and returns the emails about it by recipient."""

    def run(**values: Any) -> dict[str, Any]:
        sent = len(mailbox.mails)
        world.deliver("agreements.work_note.added.v1", note(world.client_id, **values))
        send()
        return {mail.recipients[0]: mail for mail in mailbox.mails[sent:]}

    return run


def note(client_id: UUID, **values: Any) -> dict[str, Any]:
    data = {
        "id": new_id(),
        "work_order_id": new_id(),
        "work_order_number": "WO-000042",
        "work_order_subject": "The printer <is> on fire",
        "work_order_status": "in_progress",
        "client_id": client_id,
        "contact_id": None,
        "technician_id": None,
        "visible": True,
        "by_client": False,
        "author_id": str(new_id()),
        "author_name": "Tina Tech",
        "text": "We put it out.\nIs anybody <b>hurt</b>?",
        "files": ["ashes.png"],
        "version": 1,
    }
    return data | values


def assign(world, user_id: UUID) -> None:
    data = {"id": new_id(), "client_id": world.client_id, "user_id": user_id, "active": True, "version": 1}
    world.deliver("clients.technician.assigned.v1", data)


def test_a_visible_note_goes_to_the_orders_contact_with_its_text(world, technician, add):
    contact = world.contact(name="Carla Client", email="carla@acme.example")["id"]

    mails = add(contact_id=contact, technician_id=technician, author_id=str(technician))

    assert list(mails) == ["carla@acme.example"]
    mail = mails["carla@acme.example"]
    assert mail.message["Subject"] == "[WO-000042] The printer <is> on fire"
    assert "Tina Tech wrote to you on work order WO-000042:" in mail.text
    assert "We put it out.\r\nIs anybody <b>hurt</b>?" in mail.text
    assert "Files with this note: ashes.png" in mail.text
    assert "anybody &lt;b&gt;hurt&lt;/b&gt;?" in mail.html
    assert "/work-orders/" not in mail.text, "a contact without an account gets no link"


def test_a_contact_with_an_account_gets_a_link_to_the_portal(world, technician, add):
    contact = world.contact(email="carla@acme.example")["id"]
    world.user("client_user", "Carla@acme.example", client_id=world.client_id)
    order = new_id()

    mails = add(contact_id=contact, work_order_id=order)

    assert f"/portal/work-orders/{order}" in mails["carla@acme.example"].text


def test_without_a_contact_the_primary_support_contact_is_told(world, technician, add):
    contact = world.contact()["id"]
    world.client(primary_support_contact_id=contact)

    assert list(add()) == ["sam@acme.example"]


def test_the_technician_is_told_of_notes_of_others(world, technician, add):
    world.contact(id=(contact := new_id()), email="carla@acme.example")
    order = new_id()

    internal = add(technician_id=technician, contact_id=contact, visible=False, text=None, work_order_id=order)
    answer = add(technician_id=technician, contact_id=contact, by_client=True, author_name="Carla", text="Nobody.")

    assert list(internal) == list(answer) == ["tina@msp.example"]
    assert "Tina Tech wrote an internal note on work order WO-000042." in internal["tina@msp.example"].text
    assert f"/work-orders/{order}" in internal["tina@msp.example"].text
    assert "Nobody." in answer["tina@msp.example"].text
    assert "Client:     Acme Corporation" in answer["tina@msp.example"].text


def test_a_clients_answer_on_an_order_without_a_technician_goes_to_the_clients_technicians(world, technician, add):
    assign(world, technician)
    world.user("technician", "theo@msp.example")

    assert list(add(by_client=True)) == ["tina@msp.example"]
    assert add(visible=False, text=None) == {}, "an internal note has no other reader to tell"


def test_a_client_without_a_usable_contact_leaves_a_failed_delivery(world, technician, add, callers):
    assert add() == {}

    (delivery,) = callers("manager").get("/notifications").json["items"]
    assert (delivery["status"], delivery["reference"]) == ("failed", "WO-000042")
    assert delivery["last_error"] == "Acme Corporation has no primary support contact."
