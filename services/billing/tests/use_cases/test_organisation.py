"""The organisation's settings decide names, numbers and instructions of invoices issued from then on."""

import hashlib
from datetime import date, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from PIL import Image
from sqlalchemy import select

from billing.document.rendering import as_of_today
from billing.invoice.models import Invoice
from billing.run.routes import INVOICE_RUNS
from common.ids import new_id
from common.organisation.settings import Logo, Organisation, PaymentInstructions, to_json
from common.testing.tasks import run_job

AS_OF = date(2025, 11, 30)
KYD = PaymentInstructions(currency="KYD", text="Harbor Bank")
ALL = PaymentInstructions(currency=None, text="By check")


@pytest.fixture
def bill(app):
    return lambda: run_job(app, INVOICE_RUNS, AS_OF)


@pytest.fixture
def stored(in_work):
    def read(model):
        with in_work() as work:
            return list(work.session.scalars(select(model).order_by(model.id)))

    return read


def test_the_event_brings_the_settings_and_an_older_one_changes_nothing(deliver, in_work):
    changed = "gateway.organisation.changed.v1"
    deliver(changed, to_json(Organisation(name="Harbor IT")) | {"version": 3})
    deliver(changed, to_json(Organisation(name="Older name")) | {"version": 2})

    with in_work() as work:
        assert work.organisation == Organisation(name="Harbor IT")


def test_today_follows_the_time_zone(organise, in_work):
    late = datetime(2025, 11, 30, 23, 30, tzinfo=ZoneInfo("America/New_York"))
    with in_work(at=late) as work:
        assert work.today == date(2025, 11, 30)

    organise(time_zone=ZoneInfo("Pacific/Auckland"))

    with in_work(at=late) as work:
        assert work.today == date(2025, 12, 1)


def test_an_invoice_keeps_the_details_it_was_issued_with(world, bill, stored, organise):
    organise(name="Harbor IT", brand_color="#0b4f6c", payment_instructions=(KYD, ALL))
    world.simple()
    bill()
    organise(name="Another name", brand_color="#ffffff", payment_instructions=())

    (invoice,) = stored(Invoice)
    assert (invoice.seller["name"], invoice.seller["brand_color"]) == ("Harbor IT", "#0b4f6c")
    assert invoice.seller["payment_instructions"] == ["By check"]


def test_numbers_follow_series_format_digits_and_fiscal_year(world, bill, stored, organise):
    organise(
        invoice_series="HIT",
        invoice_number_format="{year}/{series}.{number}",
        invoice_number_digits=4,
        invoice_number_year="fiscal",
        fiscal_year_start="07-01",
    )
    world.simple(), world.simple(name="Beta")
    bill()

    assert sorted(invoice.number for invoice in stored(Invoice)) == ["2026/HIT.0001", "2026/HIT.0002"]


def test_a_new_format_goes_on_with_the_count(world, bill, stored, organise):
    world.simple()
    bill()
    organise(invoice_number_format="{series}{year}{number}", invoice_number_digits=5)
    world.simple(name="Beta")
    bill()

    assert sorted(invoice.number for invoice in stored(Invoice)) == ["INV-2025-001", "INV202500002"]


def test_a_draft_gets_the_series_of_the_day_it_is_issued(world, bill, callers, organise):
    organise(issue_on_run=False)
    world.simple()
    bill()
    organise(invoice_series="HIT", issue_on_run=True)
    staff = callers("billing")
    (draft,) = staff.get("/invoices").json["items"]

    issued = staff.post(f"/invoices/{draft['id']}/issue")

    assert issued.json["number"].startswith("HIT-"), issued.json


@pytest.mark.parametrize(("rounding", "tax"), [("per_invoice", "0.02"), ("per_line", "0.04")])
def test_taxes_are_rounded_as_set(world, bill, stored, organise, rounding, tax):
    organise(tax_rounding=rounding)
    code = world.tax("5")["id"]
    client = world.client(tax_code_id=code)
    for name in ("First", "Second", "Third", "Fourth"):
        world.time(client, world.card(client, world.service(name, "0.10")), "1")
    bill()

    (invoice,) = stored(Invoice)
    assert (str(invoice.tax_total), invoice.tax_rounding) == (tax, rounding)


@pytest.fixture
def logo(infra):
    """Returns a logo as the gateway stores one."""
    made = BytesIO()
    Image.new("RGB", (120, 40), "#0b4f6c").save(made, "PNG")
    content = made.getvalue()
    sha256 = hashlib.sha256(content).hexdigest()
    place = infra.private_key.parent / "files" / "gateway" / sha256[:2] / sha256
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    return Logo(file_id=new_id(), name="logo.png", media_type="image/png", size=len(content), sha256=sha256)


def test_an_invoice_is_printed_with_the_logo_it_was_issued_with(world, bill, stored, organise, in_work, logo):
    organise(logo=logo)
    world.simple()
    bill()
    organise(logo=None)
    (invoice,) = stored(Invoice)

    with in_work() as work:
        printed = as_of_today(work, work.session.get(Invoice, invoice.id)).content

    assert invoice.seller["logo"]["sha256"] == logo.sha256
    assert b"/Subtype/Image" in printed.replace(b" ", b"")
