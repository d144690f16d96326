"""Emails from a real IMAP server become work orders and notes, each once."""

from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from sqlalchemy import select

from agreements.conversation.models import Attachment, Note
from agreements.mail_in import polling, receiving
from agreements.mail_in.polling import READ_MAILBOX
from agreements.work.models import WorkOrder
from common.context import Context
from common.ids import new_id
from common.testing.tasks import work_off

PNG = b"\x89PNG\r\n\x1a\n" + bytes(50)


@pytest.fixture
def rows(in_work):
    def read(model):
        with in_work() as work:
            found = list(work.session.scalars(select(model).order_by(model.created_at, model.id)))
            work.session.expunge_all()
            return found

    return read


def test_a_contacts_email_becomes_an_order_once(mail, server, poll, handled, rows, client):
    server.deliver(mail())
    poll()
    poll()

    (order,) = rows(WorkOrder)
    assert (order.client_id, order.subject, order.description) == (client, "Printer", "The printer is on fire.")
    assert order.created_by_name == "Ann"
    (email,) = handled()
    assert (email.status, email.work_order_id) == ("order", order.id)
    assert b"\\Seen" in server.flags()[0]
    (original,) = rows(Attachment)
    assert not original.visible


@pytest.mark.parametrize("how", ["number", "in_reply_to", "references", "own"])
def test_a_reply_becomes_a_note_of_the_client(mail, server, poll, rows, client, how):
    server.deliver(mail(message_id="<first@acme.example>"))
    poll()
    (order,) = rows(WorkOrder)
    sent = f"<{new_id()}.{order.id}@msp.example>"
    headers = {
        "number": {"subject": f"Re: [{order.number}] Printer"},
        "in_reply_to": {"in_reply_to": sent},
        "references": {"references": f"<unknown@x.example> {sent}"},
        "own": {"in_reply_to": "<first@acme.example>"},
    }[how]
    server.deliver(mail("It is out.\n\nOn Friday, Dana wrote:\n> Is it out?\n", **headers))
    poll()

    (note,) = rows(Note)
    assert (note.work_order_id, note.text, note.visible, note.by_client) == (order.id, "It is out.", True, True)
    assert len(rows(WorkOrder)) == 1


def test_a_strangers_number_never_reaches_somebody_elses_order(
    mail, server, poll, handled, rows, client, world, contact
):
    other = world.client("Other")
    contact(new_id(), other, "eve@other.example", "Eve")
    server.deliver(mail())
    poll()
    (order,) = rows(WorkOrder)
    subject = f"Re: {order.number}"
    reply = {"subject": subject, "in_reply_to": f"<{new_id()}.{order.id}@msp.example>"}
    server.deliver(mail(sender="eve@other.example", **reply), mail(sender="nobody@nowhere.example", **reply))
    poll()

    assert not rows(Note)
    assert [(one.client_id, one.subject) for one in rows(WorkOrder)] == [(client, "Printer"), (other, subject)]
    assert [one.status for one in handled()] == ["order", "order", "unmatched"]
    assert handled()[-1].reason == "No contact has the sender's address."


@pytest.mark.parametrize(
    "headers",
    [
        {"auto_submitted": "auto-replied"},
        {"list_id": "<all.acme.example>"},
        {"precedence": "bulk"},
        {"return_path": "<>"},
        {"sender": "MAILER-DAEMON@acme.example"},
    ],
)
def test_what_nobody_wrote_changes_nothing(mail, server, poll, handled, rows, client, headers):
    server.deliver(mail(message_id="<first@acme.example>"))
    poll()
    server.deliver(mail("I am away.", in_reply_to="<first@acme.example>", **headers))
    poll()

    assert handled()[-1].status == "ignored"
    assert handled()[-1].file_id is not None
    assert not rows(Note)
    assert len(rows(WorkOrder)) == 1


def test_an_answer_to_a_closed_order_opens_a_new_one(mail, server, poll, rows, client, in_work, callers):
    server.deliver(mail(message_id="<first@acme.example>"))
    poll()
    (order,) = rows(WorkOrder)
    for status in ("in_progress", "resolved", "closed"):
        moved = callers("manager").post(f"/work-orders/{order.id}/transition", {"status": status})
        assert moved.status_code == 200, moved.json
    server.deliver(mail("It burns again.", in_reply_to="<first@acme.example>", subject="Re: Printer"))
    poll()

    assert [(one.status, one.subject) for one in rows(WorkOrder)] == [("closed", "Printer"), ("new", "Re: Printer")]


def test_files_are_attached_and_others_stay_in_the_original(server, poll, rows, client):
    message = EmailMessage(policy=SMTP)
    message["From"], message["Subject"], message["Message-ID"] = "ann@acme.example", "Files", "<files@acme.example>"
    message.set_content("See the picture.")
    message.add_attachment(PNG, "image", "png", filename="日本.png")
    message.add_attachment(b"MZ no document", "application", "pdf", filename="invoice.pdf")
    server.deliver(message.as_bytes())
    poll()

    (order,) = rows(WorkOrder)
    assert order.description == "See the picture.\n\nOnly in the original email: invoice.pdf."
    assert [one.visible for one in rows(Attachment)] == [True, False]


def test_a_japanese_email_is_readable(server, poll, rows, client):
    text = "プリンターが燃えています。".encode("iso-2022-jp")
    head = b"From: ann@acme.example\nSubject: =?ISO-2022-JP?B?GyRCMFU4KxsoQg==?=\nMessage-ID: <jp@acme.example>\n"
    server.deliver(head + b"Content-Type: text/plain; charset=iso-2022-jp\n\n" + text)
    poll()

    (order,) = rows(WorkOrder)
    assert (order.subject, order.description) == ("意見", "プリンターが燃えています。")


def test_a_large_email_is_refused_and_stays_in_the_mailbox(mail, server, poll, handled, rows, client, monkeypatch):
    monkeypatch.setattr(polling, "LARGEST", 10_000)
    monkeypatch.setattr(receiving, "LARGEST", 10_000)
    server.deliver(mail("x" * 70 + "\n" + ("y" * 70 + "\n") * 300), mail("The next one."))
    poll()

    refused, next_one = handled()
    assert (refused.status, refused.file_id, refused.subject) == ("refused", None, "Printer")
    assert "still in the mailbox" in refused.reason
    assert next_one.status == "order"
    assert len(server.flags()) == 2


def test_an_email_that_breaks_a_rule_waits_for_staff(mail, server, poll, handled, rows, world, long_known, contact):
    client_id = world.client(status="archived")
    contact(long_known(), client_id)
    server.deliver(mail())
    poll()

    (email,) = handled()
    assert (email.status, rows(WorkOrder)) == ("unmatched", [])
    assert "archived" in email.reason
    assert email.file_id is not None


def test_a_crash_before_flagging_doubles_nothing(mail, app, server, poll, handled, rows, client, monkeypatch):
    server.deliver(mail(), mail("A second one."))
    flag = polling.Folder.mark_seen

    def crash(folder, uid):
        raise KeyboardInterrupt

    monkeypatch.setattr(polling.Folder, "mark_seen", crash)
    app.transact(Context(), lambda work: work.enqueue(READ_MAILBOX, key="x"))
    with pytest.raises(KeyboardInterrupt):
        work_off(app)
    assert len(handled()) == 1
    monkeypatch.setattr(polling.Folder, "mark_seen", flag)
    poll()

    assert [one.description for one in rows(WorkOrder)] == ["The printer is on fire.", "A second one."]


def test_a_mailbox_made_anew_is_read_again_without_doubles(mail, app, server, poll, rows, client, monkeypatch):
    server.deliver(mail())
    poll()
    monkeypatch.setattr(polling.Folder, "after", lambda folder, uid, after=polling.Folder.after: after(folder, 0))
    server.deliver(mail("A second one."))
    poll()

    assert len(rows(WorkOrder)) == 2


def test_staff_see_why_the_mailbox_cannot_be_read(app, server, poll, callers, monkeypatch):
    manager = callers("manager")
    poll()
    wrong = replace(server.mailbox, password="wrong")
    monkeypatch.setitem(vars(app), "settings", replace(app.settings, mailbox=wrong))
    poll()
    state = manager.get("/incoming-emails/mailbox").json
    assert state["polled_at"] is not None
    assert state["failing_since"] is not None
    assert state["error"]
    assert "wrong" not in state["error"]
    assert callers("technician").get("/incoming-emails/mailbox").status_code == 403
