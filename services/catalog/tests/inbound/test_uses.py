"""Who uses a service is learnt from events, and keeps it from being deleted."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

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


def test_taken_off_a_card_it_is_no_longer_counted_but_still_not_deleted(callers, deliver):
    admin = callers("admin")
    service_id = admin.post("/services", REMOTE).json["id"]
    client_id = new_id()

    def say(included: bool, version: int) -> None:
        row = {"service_id": service_id, "included": included, "version": version}
        deliver("clients.client_service.changed.v1", {"client_id": client_id, "services": [row]})

    for included, version, count in ((True, 1, 1), (False, 3, 0), (True, 2, 0), (True, 4, 1), (False, 5, 0)):
        say(included, version)
        assert admin.get(f"/services/{service_id}").json["client_count"] == count
    refused = admin.delete(f"/services/{service_id}")
    assert (refused.status_code, refused.json["client_count"], refused.json["agreement_count"]) == (409, 1, 0)


def test_an_agreement_counts_while_it_covers_the_service(callers, deliver):
    admin = callers("admin")
    ids = [admin.post("/services", {**REMOTE, "name": name}).json["id"] for name in ("A", "B")]
    agreement = {"id": new_id(), "status": "active"}

    def counts() -> list[int]:
        return [admin.get(f"/services/{service_id}").json["agreement_count"] for service_id in ids]

    def say(name: str, version: int, *covered: str, **changes: str) -> None:
        services = [{"service_id": service_id} for service_id in covered]
        deliver(f"agreements.agreement.{name}.v1", {**agreement, "version": version, "services": services, **changes})

    say("created", 1, *ids)
    assert counts() == [1, 1]
    say("changed", 3, ids[0])
    assert counts() == [1, 0]
    say("changed", 2, *ids)
    assert counts() == [1, 0]
    say("cancelled", 4, ids[0], status="cancelled")
    assert counts() == [0, 0]


def test_a_deleted_draft_counts_no_more(callers, deliver):
    admin = callers("admin")
    service_id = admin.post("/services", REMOTE).json["id"]
    draft = {"id": new_id(), "status": "draft", "services": [{"service_id": service_id}]}
    deliver("agreements.agreement.created.v1", {**draft, "version": 1})
    deliver("agreements.agreement.deleted.v1", {**draft, "version": 3})
    deliver("agreements.agreement.changed.v1", {**draft, "version": 2})

    assert admin.get(f"/services/{service_id}").json["agreement_count"] == 0


def test_a_merged_client_is_counted_as_the_one_it_went_up_in(callers, deliver):
    admin = callers("admin")
    ids = [admin.post("/services", {**REMOTE, "name": name}).json["id"] for name in ("A", "B", "C")]
    survivor, merged = new_id(), new_id()

    def say(client_id: object, service_id: str, version: int, *, included: bool = True) -> None:
        row = {"service_id": service_id, "included": included, "version": version}
        deliver("clients.client_service.changed.v1", {"client_id": client_id, "services": [row]})

    def counts() -> list[int]:
        return [admin.get(f"/services/{service_id}").json["client_count"] for service_id in ids]

    say(survivor, ids[0], 1)
    say(merged, ids[0], 1)
    say(merged, ids[1], 9)
    assert counts() == [2, 1, 0]
    deliver("clients.client.merged.v1", {"id": survivor, "merged_client_id": merged})
    assert counts() == [1, 1, 0]
    say(merged, ids[2], 4)  # told of late
    say(merged, ids[0], 5, included=False)
    assert counts() == [1, 1, 1]
    say(survivor, ids[1], 2, included=False)
    assert counts() == [1, 0, 1]


def test_counts_stay_exact_when_many_say_so_at_once(app, callers, deliver):
    """Four consumers, clients and agreements in any order, some events twice: counters equal what is stored."""
    admin = callers("admin")
    ids = [admin.post("/services", {**REMOTE, "name": f"Service {number}"}).json["id"] for number in range(8)]
    seeds = [random.Random(number) for number in range(4)]
    clients = [new_id() for _ in range(10)]

    def consume(chance: random.Random) -> None:
        for version in range(1, 26):
            chosen = chance.sample(ids, 5)
            rows = [{"service_id": key, "included": chance.random() < 0.7, "version": version} for key in chosen]
            deliver("clients.client_service.changed.v1", {"client_id": chance.choice(clients), "services": rows})

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(consume, seeds))

    with app.database.engine.connect() as connection:
        stored = connection.execute(text("SELECT id, client_count FROM service ORDER BY id")).all()
        counted = connection.execute(
            text(
                "SELECT id, count(user_id) FROM service LEFT JOIN service_use ON service_id = service.id AND in_use"
                " GROUP BY id ORDER BY id"
            )
        ).all()
    assert stored == counted
    assert sum(count for _, count in stored) > 0


@pytest.mark.parametrize("number", range(10))
def test_taken_and_deleted_at_the_same_moment(number, app, callers, deliver):
    """Either it is refused with the count, or it is gone and no use of it is left."""
    admin = callers("admin")
    service_id = admin.post("/services", REMOTE).json["id"]
    row = {"service_id": service_id, "included": True, "version": 1}
    barrier = threading.Barrier(3)

    def take() -> None:
        barrier.wait()
        deliver("clients.client_service.changed.v1", {"client_id": new_id(), "services": [row]})

    def delete() -> tuple[int, int | None]:
        barrier.wait()
        answer = callers("admin").delete(f"/services/{service_id}")
        return answer.status_code, (answer.json or {}).get("client_count")

    with ThreadPoolExecutor(3) as pool:
        taken = [pool.submit(take), pool.submit(take)]
        status, clients = pool.submit(delete).result()
        for one in taken:
            one.result()

    with app.database.engine.connect() as connection:
        uses = connection.scalar(text("SELECT count(*) FROM service_use"))
    seen = admin.get(f"/services/{service_id}")
    if status == 409:
        assert clients in (1, 2)
        assert (seen.json["client_count"], uses) == (2, 2)
    else:
        assert (status, seen.status_code, uses) == (204, 404, 0)
