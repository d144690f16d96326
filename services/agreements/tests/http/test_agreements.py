"""HTTP tests for agreements: storage, errors and status changes."""

from datetime import timedelta

import pytest

from common.testing.days import today


@pytest.fixture
def manager(callers):
    return callers("manager")


@pytest.fixture
def draft(world, manager):
    """Returns a T&M draft and the client's card."""
    client_id = world.client(currency="KYD", net_terms=14)
    card = world.card(client_id, "Remote Support", "Onsite Support", rate="120.00", rate_source="client")
    body = {"client_id": str(client_id), "name": "Care", "type": "time_and_materials", "start_date": "2025-10-01"}
    answer = manager.post("/agreements", body)
    assert answer.status_code == 201, answer.json
    return {**answer.json, "card": card}


def test_a_draft_takes_currency_and_terms_of_its_client(draft, manager, emitted):
    expected = {"number": "AGR-0001", "status": "draft", "currency": "KYD", "net_terms": 14, "coverage": "all"}
    expected |= {"allocation_policy": "pooled", "uncovered_policy": "warn", "rollover": "none", "auto_renew": False}
    expected |= {"low_hours_threshold": "15.00", "hours_remaining": None, "remaining_level": None, "version": 1}
    assert {name: draft[name] for name in expected} == expected
    got = manager.get(f"/agreements/{draft['id']}")
    assert got.json["name"] == "Care"
    assert got.headers["ETag"] == '"1"'
    (event,) = emitted()
    assert (event.type, event.sequence) == ("agreements.agreement.created.v1", 1)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"client_id": "01890000-0000-7000-8000-000000000000"}, "client_id"),
        ({"currency": "USD"}, "currency"),
        ({"type": "fixed"}, "type"),
        ({"type": "block_hours_prepaid"}, "total_hours"),
        ({"type": "block_hours_monthly", "total_hours": "0"}, "total_hours"),
        ({"total_hours": "10"}, "total_hours"),
        ({"end_date": "2025-09-30"}, "end_date"),
        ({"start_date": "0205-10-01"}, "start_date"),
        ({"overage_rate": "-1"}, "overage_rate"),
        ({"recurring_amount": "10.005"}, "recurring_amount"),
        ({"frequency": "daily"}, "frequency"),
        ({"net_terms": -1}, "net_terms"),
        ({"low_hours_threshold": "101"}, "low_hours_threshold"),
        ({"status": "active"}, "status"),
        ({"colour": "red"}, "colour"),
        ({"name": " "}, "name"),
        ({"services": [{"custom_rate": "10.00"}]}, "services.0.service_id"),
        ({"services": [{"service_id": "01890000-0000-7000-8000-000000000000"}]}, "services.0.service_id"),
    ],
)
def test_bad_input_names_the_field_and_changes_nothing(draft, manager, changes, field):
    body = {"client_id": draft["client_id"], "name": "B", "type": "time_and_materials", "start_date": "2025-10-01"}

    answer = manager.post("/agreements", body | changes)

    assert answer.status_code == 422
    assert list(answer.json["errors"]) == [field], answer.json
    assert manager.get("/agreements").json["total"] == 1


def test_an_archived_client_gets_no_agreement(world, manager):
    client_id = world.client(status="archived")
    body = {"client_id": str(client_id), "name": "B", "type": "time_and_materials", "start_date": "2025-10-01"}

    assert list(manager.post("/agreements", body).json["errors"]) == ["client_id"]


def test_states(draft, manager, emitted):
    path = f"/agreements/{draft['id']}"

    def answers(*actions):
        return [(manager.post(f"{path}/{action}")).status_code for action in actions]

    assert answers("suspend", "resume", "activate", "activate", "resume") == [409, 409, 200, 409, 409]
    assert answers("suspend", "suspend", "activate", "resume", "cancel") == [200, 409, 409, 200, 200]
    assert answers("cancel", "activate", "resume", "suspend") == [409] * 4
    assert manager.get(path).json["status"] == "cancelled"
    types = [event.type.split(".")[2] for event in emitted()]
    assert types == ["created", "activated", "suspended", "resumed", "cancelled"]
    assert [event.sequence for event in emitted()] == [1, 2, 3, 4, 5]


def test_a_refused_transition_says_why(draft, manager):
    answer = manager.post(f"/agreements/{draft['id']}/resume")

    assert answer.json["detail"] == "AGR-0001 is draft. Only an agreement that is suspended can become active."


def test_a_selected_coverage_needs_a_service(draft, manager):
    path = f"/agreements/{draft['id']}"
    manager.patch(path, {"coverage": "selected"})

    assert list(manager.post(f"{path}/activate").json["errors"]) == ["services"]
    row = manager.post(f"{path}/services", {"client_service_id": str(draft["card"][0])}).json
    assert manager.post(f"{path}/activate").status_code == 200
    assert manager.delete(f"{path}/services/{row['id']}").status_code == 422


def test_rates_of_the_agreement_over_the_clients(draft, manager, emitted):
    path = f"/agreements/{draft['id']}/services"
    row = manager.post(path, {"client_service_id": str(draft["card"][0])}).json
    assert (row["custom_rate"], row["effective_rate"], row["rate_source"]) == (None, "120.00", "client")
    one = f"{path}/{row['id']}"

    free = manager.patch(one, {"custom_rate": "0.00"}).json
    assert (free["effective_rate"], free["rate_source"]) == ("0.00", "agreement")
    removed = manager.patch(one, {"custom_rate": None}).json
    assert (removed["effective_rate"], removed["rate_source"]) == ("120.00", "client")

    states = [event.data["services"][0]["custom_rate"] for event in emitted("agreements.agreement.changed.v1")]
    assert states == [None, "0.00", None]
    assert manager.patch(one, {"custom_rate": "-5.00"}).json["errors"].keys() == {"custom_rate"}
    assert manager.patch(one, {"custom_rate": "5.005"}).json["errors"].keys() == {"custom_rate"}


def test_services_by_catalog_id_once_each(draft, manager, world):
    path = f"/agreements/{draft['id']}/services"
    client_id = draft["client_id"]
    row = world.row("Consulting")
    world.deliver("clients.client_service.changed.v1", {"client_id": client_id, "services": [row]})

    added = manager.post(path, {"service_id": str(row["service_id"])})

    assert added.json["client_service_id"] == str(row["id"])
    assert manager.post(path, {"client_service_id": str(row["id"])}).status_code == 409
    twice = {"services": [{"service_id": str(row["service_id"])}, {"client_service_id": str(row["id"])}]}
    assert list(manager.put(path, twice).json["errors"]) == ["services.1.client_service_id"]


def test_services_not_on_the_clients_card(draft, manager, world):
    path = f"/agreements/{draft['id']}/services"
    other = world.client("Other")
    (foreign,) = world.card(other, "Remote Support")
    (excluded,) = world.card(draft["client_id"], "Consulting", rate=None, included=False)

    for identifier in (foreign, excluded):
        answer = manager.post(path, {"client_service_id": str(identifier)})
        assert answer.status_code == 422
        assert list(answer.json["errors"]) == ["client_service_id"]


def test_the_whole_set_at_once_keeps_rows_that_stay(draft, manager):
    path = f"/agreements/{draft['id']}/services"
    remote, onsite = map(str, draft["card"])
    first = manager.put(path, {"services": [{"client_service_id": remote, "custom_rate": "99.00"}]}).json

    second = manager.put(path, {"services": [{"client_service_id": onsite}, {"client_service_id": remote}]}).json

    assert [row["name"] for row in second["items"]] == ["Onsite Support", "Remote Support"]
    assert second["items"][1]["id"] == first["items"][0]["id"]
    assert second["items"][1]["custom_rate"] is None, "the whole set was given: no rate is no rate"
    assert manager.get(path).json["total"] == 2


def test_what_the_ledger_rests_on_is_fixed_once_active(gold, manager):
    path = f"/agreements/{gold['id']}"

    answer = manager.patch(path, {"total_hours": "120", "type": "fixed_price"})

    assert answer.status_code == 409
    assert list(answer.json["errors"]) == ["total_hours", "type"]
    assert manager.patch(path, {"name": "Gold", "overage_rate": "140.00"}).json["name"] == "Gold"
    manager.post(f"{path}/cancel")
    assert manager.patch(path, {"name": "Silver"}).status_code == 409
    assert manager.patch(path, {"internal_notes": "Left us"}).status_code == 200


def test_stale_edits_are_refused(draft, manager):
    path = f"/agreements/{draft['id']}"
    manager.patch(path, {"name": "New name"}, headers={"If-Match": '"1"'})

    assert manager.patch(path, {"name": "Newer"}, headers={"If-Match": '"1"'}).status_code == 412
    assert manager.post(f"{path}/services", {"client_service_id": str(draft["card"][0])}).json["version"] == 3
    assert manager.patch(path, {"net_terms": None}).json["errors"].keys() == {"net_terms"}


def test_only_drafts_without_work_are_deleted(draft, gold, manager, emitted):
    assert manager.delete(f"/agreements/{gold['id']}").status_code == 409
    assert manager.delete(f"/agreements/{draft['id']}").status_code == 204

    assert manager.get(f"/agreements/{draft['id']}").status_code == 404
    last = emitted()[-1]
    assert (last.type, last.data["status"]) == ("agreements.agreement.deleted.v1", "draft")
    assert (last.sequence, [row["client_service_id"] for row in last.data["services"]]) == (draft["version"] + 1, [])


def test_adjustments_by_hand(gold, manager):
    path = f"/agreements/{gold['id']}/hours"
    remote = gold["rows"]["Remote Support"]

    taken = manager.post(path, {"kind": "adjustment", "hours": "-10", "client_service_id": remote, "note": "Counted"})
    assert (taken.json["total_hours"], taken.json["hours_remaining"]) == ("90.00", "90.00")
    reasonless = {"kind": "adjustment", "hours": "-1", "client_service_id": remote}
    assert manager.post(path, reasonless).json["errors"] == {"note": ["An adjustment needs a reason."]}
    too_many = reasonless | {"hours": "-51", "note": "Counted"}
    assert list(manager.post(path, too_many).json["errors"]) == ["hours"]
    whole = reasonless | {"hours": "-50", "note": "Counted"}
    assert manager.post(path, whole).status_code == 201
    assert manager.post(path, {"kind": "grant", "hours": "-1"}).json["errors"].keys() == {"hours"}
    ledger = manager.get(f"{path}?kind=adjustment").json
    assert [(row["hours"], row["note"], row["account_id"]) for row in ledger["items"]] == [
        ("-50.00", "Counted", remote),
        ("-10.00", "Counted", remote),
    ]


def test_list_filters_sorts_and_pages(draft, gold, manager):
    def names(query):
        return [agreement["name"] for agreement in manager.get(f"/agreements?{query}").json["items"]]

    assert names("sort=name") == ["Care", "Gold Support"]
    assert names("status=active") == ["Gold Support"]
    assert names("type=time_and_materials") == ["Care"]
    assert names("end_date_lte=2028-01-01") == ["Gold Support"]
    assert names("sort=-end_date") == ["Care", "Gold Support"], "without end comes last, or first backwards"
    assert names(f"client_id={draft['client_id']}") == ["Care"]
    assert names("q=gold") == ["Gold Support"]
    for sort in ("number", "end_date", "created_at", "start_date", "status", "-updated_at"):
        first = manager.get(f"/agreements?sort={sort}&page_size=1").json
        second = manager.get(f"/agreements?sort={sort}&page_size=1&cursor={first['next_cursor']}").json
        assert {first["items"][0]["name"], second["items"][0]["name"]} == {"Care", "Gold Support"}, sort
    assert manager.get("/agreements?sort=colour").status_code == 422


def test_an_idempotency_key_makes_one_agreement(draft, manager):
    body = {"client_id": draft["client_id"], "name": "B", "type": "time_and_materials", "start_date": "2025-10-01"}
    answers = [manager.post("/agreements", body, headers={"Idempotency-Key": "once"}) for _ in range(2)]

    assert answers[0].json == answers[1].json
    assert manager.get("/agreements").json["total"] == 2


def test_dashboard_counts(gold, manager, desk):
    desk.order(gold["client_id"], gold["id"])

    counts = manager.get("/agreements/dashboard").json["counts"]
    assert counts == {
        "agreements_active": 1,
        "agreements_ending_in_30_days": 0,
        "agreement_decisions_open": 0,
        "work_orders_open": 1,
        "work_orders_overdue": 0,
        "work_orders_at_risk": 0,
    }


def test_other_dates_do_not_cut_off_logged_time(manager, desk, world, make_block):
    client_id = world.client()
    (service,) = world.card(client_id, "Remote Support")
    agreement = manager.post("/agreements", make_block(client_id, activate=True)).json
    path, order = f"/agreements/{agreement['id']}", desk.order(client_id, agreement["id"])
    entry = desk.log(order, service, "1", "2026-03-02").json

    refused = manager.patch(path, {"end_date": "2026-03-01"})

    assert refused.status_code == 422
    assert refused.json["errors"] == {"end_date": ["Time is logged up to 2026-03-02. Choose that day or a later one."]}
    assert manager.patch(path, {"end_date": "2026-03-02"}).status_code == 200
    manager.delete(f"/work-orders/{order}/time-entries/{entry['id']}")
    assert manager.patch(path, {"end_date": "2026-03-01"}).status_code == 200


@pytest.mark.parametrize(
    ("dates", "field"),
    [
        ({"start_date": "1975-01-01", "end_date": None}, "start_date"),
        ({"start_date": "2205-10-01", "end_date": None}, "start_date"),
        ({"start_date": "2025-10-01", "end_date": "2206-09-30"}, "end_date"),
    ],
)
def test_absurd_years_are_to_be_confirmed(world, callers, make_block, dates, field):
    manager = callers("manager")
    body = make_block(world.client())

    asked = manager.post("/agreements", body | dates)
    assert (asked.status_code, list(asked.json["errors"]), asked.json["confirmable"]) == (422, [field], True)
    assert manager.get("/agreements").json["total"] == 0
    made = manager.post("/agreements", body | dates | {"confirm": True})
    assert made.status_code == 201, made.json
    path = f"/agreements/{made.json['id']}"
    assert manager.patch(path, {"name": "Known to be so"}).status_code == 200
    plain = f"/agreements/{manager.post('/agreements', body).json['id']}"
    assert manager.patch(plain, dates).json["confirmable"] is True
    assert manager.patch(plain, dates | {"confirm": True}).status_code == 200


def test_an_end_before_the_start_no_confirmation_makes_right(world, callers, make_block):
    body = make_block(world.client(), end_date="2024-09-30", confirm=True)

    refused = callers("manager").post("/agreements", body)

    assert (refused.status_code, list(refused.json["errors"])) == (422, ["end_date"])


def test_reasons_are_kept_with_the_status_and_announced(draft, manager, callers, emitted):
    path = f"/agreements/{draft['id']}"
    manager.post(f"{path}/activate")
    suspended = manager.post(f"{path}/suspend", {"reason": "Invoices unpaid"}).json
    assert (suspended["status"], suspended["status_reason"]) == ("suspended", "Invoices unpaid")
    assert emitted("agreements.agreement.suspended.v1")[0].data["status_reason"] == "Invoices unpaid"
    assert manager.post(f"{path}/resume").json["status_reason"] is None
    assert manager.post(f"{path}/cancel", {"reason": "x" * 501}).json["errors"].keys() == {"reason"}
    manager.post(f"{path}/cancel", {"reason": "Moved in-house"})
    own = callers("client_user", client_id=draft["client_id"])
    assert own.get(path).json["status_reason"] is None


def test_statistics_count_what_the_caller_sees(world, manager, callers, make_block, draft):
    client_id = draft["client_id"]
    fixed = {"client_id": client_id, "type": "fixed_price", "start_date": "2025-01-01", "activate": True}
    manager.post("/agreements", fixed | {"name": "A", "recurring_amount": "300.00", "frequency": "monthly"})
    manager.post("/agreements", fixed | {"name": "B", "recurring_amount": "100.00", "frequency": "quarterly"})
    manager.post("/agreements", fixed | {"name": "C", "recurring_amount": "1000.00", "frequency": "annually"})

    found = manager.get("/agreements/statistics").json

    assert (found["active"], found["draft"], found["suspended"], found["low_on_hours"]) == (3, 1, 0, 0)
    assert found["recurring"] == [{"currency": "KYD", "monthly_amount": "416.67"}], "300 + 100/3 + 1000/12"
    technician = callers("technician").get("/agreements/statistics").json
    assert (technician["active"], technician["draft"], technician["recurring"]) == (0, 0, [])


def test_agreements_that_end_soon_are_listed_and_counted(draft, manager):
    soon = (today() + timedelta(days=20)).isoformat()
    body = {"client_id": draft["client_id"], "type": "time_and_materials", "start_date": "2025-01-01", "activate": True}
    ending = manager.post("/agreements", body | {"name": "Ends", "end_date": soon}).json
    manager.post("/agreements", body | {"name": "Open"})

    def listed(query):
        return [row["id"] for row in manager.get(f"/agreements?{query}").json["items"]]

    assert listed("ends_within_days=30") == [ending["id"]]
    assert listed("ends_within_days=10") == []
    assert manager.get("/agreements/statistics").json["ending_in_30_days"] == 1
    assert manager.get("/agreements?ends_within_days=-1").status_code == 422


def test_fields_and_services_are_saved_together(gold, manager):
    path = f"/agreements/{gold['id']}"
    remote, onsite = (gold["rows"][name] for name in ("Remote Support", "Onsite Support"))
    rows = [{"client_service_id": str(remote), "hours_allocated": "70", "negotiated_quantity": "12"}]

    refused = manager.patch(path, {"name": "Platinum", "services": [{**rows[0], "hours_allocated": "101"}]})
    assert list(refused.json["errors"]) == ["services"], refused.json
    assert manager.get(path).json["name"] == gold["name"]

    saved = manager.patch(path, {"name": "Platinum", "services": rows})
    assert (saved.status_code, saved.json["name"]) == (200, "Platinum"), saved.json
    (row,) = manager.get(f"{path}/services").json["items"]
    assert (row["hours_allocated"], row["negotiated_quantity"], row["hours_remaining"]) == ("70.00", "12.00", "70.00")
    assert str(onsite) not in row.values()


def test_parts_of_the_recurring_amount_must_not_exceed_it(draft, manager):
    body = {"client_id": draft["client_id"], "name": "Flat", "type": "fixed_price", "start_date": "2025-10-01"}
    first, second = ({"client_service_id": str(row)} for row in draft["card"])
    rows = [first | {"recurring_share": "60.00"}, second | {"recurring_share": "40.01"}]

    answer = manager.post("/agreements", body | {"recurring_amount": "100.00", "services": rows})
    assert answer.json["errors"] == {"services": ["The services' parts (100.01) exceed the recurring amount (100.00)."]}
    rows[1]["recurring_share"] = "40.00"
    made = manager.post("/agreements", body | {"recurring_amount": "100.00", "services": rows})
    assert made.status_code == 201, made.json
    path = f"/agreements/{made.json['id']}"
    assert manager.patch(path, {"recurring_amount": "99.00"}).json["errors"].keys() == {"recurring_amount"}
