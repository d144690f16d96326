"""Who uses a service is learnt from events, and keeps it from being deleted."""

from common.ids import new_id

REMOTE = {"name": "Remote Support", "description": "Help over the wire", "default_rate": "125.00"}


def test_a_used_service_is_counted_and_cannot_be_deleted(callers, deliver):
    admin = callers("admin")
    service_id = admin.post("/services", REMOTE).json["id"]
    for client_id in (new_id(), new_id()):
        row = {"service_id": service_id, "included": True}
        deliver("clients.client_service.changed.v1", {"client_id": client_id, "services": [row]})
    deliver("agreements.agreement.created.v1", {"id": new_id(), "services": [{"service_id": service_id}]})

    seen = admin.get(f"/services/{service_id}").json
    refused = admin.delete(f"/services/{service_id}")

    assert (seen["client_count"], seen["agreement_count"]) == (2, 1)
    assert refused.status_code == 409
    assert refused.json["detail"].startswith("Service is in use by 2 clients and 1 agreements")


def test_an_unused_service_is_deleted_for_good(callers, emitted):
    admin = callers("admin")
    service_id = admin.post("/services", REMOTE).json["id"]

    assert admin.delete(f"/services/{service_id}").status_code == 204
    assert admin.get(f"/services/{service_id}").status_code == 404
    assert emitted("catalog.service.deleted.v1")[0].sequence == 2


def test_the_same_event_twice_has_one_effect(callers, deliver, emitted):
    admin = callers("admin")
    service_id = admin.post("/services", REMOTE).json["id"]
    event_id = new_id()
    data = {"id": new_id(), "services": [{"service_id": service_id}]}
    deliver("agreements.agreement.created.v1", data, event_id=event_id)
    deliver("agreements.agreement.changed.v1", {**data, "services": []})
    deliver("agreements.agreement.created.v1", data, event_id=event_id)

    assert admin.get(f"/services/{service_id}").json["agreement_count"] == 0
