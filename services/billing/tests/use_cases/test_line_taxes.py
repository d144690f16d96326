"""Line taxes: the service's tax code, else the client's; none for exempt clients."""

import json
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select, update

from billing.document.content import ISSUED, content
from billing.inbound.replicas import CatalogService
from billing.invoice.addressing import seller
from billing.invoice.models import Invoice, InvoiceLine
from billing.item.models import PARKED, BillableItem
from billing.run.routes import INVOICE_RUNS
from common.ids import new_id
from common.organisation.settings import DEFAULTS
from common.testing.database import statements
from common.testing.tasks import run_job

AS_OF = date(2025, 11, 30)
D = Decimal
GST = {"name": "GST", "rate_percent": "5.00", "compound": False}
QST = {"name": "QST", "rate_percent": "10.00", "compound": True}


@pytest.fixture
def bill(app):
    def go(**options):
        return run_job(app, INVOICE_RUNS, AS_OF, options.pop("dry_run", False), **options)

    return go


@pytest.fixture
def made(in_work):
    """Returns the invoice of a client, with its lines in order."""

    def read(client):
        with in_work() as work:
            invoice = work.session.scalars(select(Invoice).where(Invoice.client_id == client["id"])).one()
            _ = invoice.lines, invoice.taxes
            return invoice

    return read


@pytest.fixture
def worked(world):
    """Adds an hour at 100.00 on a service with that tax code."""

    def go(client, name, tax=None, hours="1"):
        service = world.service(name, "100.00", tax_code_id=tax["id"] if tax else None)
        row = world.card(client, service)
        world.time(client, row, hours)
        return row

    return go


@pytest.fixture
def quebec(world):
    return world.tax("15.50", name="Québec", components=[GST, QST])


def taxes_of(invoice):
    return [(tax.name, tax.base, tax.amount) for tax in invoice.taxes]


def by_line(invoice):
    return {line.service_name: [tax["name"] for tax in line.taxes] for line in invoice.lines}


def test_the_services_code_counts_before_the_clients(world, worked, bill, made):
    client = world.client(tax_code_id=world.tax("8", name="Sales tax")["id"])
    reduced = world.tax("2", name="Reduced")
    worked(client, "Books", reduced)
    worked(client, "Support", hours="2")

    bill()

    invoice = made(client)
    assert by_line(invoice) == {"Books": ["Reduced"], "Support": ["Sales tax"]}
    assert taxes_of(invoice) == [("Reduced", D("100.00"), D("2.00")), ("Sales tax", D("200.00"), D("16.00"))]
    assert (invoice.subtotal, invoice.tax_total, invoice.total) == (D("300.00"), D("18.00"), D("318.00"))
    assert invoice.lines[0].tax_code_id == reduced["id"]


def test_several_taxes_stand_on_a_line_one_on_top_of_the_other(world, worked, bill, made, quebec):
    client = world.client(tax_code_id=quebec["id"])
    worked(client, "Support")

    bill()

    invoice = made(client)
    assert taxes_of(invoice) == [("GST", D("100.00"), D("5.00")), ("QST", D("105.00"), D("10.50"))]
    assert [tax.compound for tax in invoice.taxes] == [False, True]
    assert invoice.total == D("115.50")


def test_taxes_contained_in_the_price_add_nothing(world, worked, bill, made):
    code = world.tax("15.50", inclusive=True, name="Québec", components=[GST, QST])
    client = world.client(tax_code_id=code["id"])
    worked(client, "Support", hours="2.31")

    bill()

    invoice = made(client)
    assert [tax.amount for tax in invoice.taxes] == [D("10.00"), D("21.00")]
    assert (invoice.subtotal, invoice.total) == (D("231.00"), D("231.00"))


def test_a_tax_that_is_in_two_codes_is_one_row(world, worked, bill, made, quebec):
    client = world.client(tax_code_id=quebec["id"])
    worked(client, "Books", world.tax("5", name="GST"))
    worked(client, "Support")

    bill()

    assert taxes_of(made(client)) == [("GST", D("200.00"), D("10.00")), ("QST", D("105.00"), D("10.50"))]


def test_a_client_that_is_exempt_pays_none_whatever_the_service(world, worked, bill, made):
    charity = world.tax("0", name="Charity", exempt=True, exempt_reason="Registered charity 12345")
    client = world.client(tax_code_id=charity["id"])
    worked(client, "Support", world.tax("8"))

    bill()

    invoice = made(client)
    assert (invoice.taxes, invoice.total) == ([], D("100.00"))
    assert invoice.tax_exemptions == ["Registered charity 12345"]
    assert invoice.lines[0].tax_code_id == charity["id"]


def test_an_exempt_service_is_not_taxed_and_the_rest_is(world, worked, bill, made):
    medical = world.tax("0", name="Medical", exempt=True, exempt_reason="Medical supply, section 5")
    client = world.client(tax_code_id=world.tax("8", name="Sales tax")["id"])
    worked(client, "Implant", medical)
    worked(client, "Support")

    bill()

    invoice = made(client)
    assert taxes_of(invoice) == [("Sales tax", D("100.00"), D("8.00"))]
    assert invoice.tax_exemptions == ["Medical supply, section 5"]


def test_a_client_without_a_code_pays_the_services_taxes_only(world, worked, bill, made):
    client = world.client(tax_code_id=None)
    worked(client, "Books", world.tax("2", name="Reduced"))
    worked(client, "Support")

    bill()

    assert by_line(made(client)) == {"Books": ["Reduced"], "Support": []}
    assert made(client).total == D("202.00")


def test_a_custom_service_is_taxed_like_its_client(world, bill, made):
    client = world.client(tax_code_id=world.tax("8", name="Sales tax")["id"])
    world.time(client, world.card(client, None, "50.00", name="Night watch"), "2")

    bill()

    assert taxes_of(made(client)) == [("Sales tax", D("100.00"), D("8.00"))]


@pytest.mark.parametrize("missing", ["tax code", "service"])
def test_missing_replicas_park_only_their_items(world, worked, bill, made, in_work, missing):
    client = world.client(tax_code_id=None)
    code_id = new_id()
    worked(client, "Support")
    row = worked(client, "Books", {"id": code_id})
    if missing == "service":
        with in_work() as work:
            work.session.delete(work.session.get(CatalogService, row["service_id"]))

    bill()

    assert [line.service_name for line in made(client).lines] == ["Support"]
    with in_work() as work:
        (parked,) = work.session.scalars(select(BillableItem).where(BillableItem.status == PARKED))
        cause = {
            "tax code": "The tax code of Books has not arrived yet.",
            "service": "The service's data has not arrived yet.",
        }
        assert parked.parked_cause == cause[missing]
    if missing == "service":
        data = {"id": row["service_id"], "name": "Books", "default_rate": "100.00", "currency": "USD", "version": 1}
        world.tell("catalog.service.changed.v1", {**data, "tax_code_id": code_id})
    world.tax("2", id=code_id)
    assert bill().counts["invoices"] == 1


def test_a_code_changed_later_leaves_the_issued_invoice_as_it_is(world, worked, bill, made, quebec):
    client = world.client(tax_code_id=quebec["id"])
    worked(client, "Support")
    bill()
    world.tell("catalog.tax_code.changed.v1", {**quebec, "components": [GST], "rate_percent": "5.00", "version": 2})

    assert [tax["name"] for tax in made(client).lines[0].taxes] == ["GST", "QST"]


def test_services_said_again_at_the_version_before_the_upgrade_bring_their_code(world, in_work):
    """Starts as the migration leaves the row: one version behind, without a code."""
    code, service = world.tax("8"), world.service()
    with in_work() as work:
        work.session.execute(update(CatalogService).values(sequence=CatalogService.sequence - 1))

    world.tell("catalog.service.changed.v1", {**service, "tax_code_id": code["id"]})

    with in_work() as work:
        assert work.session.get_one(CatalogService, service["id"]).tax_code_id == code["id"]


def test_a_run_takes_as_many_statements_however_many_codes(world, worked, bill, app, quebec):
    def queries():
        with statements(app.database.engine) as seen:
            assert bill().counts["invoices"] == 1
        return len(seen)

    client = world.client(tax_code_id=quebec["id"])
    worked(client, "Support")
    bill()  # the first run opens the client's account
    worked(client, "Support again")
    few = queries()
    for n in range(12):
        worked(client, f"Service {n}", world.tax(str(n), name=f"Tax {n}"))
    assert queries() == few


@pytest.fixture
def draft(callers):
    def make(client, lines):
        body = {"client_id": str(client["id"]), "lines": [{"quantity": "1", **line} for line in lines]}
        answer = callers("billing").post("/invoices", json.loads(json.dumps(body, default=str)))
        assert answer.status_code == 201, answer.json
        return answer.json

    return make


def test_a_draft_is_taxed_line_by_line_as_well(world, draft, callers, quebec):
    client = world.client(tax_code_id=world.tax("8", name="Sales tax")["id"])
    row = world.card(client, world.service("Support", "100.00", tax_code_id=quebec["id"]))

    made = draft(client, [{"client_service_id": row["id"]}, {"description": "Cable", "unit_rate": "10.00"}])

    assert [[tax["name"] for tax in line["taxes"]] for line in made["lines"]] == [["GST", "QST"], ["Sales tax"]]
    assert made["lines"][0]["taxes"][1] == {
        "name": "QST",
        "rate_percent": "10.00",
        "inclusive": False,
        "compound": True,
    }
    assert [(tax["name"], tax["base"], tax["amount"], tax["compound"]) for tax in made["taxes"]] == [
        ("GST", "100.00", "5.00", False),
        ("QST", "105.00", "10.50", True),
        ("Sales tax", "10.00", "0.80", False),
    ]
    assert (made["total"], made["tax_exemptions"]) == ("126.30", [])
    lines = [{"quantity": "1", "description": "Cable", "unit_rate": "20.00"}]
    changed = callers("billing").patch(f"/invoices/{made['id']}", {"lines": lines}).json
    assert [(tax["name"], tax["amount"]) for tax in changed["taxes"]] == [("Sales tax", "1.60")]


def test_a_draft_with_a_code_not_here_yet_is_refused(world, callers):
    client = world.client()
    row = world.card(client, world.service("Support", "100.00", tax_code_id=new_id()))
    body = {"client_id": str(client["id"]), "lines": [{"quantity": "1", "client_service_id": str(row["id"])}]}

    answer = callers("billing").post("/invoices", body)

    assert answer.status_code == 409
    assert answer.json["detail"] == "The tax code of Support has not arrived yet. Try again in a moment."


def test_lines_of_the_release_before_are_taxed_like_their_invoice(world, draft, callers, in_work, quebec):
    client = world.client(tax_code_id=quebec["id"])
    made = draft(client, [{"description": "Cable", "unit_rate": "10.00"}])
    with in_work() as work:
        work.session.execute(update(InvoiceLine).values(taxes=None, tax_code_id=None))

    (line,) = callers("billing").get(f"/invoices/{made['id']}").json["lines"]

    assert [(tax["name"], tax["rate_percent"]) for tax in line["taxes"]] == [("GST", "5.00"), ("QST", "10.00")]


def test_the_page_names_each_tax_what_it_is_on_and_why_there_is_none(world, worked, bill, made, quebec, app):
    charity = world.tax("0", name="Medical", exempt=True, exempt_reason="Medical supply, section 5")
    client = world.client(tax_code_id=quebec["id"])
    worked(client, "Implant", charity)
    worked(client, "Support")
    bill()

    page = content(made(client), seller(DEFAULTS, "USD"), ISSUED)

    assert page["sums"] == [
        ["Subtotal", "$200.00"],
        ["GST (5%) on $100.00", "$5.00"],
        ["QST (10%) on $105.00", "$10.50"],
    ]
    assert page["exemptions"] == ["Tax exempt: Medical supply, section 5"]
    assert [line["notes"][-1] for line in page["lines"]] == ["Tax exempt", "Tax: GST (5%), QST (10%)"]


def test_lines_that_are_taxed_alike_do_not_say_so(world, bill, made, app):
    client = world.simple()
    bill()

    page = content(made(client), seller(DEFAULTS, "USD"), ISSUED)

    assert page["sums"] == [["Subtotal", "$1,562.50"], ["Tax 8 %", "$125.00"]]
    assert page["lines"][0]["notes"] == ["Work orders: WO-1"]
    assert page["exemptions"] == []
