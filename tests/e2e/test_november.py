"""A month from spreadsheets to paid invoices in the clients' mailboxes."""

import csv
import json
import re
import subprocess
import sys
import urllib.request
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from local.api import Api, Problem
from local.importer.waiting import until
from local.system import System

FOLDER = Path(__file__).parents[1] / "data" / "november"
AS_OF = "2025-11-30"
README = Path(__file__).parents[2] / "README.md"


def sheet(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(newline="") as file:
        return list(csv.DictReader(file))


def run_import(system: System, folder: Path = FOLDER) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "local.importer", str(folder), "--quiet"]
    return subprocess.run(command, env={**system.env, "PATH": ""}, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def imported(system: System) -> str:
    result = run_import(system)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def run(imported: str, admin: Api) -> dict[str, Any]:
    return admin.post("/jobs/invoice_run/run", {"as_of": AS_OF, "dry_run": False})


@pytest.fixture(scope="module")
def invoices(run: dict[str, Any], admin: Api) -> dict[str, dict[str, Any]]:
    """Returns November's invoices by client name, with their lines."""
    clients = {client["id"]: client["name"] for client in admin.items("/clients")}
    wanted = {row["client"] for row in sheet("expected_invoices.csv")}
    found = admin.items("/invoices", issued_on_gte=AS_OF, issued_on_lte=AS_OF)
    named = [(clients[invoice["client_id"]], invoice["id"]) for invoice in found]
    mine = [(name, invoice_id) for name, invoice_id in named if name in wanted]
    assert len(mine) == len(wanted) == len(dict(mine)), "one invoice per client"
    return {name: admin.get(f"/invoices/{invoice_id}") for name, invoice_id in mine}


def test_the_import_says_what_it_did(imported):
    assert [line.split() for line in imported.splitlines()[1:]] == [
        ["services", "0", "0", "10", "0"],
        ["clients", "12", "0", "0", "0"],
        ["negotiated", "rates", "0", "17", "0", "0"],
        ["custom", "services", "4", "0", "0", "0"],
        ["agreements", "7", "0", "0", "0"],
        ["covered", "services", "24", "0", "0", "0"],
        ["time", "entries", "240", "0", "0", "0"],
    ]


def test_a_second_import_changes_nothing(imported, system):
    again = run_import(system)

    assert again.returncode == 0, again.stdout
    for line in again.stdout.splitlines()[1:]:
        created, updated, _unchanged, errors = line.split()[-4:]
        assert (created, updated, errors) == ("0", "0", "0"), line


def test_every_row_of_a_folder_with_mistakes_is_told(imported, system, tmp_path):
    tables = {
        "services.csv": 'name,description,default_rate,category\nComma,,"12,5",\nShort\n'
        'Groups,Read in groups,"1,250.00",\n',
        "client_rates.csv": "client,service,custom_rate\nNobody,Groups,1.00\n",
        "agreements.csv": "client,name,type,start_date,end_date,total_hours,overage_rate,allocation_policy\n"
        "Nobody,Gone,block_hours,2025-11-01\n",
        "agreement_services.csv": "agreement,service,custom_rate,hours_allocated\nGone,Groups\nElse,Groups,1_0,\n",
    }
    for name, text in tables.items():
        (tmp_path / name).write_text(text)

    told = run_import(system, tmp_path).stdout

    rows = {" ".join(line.split()[:-4]): line.split()[-4:] for line in told.splitlines()[1:7]}
    assert rows["services"] == ["1", "0", "0", "2"], told
    assert rows["negotiated rates"] == ["0", "0", "0", "1"]
    assert rows["agreements"] == ["0", "0", "0", "1"]
    assert rows["covered services"] == ["0", "0", "0", "2"]
    for place in ("services.csv:2: default_rate", "services.csv:3: row", "client_rates.csv:2", "agreements.csv:2"):
        assert f"error: {place}" in told, told


def test_prepaid_hours_are_drawn_to_the_hundredth(imported, admin):
    agreements = {item["name"]: item for item in admin.items("/agreements")}
    for expected in sheet("expected_hours.csv"):
        found = agreements[expected["agreement"]]
        for column in ("hours_used", "hours_overage"):
            assert Decimal(found[column]) == Decimal(expected[column]), (expected["agreement"], column)


def test_the_run_says_what_it_made(run, invoices):
    assert run["status"] == "succeeded"
    assert run["counts"]["invoices"] >= len(invoices)
    assert run["counts"]["parked"] == 0


@pytest.mark.parametrize("expected", sheet("expected_invoices.csv"), ids=lambda row: row["client"])
def test_every_invoice_is_right_to_the_cent(invoices, expected):
    invoice = invoices[expected["client"]]

    assert invoice["currency"] == expected["currency"]
    assert Decimal(invoice["subtotal"]) == Decimal(expected["subtotal"])
    assert sum((Decimal(tax["amount"]) for tax in invoice["taxes"]), Decimal(0)) == Decimal(expected["tax"])
    assert Decimal(invoice["total"]) == Decimal(expected["total"])
    assert invoice["status"] == "issued"


def test_the_readme_shows_the_answers_of_the_api(invoices, admin):
    row, lines = (json.loads(block) for block in re.findall(r"```json\n(.*?)```", README.read_text(), re.DOTALL))
    invoice = invoices["Orchard Logistics"]
    card = list(admin.items(f"/clients/{invoice['client_id']}/services"))

    assert any(row.items() <= real.items() for real in card)
    assert lines == [
        {name: real[name] for name in lines[0]} for real in invoice["lines"] if real["service_name"] == row["name"]
    ]


def test_every_line_has_its_hours_rate_and_source(invoices):
    wanted = Counter(
        (row["client"], row["service"], Decimal(row["hours"]), Decimal(row["rate"]), row["rate_source"], row["amount"])
        for row in sheet("expected_lines.csv")
    )
    found = Counter(
        (
            client,
            line["description"].rsplit(" - ", 1)[0],
            Decimal(line["quantity"]),
            Decimal(line["unit_rate"]),
            line["rate_source"],
            line["amount"],
        )
        for client, invoice in invoices.items()
        for line in invoice["lines"]
    )
    assert found - wanted == wanted - found == Counter()


def test_lines_name_their_work_orders_and_explain_themselves(invoices):
    numbers = {row["work_order"] for row in sheet("time_entries.csv")}
    for invoice in invoices.values():
        for line in invoice["lines"]:
            assert line["work_orders"], line
            assert set(line["work_orders"]) <= numbers
            assert line["explanation"]


def test_numbers_are_gapless(run, admin):
    numbers = [i["number"] for i in admin.items("/invoices", issued_on_gte="2025-01-01", issued_on_lte="2025-12-31")]
    counted = sorted(int(number.removeprefix("INV-2025-")) for number in numbers)
    assert counted == list(range(1, len(counted) + 1))


def test_a_second_run_with_the_same_date_makes_nothing_new(invoices, admin):
    before = admin.get("/invoices", page_size=1)["total"]

    again = admin.post("/jobs/invoice_run/run", {"as_of": AS_OF})

    assert again["counts"]["invoices"] == 0
    assert admin.get("/invoices", page_size=1)["total"] == before


def test_each_invoice_is_mailed_once_with_its_cc_and_pdf(invoices, system):
    for row in sheet("clients.csv"):
        if row["name"] not in invoices:
            continue
        number = invoices[row["name"]]["number"]
        mails = until(lambda row=row, number=number: mails_about(system, row["billing_email"], number), seconds=60)
        assert mails is not None, row["name"]
        assert len(mails) == 1
        (mail,) = mails
        assert sorted(mail["cc"]) == sorted(filter(None, row["billing_cc_emails"].split(";")))
        (attachment,) = mail["attachments"]
        assert attachment["filename"] == f"{number}.pdf"
        assert attachment["content_type"] == "application/pdf"


def mails_about(system: System, to: str, number: str) -> list[dict[str, Any]]:
    with urllib.request.urlopen(f"{system.env['MAILBOX_URL']}/messages") as response:
        return [mail for mail in json.load(response) if mail["to"] == [to] and number in mail["subject"]]


def test_the_pdf_is_one_and_stays_the_same(invoices, admin):
    invoice = invoices["Willow Realty"]
    first = admin.raw("GET", f"/invoices/{invoice['id']}/pdf")
    second = admin.raw("GET", f"/invoices/{invoice['id']}/pdf")

    assert first.headers["Content-Type"] == "application/pdf"
    assert first.data.startswith(b"%PDF-")
    assert first.data == second.data


def test_payments_move_an_invoice_to_partially_paid_and_paid(invoices, admin):
    invoice = invoices["Cedar Clinic"]
    path, total = f"/invoices/{invoice['id']}", Decimal(invoice["total"])
    body = {"client_id": invoice["client_id"], "amount": "1000.00", "method": "check", "received_on": "2025-12-05"}

    with pytest.raises(Problem) as refused:
        admin.call("POST", "/payments", body)
    assert refused.value.status == 400

    first = admin.post("/payments", body, key="november-1")
    again = admin.post("/payments", body, key="november-1")
    assert first["id"] == again["id"]
    partly = admin.get(path)
    assert (partly["status"], Decimal(partly["balance"])) == ("partially_paid", total - 1000)

    admin.post("/payments", {**body, "amount": str(total - 1000)}, key="november-2")
    paid = admin.get(path)
    assert (paid["status"], Decimal(paid["balance"])) == ("paid", 0)


def test_bad_rows_are_named_by_line_and_the_others_go_on(imported, system, tmp_path, admin):
    (tmp_path / "services.csv").write_text(
        "name,description,default_rate,category\nGood one,Fine,10.00,Support\nBad one,Odd,minus ten,Support\n"
    )
    (tmp_path / "clients.csv").write_text(
        "name,currency,country,net_terms,hourly_rate,tax_percent,billing_contact_name,billing_email,billing_cc_emails\n"
        "Odd Client,XXQ,United States,30,,0,,billing@odd.example,not-an-address;fine@odd.example\n"
    )
    result = run_import(system, tmp_path)

    assert result.returncode == 1
    assert "services.csv:3: default_rate:" in result.stdout
    assert "clients.csv:2: currency:" in result.stdout
    assert 'clients.csv:2: billing_cc_emails: "not-an-address" skipped' in result.stdout
    assert [s["name"] for s in admin.items("/services", q="Good one")] == ["Good one"]


def test_a_sheet_that_cannot_be_read_changes_nothing(system, tmp_path):
    (tmp_path / "services.csv").write_text("name,rate\nSomething,1\n")
    missing = run_import(system, tmp_path)
    (tmp_path / "services.csv").write_bytes(b"name,description,default_rate,category\nCaf\xe9,x,1,y\n")
    encoded = run_import(system, tmp_path)

    assert 'services.csv: Missing column "default_rate"' in missing.stderr
    assert "Not UTF-8" in encoded.stderr
    assert missing.returncode == encoded.returncode == 1
