"""Invoice PDFs: correct, safe, small and unchanging."""

import hashlib
import re
import zlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from billing.document.announcing import DOCUMENTS, LEASE, announce_waiting
from billing.document.content import ISSUED, content
from billing.document.models import DocumentTask, InvoiceDocument
from billing.document.queueing import request
from billing.document.rendering import TEMPLATE, render
from billing.invoice.addressing import seller
from billing.invoice.models import Invoice
from billing.run.routes import INVOICE_RUNS
from common.blobs import files
from common.blobs.collecting import collect
from common.blobs.files import File, FileClaim, read
from common.clock import now
from common.context import Context
from common.organisation.settings import DEFAULTS
from common.pdf.wrapping import BREAK
from common.tables import file
from common.testing.tasks import run_job

READY = "billing.invoice.document_ready.v1"
AS_OF = date(2025, 11, 30)


@pytest.fixture
def issue(world, app, in_work):
    def make(**client):
        made = world.simple(**client)
        run_job(app, INVOICE_RUNS, AS_OF)
        with in_work() as work:
            return work.session.scalars(select(Invoice).where(Invoice.client_id == made["id"])).one()

    return make


def drain(service):
    done = 0
    while announce_waiting(service):
        done += 1
    return done


OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)\sendobj", re.S)
STREAM = re.compile(rb"stream\r?\n(.*)\r?\nendstream", re.S)
PLAIN = rb"(?:\\.|[^\\()])*"
STRING = rb"\((" + PLAIN + rb"(?:\(" + PLAIN + rb"\)" + PLAIN + rb")*)\)"  # balanced brackets may be unescaped
SHOWN = re.compile(rb"/(f\d+) [\d.]+ Tf|" + STRING + rb"|(ET)", re.S)
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def text_of(pdf):
    """Returns the visible text, one line per run, decoded with the fonts' Unicode maps."""
    objects = {int(number): body for number, body in OBJECT.findall(pdf)}
    fonts = {
        name: _glyphs(_stream(objects[int(re.search(rb"/ToUnicode (\d+)", objects[int(reference)])[1])]))
        for body in objects.values()
        for name, reference in re.findall(rb"/(f\d+) (\d+) 0 R", body)
    }
    pages = [_stream(body) for body in objects.values() if b"stream" in body and b" Tf" in _stream(body)]
    text, glyphs = "", {}
    for font, string, end in SHOWN.findall(b"".join(pages)):
        if font:
            glyphs = fonts[font]
        elif end:
            text += "\n"
        else:
            codes = re.sub(rb"\\([0-7]{1,3}|.)", _unescaped, string, flags=re.S)
            text += "".join(glyphs.get(codes[i : i + 2], "\ufffd") for i in range(0, len(codes), 2))
    return text.replace(BREAK, "")


def _unescaped(match):
    code = match[1]
    return bytes([int(code, 8)]) if code.isdigit() else ESCAPES.get(code, code)


def _stream(body):
    found = STREAM.search(body)
    try:
        return zlib.decompress(found[1]) if found else b""
    except zlib.error:
        return b""


def _glyphs(cmap):
    pairs = re.findall(rb"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>\s", cmap)
    return {bytes.fromhex(code.decode()): bytes.fromhex(to.decode()).decode("utf-16-be") for code, to in pairs}


@pytest.fixture
def pdf_of(app):
    """Returns the bytes that an event's claim names."""

    def fetch(event):
        claim = FileClaim().load(event.data["document"])
        return b"".join(read(app.settings, File.claimed("billing", claim)))

    return fetch


def test_an_issued_invoice_is_announced_once_with_its_pdf(issue, app, emitted, in_work, pdf_of):
    invoice = issue()
    assert drain(app) == 1
    (event,) = emitted(READY)
    pdf, claim = pdf_of(event), event.data["document"]
    assert (claim["name"], claim["media_type"]) == (f"{invoice.number}.pdf", "application/pdf")
    assert (event.data["total_display"], event.data["due_on"]) == ("$1,687.50", "2025-12-30")
    assert pdf.startswith(b"%PDF-")
    assert len(pdf) < 60_000
    with in_work() as work:
        stored = work.session.scalars(select(InvoiceDocument)).one()
        assert files.find(work, stored.file_id).sha256 == hashlib.sha256(pdf).hexdigest()
        assert work.session.scalar(select(func.count()).select_from(DocumentTask)) == 0
    assert drain(app) == 0


def test_the_page_shows_amounts_recipient_and_lines(issue, in_work, callers):
    invoice = issue(name="Ünïcode & Söhne")
    text = text_of(callers("billing").get(f"/invoices/{invoice.id}/pdf").data)
    for wanted in (
        "INV-2025-001",
        "Ünïcode & Söhne",
        "Sarah Johnson",
        "United States",
        "November 30, 2025",
        "December 30, 2025",
        "Net 30 days",
        "12.5 hours",
        "Standard rate",
        "Work orders: WO-1",
        "$1,562.50",
        "Tax 8 %",
        "$125.00",
        "$1,687.50",
        "Page 1 of 1",
    ):
        assert wanted in text, wanted


def test_other_dollars_are_named(issue, callers):
    invoice = issue(currency="KYD", tax=None)
    assert "$1,562.50 KYD" in text_of(callers("billing").get(f"/invoices/{invoice.id}/pdf").data)


@pytest.fixture
def pay(callers):
    def record(invoice, amount, **values):
        body = {"client_id": str(invoice.client_id), "amount": amount, "method": "cash", "received_on": "2025-12-01"}
        answer = callers("billing").post("/payments", body | values, headers={"Idempotency-Key": amount})
        assert answer.status_code == 201, answer.json

    return record


def test_the_pdf_as_issued_is_made_once_and_kept_whatever_happens_later(issue, pay, app, callers):
    invoice, staff = issue(), callers("billing")
    first = staff.get(f"/invoices/{invoice.id}/pdf")
    assert (first.status_code, first.mimetype) == (200, "application/pdf")
    assert first.headers["Content-Disposition"] == 'inline; filename="INV-2025-001.pdf"'
    pay(invoice, "100")
    drain(app)
    assert staff.get(f"/invoices/{invoice.id}/pdf").data == first.data
    assert staff.get(f"/invoices/{invoice.id}/pdf?as=issued").data == first.data


def test_the_pdf_is_not_sent_again_to_a_browser_that_has_it(issue, callers):
    path, staff = f"/invoices/{issue().id}/pdf", callers("billing")
    first = staff.get(path)
    assert first.content_length == len(first.data)
    again = staff.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_every_pdf_that_was_announced_is_kept(issue, pay, app, callers, emitted, pdf_of, in_work):
    invoice, staff = issue(), callers("billing")
    drain(app)
    pay(invoice, "687.50")
    staff.post(f"/invoices/{invoice.id}/send")
    drain(app)
    with in_work() as work:
        work.session.execute(update(file).values(released_at=file.c.released_at - timedelta(days=9)))
    collect(app)
    with in_work() as work:
        assert sorted(work.session.scalars(select(InvoiceDocument.kind))) == ["current", "issued"]
    assert all(pdf_of(event).startswith(b"%PDF-") for event in emitted(READY))


def test_as_issued_nothing_is_paid_even_if_it_is_made_after_a_payment(issue, pay, callers):
    invoice, staff = issue(), callers("billing")
    pay(invoice, "687.50")
    text = text_of(staff.get(f"/invoices/{invoice.id}/pdf").data)
    assert "Payment of" not in text
    assert "Balance due" not in text
    assert "$1,687.50" in text


def test_as_of_today_the_pdf_has_payments_and_balance(issue, pay, callers):
    invoice, staff = issue(), callers("billing")
    pay(invoice, "687.50")
    current = staff.get(f"/invoices/{invoice.id}/pdf?as=current")
    text = text_of(current.data)
    for wanted in ("Total", "Payment of December 1, 2025", "-$687.50", "Balance due as of", "$1,000.00"):
        assert wanted in text, wanted
    assert "INV-2025-001-as-of-" in current.headers["Content-Disposition"]
    assert staff.get(f"/invoices/{invoice.id}/pdf?as=other").status_code == 422


def test_sending_again_without_payments_sends_the_same_document(issue, app, callers, emitted):
    invoice = issue()
    drain(app)
    assert callers("billing").post(f"/invoices/{invoice.id}/send").status_code == 200
    drain(app)
    first, second = emitted(READY)
    assert first.id != second.id
    assert first.data["document"] == second.data["document"]


@pytest.mark.parametrize(("paid", "left"), [("687.50", "$1,000.00"), ("1687.50", "$0.00")])
def test_mail_and_attachment_agree_on_what_is_still_due(issue, pay, app, callers, emitted, pdf_of, paid, left):
    invoice, staff = issue(), callers("billing")
    drain(app)
    pay(invoice, paid)
    staff.post(f"/invoices/{invoice.id}/send")
    drain(app)
    before, after = emitted(READY)
    assert (before.data["total_display"], before.data["paid_display"]) == ("$1,687.50", None)
    assert after.data["total_display"] == left
    text = text_of(pdf_of(after))
    assert f"{left}" in text.partition("Balance due as of")[2]
    assert ("Nothing to pay: this invoice is paid in full." in text) == (left == "$0.00")
    assert ("with your payment" in text) == (left != "$0.00")


def test_an_invoice_paid_from_credit_at_issue_is_announced_so(world, pay, app, in_work, emitted, pdf_of):
    client = world.simple()
    with in_work() as work:
        unpaid = Invoice(client_id=client["id"])
        work.session.expunge_all()
    pay(unpaid, "2000.00", received_on="2025-11-20")
    run_job(app, INVOICE_RUNS, AS_OF)
    drain(app)
    (event,) = emitted(READY)
    assert (event.data["balance"], event.data["total_display"]) == ("0.00", "$0.00")
    text = text_of(pdf_of(event))
    assert "Credit from payment of November 20, 2025" in text
    assert "Nothing to pay: this invoice is paid in full." in text


def test_an_invoice_of_zero_asks_for_nothing(world, app, callers, emitted, pdf_of):
    staff = callers("billing")
    line = {"description": "Gift", "quantity": "1", "unit_rate": "0.00"}
    draft = staff.post("/invoices", {"client_id": str(world.client()["id"]), "lines": [line]}).json
    staff.post(f"/invoices/{draft['id']}/issue")
    drain(app)
    (event,) = emitted(READY)
    assert (event.data["balance"], event.data["paid_display"]) == ("0.00", None)
    assert "Nothing to pay: the total is $0.00." in text_of(pdf_of(event))
    assert "with your payment" not in text_of(pdf_of(event))


def test_a_voided_invoice_keeps_the_issued_pdf_and_shows_today_that_it_is_void(issue, app, callers, emitted):
    invoice, staff = issue(), callers("billing")
    drain(app)
    path = f"/invoices/{invoice.id}/pdf"
    before = staff.get(path)
    staff.post(f"/invoices/{invoice.id}/void")
    drain(app)
    assert staff.get(path).data == before.data
    after = staff.get(f"{path}?as=current")
    assert "VOID" in text_of(after.data)
    assert "VOID" not in text_of(before.data)
    assert "Please" not in text_of(after.data)
    assert after.headers["Content-Disposition"] == 'inline; filename="INV-2025-001-void.pdf"'
    assert len(emitted(READY)) == 1


def test_an_invoice_voided_before_its_pdf_was_made_is_not_mailed(issue, app, callers, emitted):
    invoice, staff = issue(), callers("billing")
    staff.post(f"/invoices/{invoice.id}/void")
    drain(app)
    assert emitted(READY) == []
    assert "VOID" not in text_of(staff.get(f"/invoices/{invoice.id}/pdf").data)


def test_a_draft_has_a_stamped_preview_and_is_not_sent(callers, world, in_work):
    staff = callers("billing")
    line = {"description": "Advice", "quantity": "1", "unit_rate": "10.00"}
    draft = staff.post("/invoices", {"client_id": str(world.client()["id"]), "lines": [line]}).json
    answer = staff.get(f"/invoices/{draft['id']}/pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    text = text_of(answer.data)
    assert all(word in text for word in ("DRAFT", "Advice", "$10.00"))
    assert "None" not in text
    assert staff.post(f"/invoices/{draft['id']}/send").status_code == 409
    with in_work() as work:
        assert work.session.scalar(select(func.count()).select_from(InvoiceDocument)) == 0


def test_the_page_has_both_addresses(world, callers):
    client = world.client()
    world.location(client, "1 Bay Street\nGeorge Town\nGrand Cayman KY1-1001\nCayman Islands")
    staff = callers("billing")
    draft = staff.post("/invoices", {"client_id": str(client["id"]), "lines": []}).json
    text = text_of(staff.get(f"/invoices/{draft['id']}/pdf").data)
    assert all(line in text for line in ("1 Bay Street", "George Town", "Grand Cayman KY1-1001", "Cayman Islands"))


SCRIPTS = "株式会社 有限公司 주식회사 บริษัท कंपनी حاسوب 🌲"


def test_letters_of_other_scripts_have_glyphs_of_their_own(callers, world):
    """The PDF names the font; a letter without one prints as a box."""
    staff = callers("billing")
    draft = staff.post("/invoices", {"client_id": str(world.client(name=SCRIPTS)["id"]), "lines": []}).json
    pdf = staff.get(f"/invoices/{draft['id']}/pdf").data
    for font in (b"NotoSerifCJK", b"NotoSerifThai", b"NotoSerifDevanagari", b"NotoNaskhArabic"):
        assert font in pdf, font
    assert b"/Type3" in pdf, "the emoji is a picture"


def test_hostile_text_stays_text_and_a_long_invoice_runs_over_pages(callers, world):
    nasty = '#panic("x") #sys.inputs $x^2$ *b* _i_ [y] \\ @ref <a> // /* `r` ~ = h'
    client = world.client(name=nasty)
    staff = callers("billing")
    lines = [{"description": f"{nasty} {n}", "quantity": "1", "unit_rate": "1.00"} for n in range(60)]
    body = {"client_id": str(client["id"]), "lines": lines, "notes": nasty}
    draft = staff.post("/invoices", body).json
    staff.post(f"/invoices/{draft['id']}/issue")
    text = text_of(staff.get(f"/invoices/{draft['id']}/pdf").data)
    flat = text.replace("\n", "")
    assert flat.count('#panic("x")') >= 62
    assert "$x^2$ *b* _i_ [y] \\ @ref <a> // /* `r` ~ = h" in flat
    assert re.search(r"Page 2 of [3-9]", text)


def test_a_document_that_fails_is_tried_again_later(issue, app, in_work, emitted, monkeypatch):
    """The renderer fails; the task must stay, wait, and not block the next one."""
    issue()
    monkeypatch.setattr("billing.document.rendering.render", lambda *_: 1 / 0)
    assert drain(app) == 1
    assert emitted(READY) == []
    with in_work() as work:
        (task,) = work.session.scalars(select(DocumentTask))
        assert (task.attempts, task.last_error.split()[0]) == (1, "ZeroDivisionError")
        assert task.not_before > now()
        task.not_before = now()
    monkeypatch.undo()
    assert drain(app) == 1
    assert len(emitted(READY)) == 1


def test_the_documents_of_a_worker_that_died_are_taken_again_after_the_lease(issue, app, emitted):
    issue()
    at = now()
    (claim,) = app.transact(Context(now=at), lambda work: DOCUMENTS.claim(work, limit=10))  # then the process dies
    assert announce_waiting(app, lambda: at + LEASE - timedelta(seconds=1)) is False
    assert announce_waiting(app, lambda: at + LEASE) is True
    (event,) = emitted(READY)
    assert (event.correlation_id, event.actor) == (claim.context.correlation_id, str(claim.context.actor))


def test_a_worker_that_lost_its_lease_announces_nothing(issue, app, emitted, in_work, monkeypatch):
    """The worker stalls between claiming and locking its document, longer than the lease."""
    issue()
    at, held = now(), DOCUMENTS.held

    def stalls(queue, claim):
        monkeypatch.undo()
        assert announce_waiting(app, lambda: at + LEASE) is True
        return held(claim)

    monkeypatch.setattr("common.claims.Queue.held", stalls)
    assert announce_waiting(app, lambda: at) is True
    assert len(emitted(READY)) == 1


def test_workers_side_by_side_announce_each_document_once(issue, app, emitted, in_work):
    invoice = issue()
    with in_work() as work:
        request(work, [invoice.id] * 24)
    with ThreadPoolExecutor(3) as threads:
        list(threads.map(drain, [app] * 3))
    assert len(emitted(READY)) == 25


def test_the_same_data_gives_the_same_bytes(issue, in_work, app):
    invoice = issue()
    with in_work() as work:
        data = content(work.session.get(Invoice, invoice.id), seller(DEFAULTS, "USD"), ISSUED)
    made_at = datetime(2025, 11, 30, tzinfo=UTC)
    assert render(TEMPLATE, data, made_at) == render(TEMPLATE, data, made_at)
