"""Each crossing of a low-hours threshold is announced once."""


def crossings(emitted):
    return [
        (event.data["audience"], event.data["crossed"], event.data["threshold_percent"])
        for event in emitted("agreements.hours.low.v1")
    ]


def test_each_crossing_once(world, callers, make_block, desk, emitted):
    client_id = world.client()
    (service,) = world.card(client_id, "Remote Support")
    agreement = callers("manager").post("/agreements", make_block(client_id, activate=True)).json
    order = desk.order(client_id, agreement["id"])

    desk.log(order, service, "7")
    assert crossings(emitted) == []
    desk.log(order, service, "0.5")
    assert crossings(emitted) == [("client", "remaining", "25.00")]
    logged = desk.log(order, service, "1").json
    assert set(crossings(emitted)[1:]) == {("staff", "remaining", "15.00"), ("manager", "used", "85.00")}
    assert logged["warnings"] == ["Only 1.5 h of AGR-0001 are left."]
    desk.log(order, service, "0.25")
    assert len(crossings(emitted)) == 3
    desk.log(order, service, "1.25")

    assert set(crossings(emitted)[3:]) == {("client", "remaining", "10.00"), ("manager", "used", "100.00")}
    low = emitted("agreements.hours.low.v1")[-1].data
    assert (low["number"], low["name"], low["total_hours"]) == ("AGR-0001", "Block", "10.00")
    assert (low["hours_remaining"], low["remaining_percent"]) == ("0.00", "0.00")


def test_crossing_a_threshold_twice_emits_one_event(gold, callers, desk, emitted):
    order = desk.order(gold["client_id"], gold["id"])
    for day in ("2025-11-03", "2025-11-04", "2025-11-05"):
        desk.log(order, gold["rows"]["Remote Support"], "20", day)
    desk.log(order, gold["rows"]["Onsite Support"], "15", "2025-11-06")
    (entry,) = [e for e in callers("admin").get("/time-entries").json["items"] if e["hours"] == "15.00"]
    before = crossings(emitted)

    callers("admin").patch(f"/work-orders/{order}/time-entries/{entry['id']}", {"hours": "1"})
    callers("admin").patch(f"/work-orders/{order}/time-entries/{entry['id']}", {"hours": "15"})

    assert before == [("client", "remaining", "25.00")]
    assert crossings(emitted) == before


def test_hours_bought_make_the_next_crossing_news(world, callers, make_block, desk, emitted):
    client_id = world.client()
    (service,) = world.card(client_id, "Remote Support")
    manager = callers("manager")
    agreement = manager.post("/agreements", make_block(client_id, activate=True)).json
    order = desk.order(client_id, agreement["id"])
    desk.log(order, service, "8")

    bought = manager.post(f"/agreements/{agreement['id']}/hours", {"hours": "10", "note": "Bought more"}).json
    assert (bought["total_hours"], bought["hours_remaining"], bought["hours_used"]) == ("20.00", "12.00", "8.00")
    desk.log(order, service, "8")

    assert crossings(emitted) == [("client", "remaining", "25.00"), ("client", "remaining", "25.00")]
