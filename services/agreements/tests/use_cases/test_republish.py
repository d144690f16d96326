"""Every agreement and time entry can be published again for lost replicas."""


def test_agreements_and_time_are_said_again(gold, desk, callers, app, in_work, emitted):
    order = desk.order(gold["client_id"], gold["id"])
    kept = desk.log(order, gold["rows"]["Remote Support"], "1").json
    gone = desk.log(order, gold["rows"]["Remote Support"], "2").json
    callers("manager").delete(f"/work-orders/{order}/time-entries/{gone['id']}")
    before = len(emitted())

    for republish in app.republishers:
        with in_work("system") as work:
            for _ in republish(work):
                work.flush()

    said = {(event.type, event.subject): event for event in emitted()[before:]}
    assert set(said) == {
        ("agreements.agreement.changed.v1", gold["id"]),
        ("agreements.work_order.changed.v1", order),
        ("agreements.time.logged.v1", kept["id"]),
        ("agreements.time.deleted.v1", gone["id"]),
    }
    agreement = said["agreements.agreement.changed.v1", gold["id"]]
    assert len(agreement.data["services"]) == 4
    assert agreement.sequence == agreement.data["version"] == gold["version"]
