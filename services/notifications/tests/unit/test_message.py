"""Deliveries as Internet messages."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.ids import new_id
from notifications.channel.message import build, message_id, one_line, safe_filename
from notifications.delivery.models import Attachment, Delivery, DeliveryContent

AT = datetime(2025, 11, 30, 12, tzinfo=UTC)


@dataclass
class Company:
    company_name: str = "Evergreen MSP"
    mail_from: str = "billing@evergreen.example"
    mail_reply_to: str | None = None


def delivery(**values):
    usual = {
        "recipient": "billing@acme.example",
        "recipient_name": "Jane Doe",
        "cc": ["cfo@acme.example"],
        "subject": "Invoice INV-2025-001 from Evergreen MSP",
        "message_id": "<1@evergreen.example>",
        "content": DeliveryContent(html="<p>Hello</p>", text="Hello\n"),
        "attachments": [],
    }
    return Delivery(**{**usual, **values})


def parsed(settings=None, **values):
    raw = build(delivery(**values), settings or Company(), AT).as_bytes()
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    return message_from_bytes(raw, policy=default)


HEADERS = {
    "From", "To", "Cc", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type",
}  # fmt: skip


@pytest.mark.parametrize(
    "nasty",
    [
        "Acme\r\nBcc: victim@other.example",
        "Acme\nX-Evil: 1\n\nbody",
        "Acme\r Bcc: a@b.example",
        "Acme\u2028Bcc: a@b.example",
        "Acme\x85Bcc: a@b.example",
        "Acme\x00\x0b\x0cBcc: a@b.example",
    ],
)
def test_nothing_in_a_name_or_subject_becomes_a_header(nasty):
    message = parsed(Company(company_name=nasty), subject=f"Invoice from {nasty}", recipient_name=nasty)

    assert set(message.keys()) == HEADERS
    assert message["Bcc"] is None
    assert [address.addr_spec for address in message["To"].addresses] == ["billing@acme.example"]
    assert [address.addr_spec for address in message["From"].addresses] == ["billing@evergreen.example"]


@given(st.text(max_size=120), st.text(max_size=300))
def test_any_text_makes_a_readable_message(name, subject):
    name, subject = name.encode("utf-8", "ignore").decode(), subject.encode("utf-8", "ignore").decode()
    message = parsed(recipient_name=name, subject=subject)

    assert set(message.keys()) == HEADERS
    assert [address.addr_spec for address in message["To"].addresses] == ["billing@acme.example"]
    assert "".join(str(message["Subject"]).split()) == "".join(one_line(subject).split())


NAMES = ["Zoë Ångström, Müller & Söhne GmbH", "株式会社エバーグリーン", 'Ann "The Boss" O\'Neil', "🌲 Ops"]


@pytest.mark.parametrize("name", NAMES)
def test_names_arrive_as_they_are(name):
    message = parsed(recipient_name=name, subject=f"Invoice for {name}")

    assert message["To"].addresses[0].display_name == name
    assert message["Subject"] == f"Invoice for {name}"


def test_copies_stand_in_cc_and_replies_go_where_they_should():
    message = parsed(Company(mail_reply_to="accounts@evergreen.example"), cc=["a@x.example", "b@x.example"])

    assert [address.addr_spec for address in message["Cc"].addresses] == ["a@x.example", "b@x.example"]
    assert message["Reply-To"].addresses[0].addr_spec == "accounts@evergreen.example"


def test_a_domain_beyond_ascii_travels_in_ascii():
    message = parsed(recipient="jo@bücher.example", cc=[])

    assert message["To"].addresses[0].addr_spec == "jo@xn--bcher-kva.example"


def test_an_attachment_keeps_its_bytes_and_a_safe_name():
    content = bytes(range(256)) * 20
    file = Attachment(filename="../../Rechnung\r\nX: Zoë.pdf", media_type="application/pdf", content=content)
    (part,) = parsed(attachments=[file]).iter_attachments()

    assert part.get_content() == content
    assert part.get_content_type() == "application/pdf"
    assert part.get_filename() == "Rechnung X_ Zoë.pdf"


@pytest.mark.parametrize("name", ["", "..", "/", "\r\n"])
def test_a_file_without_a_name_gets_one(name):
    assert safe_filename(name) == "attachment"


def test_a_message_id_stays_for_retries_and_changes_for_resends():
    identifier = new_id()
    ids = [message_id(identifier, resends, "billing@evergreen.example") for resends in (0, 0, 1, 2)]

    assert ids[0] == ids[1] == f"<{identifier}@evergreen.example>"
    assert len(set(ids)) == 3
    assert ids[2] == f"<{identifier}.1@evergreen.example>"
