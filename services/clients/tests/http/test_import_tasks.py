"""Imports that take longer than a request: 202 with the task, and the same report in the end."""

TABLE = "name,currency\nGood,USD\nAlso good,EUR\n"
BAD = "name,currency\nGood,USD\nBad,DOL\n"
KEY = {"Idempotency-Key": "k-1"}


def load(caller, table, **headers):
    path = "/clients/import?dry_run=false"
    return caller.post(path, data=table.encode(), content_type="text/csv", headers={**KEY, **headers})


def task_of(caller, answer):
    return caller.get(f"/clients/tasks/{answer.json['id']}").json


def test_a_long_import_is_answered_with_its_task(callers, run_tasks, emitted):
    manager = callers("manager")
    begun = load(manager, TABLE, Prefer="wait=0")

    assert (begun.status_code, begun.headers["Preference-Applied"]) == (202, "wait=0")
    shown = (begun.json["kind"], begun.json["title"], begun.json["status"])
    assert shown == ("import_clients", "Import of clients", "waiting")
    assert manager.get("/clients").json["total"] == 0

    run_tasks()

    done = task_of(manager, begun)
    assert (done["status"], done["progress"]) == ("succeeded", {"done": 2, "total": 2})
    assert manager.get("/clients").json["total"] == 2
    again = load(manager, TABLE)
    assert (again.status_code, again.json, again.headers["Idempotency-Replayed"]) == (200, done["result"], "true")
    assert again.headers["Location"] == f"/api/v1/tasks/{done['id']}"
    assert len(emitted("clients.client.created.v1")) == 2


def test_a_refused_import_answers_its_report_and_frees_its_key(callers, run_tasks):
    manager = callers("manager")
    begun = load(manager, BAD, Prefer="wait=0")
    run_tasks()
    failed = task_of(manager, begun)

    refused = load(manager, BAD)

    assert refused.status_code == 422
    assert "Idempotency-Replayed" not in refused.headers, "it was tried again"
    assert {name: refused.json[name] for name in failed["result"]} == failed["result"]
    assert (failed["status"], failed["result"]["report"]["failed"]) == ("failed", 1)
    assert failed["error"] == refused.json["detail"]
    assert manager.get("/clients").json["total"] == 0


def test_an_unreadable_file_is_refused_like_in_a_dry_run(callers):
    manager = callers("manager")
    real = load(manager, "colour\nred\n")
    dry = manager.post("/clients/import", data=b"colour\nred\n", content_type="text/csv")

    assert (real.status_code, real.json["errors"]) == (dry.status_code, dry.json["errors"])


def test_others_do_not_see_the_report(callers, run_tasks):
    begun = load(callers("manager"), TABLE, Prefer="wait=0")

    assert callers("manager").get(f"/clients/tasks/{begun.json['id']}").status_code == 200
    assert callers("technician").get(f"/clients/tasks/{begun.json['id']}").status_code == 404
