"""The development mailbox over real sockets: SMTP in, JSON and a page out, restarts lose no email."""

import imaplib
import json
import smtplib
import time
import urllib.error
import urllib.parse
import urllib.request
from email.message import EmailMessage

import pytest

from local import infra, processes, services


class Mailbox:
    def __init__(self, run):
        self.run = run
        self.infra = infra.prepare(run, ephemeral=True)
        self.url = self.infra.env["MAILBOX_URL"]

    def start(self):
        spec = services.mailbox(self.run, self.infra)
        processes.start(self.run, spec)
        processes.wait_ready(self.run, [spec])

    def restart(self):
        processes.stop(self.run, "mailbox")
        self.start()

    def send(self, message):
        with smtplib.SMTP("127.0.0.1", self.infra.ports["smtp"]) as smtp:
            smtp.send_message(message)

    def send_until_taken(self, message):
        """Sends again while the server answers that it is not ready."""
        for _ in range(100):
            try:
                return self.send(message)
            except smtplib.SMTPDataError as error:
                if error.smtp_code != 451:
                    raise
                time.sleep(0.2)
        raise AssertionError("the mailbox of the service desk did not start")

    def call(self, path, method="GET", body=None):
        data = json.dumps(body).encode() if body is not None else None
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        with urllib.request.urlopen(request) as response:
            return response.read(), response.headers

    def messages(self, query=""):
        return json.loads(self.call("/messages" + query)[0])


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    from local.run_dir import RunDir

    run = RunDir.of(tmp_path_factory.mktemp("mailbox"))
    mailbox = Mailbox(run)
    mailbox.start()
    yield mailbox
    processes.stop(run, "mailbox")


@pytest.fixture
def mailbox(shared):
    shared.call("/messages", "DELETE")
    shared.call("/faults", "POST", {"fail_next": 0})
    return shared


def invoice(to="pay@acme.example", subject="Invoice INV-0001"):
    message = EmailMessage()
    message["From"] = "Evergreen <billing@evergreen.example>"
    message["To"] = to
    message["Cc"] = "Änne Öz <cfo@acme.example>, audit@acme.example"
    message["Bcc"] = "archive@evergreen.example"
    message["Subject"] = subject
    message["Message-ID"] = "<inv-1@evergreen.example>"
    message.set_content("Please find your invoice attached.")
    message.add_alternative("<h1>Your invoice</h1><script>alert(1)</script>", subtype="html")
    message.add_attachment(b"%PDF-1.7 bytes", maintype="application", subtype="pdf", filename="INV-0001.pdf")
    return message


def test_a_mail_is_listed_with_what_tools_ask_for(mailbox):
    mailbox.send(invoice(subject="Rechnung für Öz"))
    (mail,) = mailbox.messages()
    assert mail["from"] == "billing@evergreen.example"
    assert mail["to"] == ["pay@acme.example"]
    assert mail["cc"] == ["cfo@acme.example", "audit@acme.example"]
    assert mail["subject"] == "Rechnung für Öz"
    assert mail["message_id"] == "<inv-1@evergreen.example>"
    assert mail["attachments"] == [{"filename": "INV-0001.pdf", "content_type": "application/pdf", "size": 14}]
    assert "archive@evergreen.example" in mail["envelope_to"]


def test_newest_last_and_filtered_by_recipient(mailbox):
    for to in ("one@acme.example", "two@acme.example"):
        mailbox.send(invoice(to))
    assert [mail["to"] for mail in mailbox.messages()] == [["one@acme.example"], ["two@acme.example"]]
    assert [mail["to"] for mail in mailbox.messages("?to=TWO@acme.example")] == [["two@acme.example"]]
    assert len(mailbox.messages("?to=audit@acme.example")) == 2
    assert mailbox.messages("?to=nobody@acme.example") == []


def test_mails_outlive_a_restart(mailbox):
    mailbox.send(invoice())
    before = mailbox.messages()
    mailbox.restart()
    assert mailbox.messages() == before
    mailbox.send(invoice(subject="A later one"))
    assert [mail["subject"] for mail in mailbox.messages()] == ["Invoice INV-0001", "A later one"]


def test_attachment_text_and_html_come_back_as_sent(mailbox):
    mailbox.send(invoice())
    id = mailbox.messages()[0]["id"]
    one = json.loads(mailbox.call(f"/messages/{id}")[0])
    assert one["text"].strip() == "Please find your invoice attached."
    assert "<h1>Your invoice</h1>" in one["html"]
    content, headers = mailbox.call(f"/messages/{id}/attachments/0")
    assert content == b"%PDF-1.7 bytes"
    assert headers["Content-Disposition"] == 'attachment; filename="INV-0001.pdf"'


def test_a_mails_html_can_do_nothing_in_the_readers_browser(mailbox):
    mailbox.send(invoice())
    id = mailbox.messages()[0]["id"]
    _, headers = mailbox.call(f"/messages/{id}/html")
    assert headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    page = mailbox.call(f"/?message={id}")[0].decode()
    assert '<iframe sandbox="" src=' in page
    assert "alert(1)" not in page


def test_the_page_escapes_mail_content(mailbox):
    mailbox.send(invoice(subject="<img src=x onerror=alert(1)>"))
    page = mailbox.call("/")[0].decode()
    assert "<img" not in page
    assert "&lt;img src=x" in page


def test_it_refuses_as_often_as_asked_and_no_more(mailbox):
    mailbox.call("/faults", "POST", {"fail_next": 2, "code": 451})
    for _ in range(2):
        with pytest.raises(smtplib.SMTPDataError) as refused:
            mailbox.send(invoice())
        assert refused.value.smtp_code == 451
    mailbox.send(invoice())
    assert len(mailbox.messages()) == 1


def test_the_service_desk_gets_what_is_sent_and_written_to_it(mailbox):
    mail = invoice(subject="Printer")
    del mail["To"]
    mail["To"] = "Support <Support@evergreen.example>"
    mailbox.send_until_taken(mail)
    written = {"from": "ann@acme.example", "subject": "Scanner", "text": "It beeps."}
    with urllib.request.urlopen(mailbox.url + "/write", urllib.parse.urlencode(written).encode()) as page:
        assert b"Sent." in page.read()

    parts = urllib.parse.urlsplit(mailbox.infra.env["AGREEMENTS_IMAP_URL"])
    with imaplib.IMAP4("127.0.0.1", parts.port) as inbox:
        inbox.login(urllib.parse.unquote(parts.username), parts.password)
        inbox.select("INBOX", readonly=True)
        _, lines = inbox.fetch("1:*", "(BODY.PEEK[HEADER.FIELDS (SUBJECT)])")
    assert [line[1].strip() for line in lines if isinstance(line, tuple)][-2:] == [
        b"Subject: Printer",
        b"Subject: Scanner",
    ]


def test_unknown_mails_and_senseless_faults_are_refused(mailbox):
    for path, method, body, status in (
        ("/messages/..%2f..%2fetc", "GET", None, 404),
        ("/messages/0", "GET", None, 404),
        ("/faults", "POST", {"fail_next": -1}, 422),
        ("/faults", "POST", {"fail_next": 1, "code": 200}, 422),
    ):
        with pytest.raises(urllib.error.HTTPError) as refused:
            mailbox.call(path, method, body)
        assert refused.value.code == status
