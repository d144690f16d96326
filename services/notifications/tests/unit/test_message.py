"""Deliveries as Internet messages."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8, compat32, default, strict
from email.utils import getaddresses
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from common.ids import new_id
from common.organisation.settings import Organisation
from notifications.channel.addresses import mailbox, one_line, policy
from notifications.channel.message import build, message_id, safe_filename
from notifications.delivery.models import Attachment, Delivery, DeliveryContent

AT = datetime(2025, 11, 30, 12, tzinfo=UTC)


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


def parsed(settings=None, attached=(), **values):
    sent = delivery(**values)
    raw = build(sent, attached, sent.cc, settings or Organisation(), AT).as_bytes()
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
    message = parsed(Organisation(name=nasty), subject=f"Invoice from {nasty}", recipient_name=nasty)

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
    message = parsed(Organisation(mail_reply_to="accounts@evergreen.example"), cc=["a@x.example", "b@x.example"])

    assert [address.addr_spec for address in message["Cc"].addresses] == ["a@x.example", "b@x.example"]
    assert message["Reply-To"].addresses[0].addr_spec == "accounts@evergreen.example"


def test_a_domain_beyond_ascii_travels_in_ascii():
    message = parsed(recipient="jo@bücher.example", cc=[])

    assert message["To"].addresses[0].addr_spec == "jo@xn--bcher-kva.example"


def test_an_attachment_keeps_its_bytes_and_a_safe_name():
    content = bytes(range(256)) * 20
    file = Attachment(filename="../../Rechnung\r\nX: Zoë.pdf", media_type="application/pdf")
    (part,) = parsed(attachments=[file], attached=[content]).iter_attachments()

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


EVIL = "evil@attacker.example, Accounts payable department of the very long name of a company that goes on and on"
LETTERS = st.sampled_from(" ,;:\"\\<>()[]@.'=?_aZ9éß株🌲\r\n\t\x00\u2028\u200d\u202e")
CONTACTS = st.one_of(st.text(LETTERS, max_size=200), st.text(max_size=200), st.just(EVIL))


def readings(raw, header):
    """Returns the header as modern parsers and old programs read it."""
    for reader in (default, SMTP, SMTPUTF8, strict):
        yield [(a.display_name, a.addr_spec) for a in message_from_bytes(raw, policy=reader)[header].addresses]
    yield [(None, address) for _, address in getaddresses([str(message_from_bytes(raw, policy=compat32)[header])])]


@given(CONTACTS, CONTACTS)
@example(EVIL, EVIL)
@example('a" <evil@attacker.example>, "b', "=?utf-8?q?evil=40attacker.example=2C?=")
@example("x" * 200 + ", evil@attacker.example", "\\" * 61 + '"')
def test_any_name_reads_back_as_one_recipient_in_every_header(name, company):
    settings = Organisation(name=company, mail_reply_to="accounts@evergreen.example")
    sent = delivery(recipient_name=name)
    raw = build(sent, (), sent.cc, settings, AT).as_bytes()

    expected = {
        "To": (one_line(name), "billing@acme.example"),
        "From": (one_line(company), "billing@evergreen.example"),
        "Reply-To": (one_line(company), "accounts@evergreen.example"),
        "Cc": ("", "cfo@acme.example"),
    }
    for header, (display_name, address) in expected.items():
        for reading in readings(raw, header):
            assert [found for _, found in reading] == [address]
            # The standard library reads the fold between two encoded words as a space in the name.
            assert reading[0][0] is None or "".join(reading[0][0].split()) == "".join(display_name.split())


@given(st.lists(CONTACTS, min_size=1, max_size=10))
def test_many_names_in_one_header_stay_apart(names):
    message = EmailMessage(policy=policy(utf8=False))
    message["Cc"] = [mailbox(name, f"person{number}@x.example") for number, name in enumerate(names)]
    message.set_content("Hello")

    for reading in readings(message.as_bytes(), "Cc"):
        assert [address for _, address in reading] == [f"person{number}@x.example" for number in range(len(names))]


def test_a_long_address_with_a_long_name_keeps_its_lines_short():
    address = f"{'a' * 64}@{'b' * 60}.{'c' * 60}.example"
    message = parsed(recipient=address, recipient_name=EVIL)

    assert message["To"].addresses[0].addr_spec == address


def test_a_domain_goes_out_by_idna_2008():
    message = parsed(Organisation(mail_from="rechnung@straße.example"), recipient="jo@STRAẞE.example", cc=["a@faß.de"])

    headers = {name: message[name].addresses[0].addr_spec for name in ("From", "To", "Cc")}
    assert headers == {
        "From": "rechnung@xn--strae-oqa.example",
        "To": "jo@xn--strae-oqa.example",
        "Cc": "a@xn--fa-hia.de",
    }
    assert message_id(1, 0, "rechnung@straße.example") == "<1@xn--strae-oqa.example>"


def test_a_message_id_names_what_the_email_is_about():
    """Agreements finds the work order of a reply by it."""
    about = UUID("01a1fe5e-b093-7036-9d35-b841221c8a8e")
    assert message_id(1, 2, "desk@msp.example", about) == f"<1.2.{about}@msp.example>"


def test_the_logo_is_inside_the_message_where_the_html_shows_it():
    content = DeliveryContent(html='<img src="cid:logo" alt="Evergreen MSP">', text="Hello\n")
    sent = delivery(content=content)
    raw = build(sent, (), sent.cc, Organisation(), AT, b"a png").as_bytes()

    parts = {part.get("Content-ID"): part for part in message_from_bytes(raw, policy=default).walk()}
    assert parts["<logo>"].get_content() == b"a png"
    assert parts["<logo>"].get_content_type() == "image/png"


def test_a_mail_that_shows_no_logo_carries_none():
    sent = delivery()

    assert b"a png" not in build(sent, (), sent.cc, Organisation(), AT, b"a png").as_bytes()
    assert b"image/png" not in build(sent, (), sent.cc, Organisation(), AT, b"a png").as_bytes()
