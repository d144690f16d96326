"""A database of ITFlow becomes clients, people, places, services and assets here; twice makes nothing twice."""

import gzip
from typing import Any

import pytest

from common.testing.http import Callers

Record = dict[str, Any]

COLUMNS = {
    "clients": "client_id client_lead client_name client_type client_website client_referral client_rate"
    " client_currency_code client_net_terms client_tax_id_number client_abbreviation client_notes client_created_at"
    " client_updated_at client_archived_at client_accessed_at client_mood",
    "contacts": "contact_id contact_name contact_title contact_email contact_phone_country_code contact_phone"
    " contact_extension contact_mobile contact_notes contact_primary contact_billing contact_technical contact_pin"
    " contact_archived_at contact_location_id contact_department contact_client_id",
    "locations": "location_id location_name location_description location_country location_address location_city"
    " location_state location_zip location_phone location_hours location_primary location_notes location_archived_at"
    " location_contact_id location_client_id",
    "services": "service_id service_name service_description service_category service_importance service_backup"
    " service_notes service_created_at service_client_id",
    "domains": "domain_id domain_name domain_description domain_expire domain_ip domain_name_servers"
    " domain_mail_servers domain_txt domain_raw_whois domain_notes domain_archived_at domain_registrar"
    " domain_client_id",
    "assets": "asset_id asset_type asset_name asset_description asset_make asset_model asset_serial asset_os asset_uri"
    " asset_status asset_purchase_date asset_warranty_expire asset_physical_location asset_notes asset_archived_at"
    " asset_location_id asset_contact_id asset_client_id",
    "asset_interfaces": "interface_id interface_name interface_mac interface_ip interface_primary interface_asset_id",
    "tags": "tag_id tag_name tag_type tag_color",
    "client_tags": "client_id tag_id",
    "vendors": "vendor_id vendor_name",
    "credentials": "credential_id credential_name credential_password",
}


def quoted(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(value)
    return "'" + str(value).replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'"


def dump(**tables: list[Record]) -> bytes:
    """As mysqldump writes it: every table with its structure, and one INSERT for its rows."""
    parts = ["-- MariaDB dump 10.19  Distrib 10.11.6-MariaDB\n/*!40101 SET NAMES utf8mb4 */;\n"]
    for name, text in COLUMNS.items():
        columns = text.split()
        body = ",\n".join(f"  `{column}` varchar(200) DEFAULT NULL" for column in columns)
        parts.append(f"DROP TABLE IF EXISTS `{name}`;\nCREATE TABLE `{name}` (\n{body}\n) ENGINE=InnoDB;\n")
        if rows := tables.get(name):
            values = ",".join(f"({','.join(quoted(row.get(column)) for column in columns)})" for row in rows)
            parts.append(f"LOCK TABLES `{name}` WRITE;\nINSERT INTO `{name}` VALUES {values};\nUNLOCK TABLES;\n")
    return "".join(parts).encode()


def client(number: int, name: str, **more: Any) -> Record:
    return {"client_id": number, "client_name": name, "client_currency_code": "USD", "client_net_terms": 30} | {
        f"client_{key}": value for key, value in more.items()
    }


def of(prefix: str, number: int, client_id: int, **more: Any) -> Record:
    return {f"{prefix}_id": number, f"{prefix}_client_id": client_id} | {
        f"{prefix}_{key}": value for key, value in more.items()
    }


COMPANY: dict[str, list[Record]] = {
    "clients": [
        client(3, "O'Neil & Sons", rate="110.00", abbreviation="ONS", website="oneil.example", type="Legal"),
        client(4, "Gone Ltd", archived_at="2024-01-01 00:00:00"),
        client(5, "Maybe Inc", lead=1),
    ],
    "locations": [
        of(
            "location",
            7,
            3,
            name="HQ",
            country="Canada",
            address="1 Main St",
            city="Vancouver",
            state="British Columbia",
        )
        | {
            "location_state": "British Columbia",
            "location_zip": "V6B 1A1",
            "location_primary": 1,
            "location_contact_id": 21,
        },
        of("location", 8, 3, name="Old office", archived_at="2023-01-01 00:00:00"),
    ],
    "contacts": [
        of("contact", 20, 3, name="Ann", email="ann@oneil.example", phone="6045551234", extension="12", billing=1),
        of("contact", 21, 3, name="Bob", phone="604 555 0199", primary=1, location_id=7, technical=1),
        of("contact", 22, 3, name="Cid", phone="ask reception", email="not an address"),
    ],
    "services": [
        of("service", 30, 3, name="Case system", description="Hosted", category="Software", importance="High")
        | {"service_backup": "nightly", "service_notes": "call first"},
        of("service", 31, 5, name="Trial", description="", category="", importance=""),
    ],
    "domains": [of("domain", 40, 3, name="oneil.example", expire="2027-03-01", registrar=90)],
    "assets": [
        of("asset", 50, 3, type="Server", name="SRV1", make="Dell", serial="S-1", purchase_date="2024-02-03")
        | {"asset_location_id": 7, "asset_contact_id": 21, "asset_warranty_expire": "0000-00-00"},
        of("asset", 51, 3, type="Coffee machine", name="Beans", make=""),
        of("asset", 52, 0, type="Laptop", name="Our own", make="HP"),
    ],
    "asset_interfaces": [
        {"interface_id": 1, "interface_ip": "10.0.0.9", "interface_asset_id": 50, "interface_primary": 0},
        {"interface_id": 2, "interface_ip": "10.0.0.5", "interface_mac": "00-1a-2b-3c-4d-5e", "interface_asset_id": 50}
        | {"interface_primary": 1},
    ],
    "tags": [{"tag_id": 1, "tag_name": "VIP", "tag_type": 1}],
    "client_tags": [{"client_id": 3, "tag_id": 1}],
    "vendors": [{"vendor_id": 90, "vendor_name": "Namecheap"}],
    "credentials": [{"credential_id": 1, "credential_name": "root", "credential_password": "x"}],
}


@pytest.fixture
def load(callers: Callers) -> Any:
    def send(data: bytes, *, dry_run: bool = False, role: str = "admin", media_type: str = "application/sql") -> Any:
        path = f"/clients/import/itflow?dry_run={str(dry_run).lower()}"
        return callers(role).post(path, data=data, content_type=media_type)

    return send


@pytest.fixture
def listed(callers: Callers) -> Any:
    """`listed("clients")` by name."""

    def read(path: str) -> dict[str, Record]:
        answer = callers("admin").get(f"/{path}?page_size=100")
        return {each["name"]: each for each in answer.json["items"]}

    return read


def counts(answer: Any) -> dict[str, tuple[int, int, int, int]]:
    names = ("created", "updated", "unchanged", "failed")
    return {table["name"]: tuple(table[name] for name in names) for table in answer.json["tables"] if table["rows"]}


def test_a_company_comes_over_whole(load, listed, catalog_says, card_of, emitted):
    catalog_says("Remote Support", "125.00")

    answer = load(dump(**COMPANY))

    assert answer.status_code == 200, answer.json
    found = listed("clients")
    oneil = found["O'Neil & Sons"]
    expected = {
        "status": "active",
        "country": "CA",
        "hourly_rate": "110.00",
        "abbreviation": "ONS",
        "website": "https://oneil.example",
        "industry": "Legal",
        "tags": ["VIP"],
    }
    assert {name: oneil[name] for name in expected} == expected
    assert (found["Gone Ltd"]["status"], found["Maybe Inc"]["status"]) == ("archived", "lead")
    contacts = listed(f"clients/{oneil['id']}/contacts")
    assert (contacts["Bob"]["is_primary_support"], contacts["Bob"]["phone"]) == (True, "+16045550199")
    assert (contacts["Ann"]["is_billing"], contacts["Ann"]["extension"]) == (True, "12")
    places = listed(f"clients/{oneil['id']}/locations")
    assert list(places) == ["HQ"]
    assert (places["HQ"]["subdivision"], places["HQ"]["is_primary"]) == ("CA-BC", True)
    assert (places["HQ"]["contact_id"], contacts["Bob"]["location_id"]) == (contacts["Bob"]["id"], places["HQ"]["id"])
    card = card_of(oneil)
    assert set(card) == {"Remote Support", "Case system"}
    assert (card["Case system"]["custom_rate"], card["Case system"]["importance"]) == ("110.00", "high")
    assert "nightly" in card["Case system"]["notes"]
    assets = listed(f"clients/{oneil['id']}/assets")
    assert {name: asset["kind"] for name, asset in assets.items()} == {
        "SRV1": "server",
        "Beans": "other",
        "oneil.example": "domain",
    }
    server, domain = assets["SRV1"], assets["oneil.example"]
    assert (server["ip_address"], server["mac_address"]) == ("10.0.0.5", "00:1A:2B:3C:4D:5E")
    assert (server["purchased_on"], server["warranty_until"]) == ("2024-02-03", None)
    assert (server["location_id"], server["contact_id"]) == (places["HQ"]["id"], contacts["Bob"]["id"])
    assert (domain["expires_on"], domain["attributes"]["registrar"]) == ("2027-03-01", "Namecheap")
    assert assets["Beans"]["attributes"] == {"type": "Coffee machine"}
    (created,) = [event for event in emitted("clients.client.created.v1") if event.data["name"] == "O'Neil & Sons"]
    assert created.data["primary_support_contact_id"] == contacts["Bob"]["id"]


def test_the_report_names_what_was_left_and_what_is_unknown(load):
    answer = load(dump(**COMPANY), dry_run=True)

    tables = {table["name"]: table for table in answer.json["tables"]}
    assert tables["clients"]["unknown_columns"] == ["client_mood"]
    assert "client_accessed_at" in tables["clients"]["left_columns"]
    assert tables["contacts"]["left_columns"] == ["contact_pin"]
    assert tables["assets"]["skipped"] == 1
    assert answer.json["other_tables"] == ["credentials"]
    cid = next(result for result in answer.json["results"] if result["name"] == "Cid")
    assert (cid["table"], cid["row"], cid["action"]) == ("contacts", 22, "create")
    assert set(cid["warnings"]) == {"phone", "email"}
    trial = next(result for result in answer.json["results"] if result["name"] == "Trial")
    assert "0.00" in trial["warnings"]["rate"][0]


def test_what_is_left_out_stays_readable_in_the_notes(load, listed):
    load(dump(**COMPANY))

    oneil = listed("clients")["O'Neil & Sons"]
    cid = listed(f"clients/{oneil['id']}/contacts")["Cid"]

    assert (cid["phone"], cid["email"]) == (None, None)
    assert "ask reception" in cid["notes"]
    assert "not an address" in cid["notes"]


def test_a_dry_run_writes_nothing_and_says_the_same(load, listed, emitted):
    asked = load(dump(**COMPANY), dry_run=True)
    assert listed("clients") == {}
    assert emitted() == []

    done = load(dump(**COMPANY))

    assert counts(asked) == counts(done)
    assert counts(done)["clients"] == (3, 0, 0, 0)
    assert counts(done)["domains"] == (1, 0, 0, 0)


def test_the_same_dump_again_changes_nothing(load, listed, emitted):
    load(dump(**COMPANY))
    before, said = listed("clients"), len(emitted())

    answer = load(gzip.compress(dump(**COMPANY)), media_type="application/gzip")

    assert answer.status_code == 200, answer.json
    differing = [result for result in answer.json["results"] if result["action"] != "unchanged"]
    assert differing == []
    assert listed("clients") == before
    assert len(emitted()) == said


def test_notes_too_long_for_anything_are_cut(load, listed):
    notes = "x" * 50_000 + "\0"

    answer = load(dump(clients=[client(1, "Acme", notes=notes, website="no site")]))

    assert answer.status_code == 200, answer.json
    kept = listed("clients")["Acme"]["notes"]
    assert kept.startswith("ITFlow website: no site\nxxx")
    assert len(kept) == 10_000


def test_two_of_one_name_both_come_over_once(load, listed):
    twins = {
        "clients": [client(1, "Acme"), client(2, "ACME")],
        "contacts": [of("contact", 1, 1, name="Ann"), of("contact", 2, 1, name="Ann")],
        "services": [of("service", 1, 1, name="Mail"), of("service", 2, 1, name="mail")],
    }

    first = load(dump(**twins))
    again = load(dump(**twins))

    assert first.status_code == 200, first.json
    assert set(listed("clients")) == {"Acme", "ACME (ITFlow 2)"}
    assert counts(first)["contacts"] == (2, 0, 0, 0)
    assert counts(again) == {"clients": (0, 0, 2, 0), "contacts": (0, 0, 2, 0), "services": (0, 0, 2, 0)}


@pytest.mark.parametrize(
    ("tables", "table", "column"),
    [
        ({"clients": [client(1, "Acme"), client(2, "")]}, "clients", "name"),
        ({"clients": [client(1, "Acme"), client(2, "Beta", currency_code="DOL")]}, "clients", "currency"),
        ({"clients": [client(1, "Acme")], "contacts": [of("contact", 1, 1, name="")]}, "contacts", "name"),
    ],
)
def test_what_a_row_cannot_do_without_keeps_everything_out(load, listed, emitted, tables, table, column):
    answer = load(dump(**tables))

    assert answer.status_code == 422
    bad = [result for result in answer.json["report"]["results"] if result["action"] == "error"]
    assert [(result["table"], list(result["errors"])) for result in bad] == [(table, [column])]
    assert listed("clients") == {}
    assert emitted() == []


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "not a database dump"),
        (b"CREATE TABLE `users` (\n  `id` int\n);\n", "no clients table"),
        (dump(**COMPANY)[:-400], "cut off"),
        (gzip.compress(dump(**COMPANY))[:-20], "damaged"),
    ],
)
def test_what_is_no_dump_of_itflow(load, listed, data, says):
    answer = load(data)

    assert answer.status_code == 422
    assert says in answer.json["errors"]["file"][0]
    assert listed("clients") == {}


def test_only_administrators_and_only_dumps(load):
    assert load(dump(), role="manager").status_code == 403
    assert load(dump(), media_type="application/json").status_code == 415


@pytest.mark.parametrize("rate", [None, "0.00", "0", "0.0000", "", "NULL"])
def test_no_rate_is_told_however_itflow_writes_it(load, listed, rate):
    answer = load(dump(clients=[client(1, "Acme", rate=rate)], services=[of("service", 2, 1, name="Mail")]))

    assert answer.status_code == 200, answer.json
    (mail,) = [result for result in answer.json["results"] if result["name"] == "Mail"]
    assert "Priced at 0.00" in mail["warnings"]["rate"][0]
    assert listed("clients")["Acme"]["hourly_rate"] is None


def test_every_row_of_the_dump_is_told(load):
    """Also those of no client, of a client that is not there, and of a bad one."""
    strays = {
        "contacts": [of("contact", 23, 0, name="Vendor's"), of("contact", 24, 99, name="Nobody's")],
        "locations": [of("location", 9, 99, name="Nowhere")],
        "services": [of("service", 32, 99, name="Lost")],
        "clients": [client(6, "Odd", currency_code="DOL")],
    }
    tables = {name: [*rows, *strays.get(name, [])] for name, rows in COMPANY.items()}

    answer = load(dump(**tables), dry_run=True)

    for table in answer.json["tables"]:
        if table["name"] in ("clients", "contacts", "locations", "services", "domains", "assets"):
            told = sum(table[name] for name in ("created", "updated", "unchanged", "failed", "skipped"))
            assert told == table["rows"] == len(tables[table["name"]]), table
