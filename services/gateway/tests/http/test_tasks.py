"""The tasks of all services in one list, and the one among them that has a task."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest

from common.context import Context
from gateway.session.housekeeping import TIDY

BILLING_TASK = "01980000-0000-7000-8000-000000000001"
UNKNOWN = "01980000-0000-7000-8000-000000000009"


def task(service: str, minute: int, task_id: str = UNKNOWN, status: str = "running") -> dict:
    return {
        "id": task_id,
        "service": service,
        "kind": "k",
        "status": status,
        "created_at": f"2026-01-01T00:{minute:02d}:00+00:00",
    }


PAGES = {"billing": [50, 30, 10], "clients": [40, 20]}


@pytest.fixture
def services():
    """Billing and clients have tasks; catalog is away; the others have none."""
    seen = []

    class Handler(BaseHTTPRequestHandler):
        def answer(self):
            url = urlsplit(self.path)
            parts = url.path.split("/")[3:]
            seen.append((self.command, parts[0], parts[2:], parse_qs(url.query)))
            status, body = reply(self.command, parts[0], parts[2:])
            encoded = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(encoded)))
            self.end_headers()
            self.wfile.write(encoded)

        do_GET = do_POST = answer

        def log_message(self, *arguments):
            pass

    def reply(method, service, rest):
        if service == "catalog":
            return 500, {}
        if not rest:
            items = [task(service, minute) for minute in PAGES.get(service, [])]
            return 200, {"items": items, "next_cursor": None, "total": len(items), "total_is_exact": True}
        if service != "billing" or rest[0] != BILLING_TASK:
            return 404, {}
        if rest[1:] == ["retry"]:
            return 409, {"detail": "The task is running."}
        return 200, task("billing", 5, BILLING_TASK, "cancelled" if method == "POST" else "running")

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", seen
    server.shutdown()
    server.server_close()


@pytest.fixture
def admin(sign_in, make_flask_app, services):
    names = ["agreements", "billing", "catalog", "clients", "notifications"]
    return sign_in("admin", at=make_flask_app(upstreams=dict.fromkeys(names, services[0])))


def test_the_newest_of_all_services_come_first(admin, services):
    page = admin.get("/tasks?page_size=3&status=running").json

    assert [(item["service"], item["created_at"][14:16]) for item in page["items"]] == [
        ("billing", "50"),
        ("clients", "40"),
        ("billing", "30"),
    ]
    assert (page["total"], page["unavailable"]) == (5, ["catalog"])
    admin.get(f"/tasks?page_size=3&cursor={page['next_cursor']}")
    asked = [query for _, service, _, query in services[1] if service == "billing"]
    assert asked[0] == {"page_size": ["3"], "status": ["running"]}
    assert asked[1]["cursor"] == [page["next_cursor"]]


def test_a_task_is_found_and_cancelled_where_it_is(admin, services):
    assert admin.get(f"/tasks/{BILLING_TASK}").json["status"] == "running"
    assert admin.post(f"/tasks/{BILLING_TASK}/cancel").json["status"] == "cancelled"
    assert [entry[:3] for entry in services[1] if entry[0] == "POST"] == [("POST", "billing", [BILLING_TASK, "cancel"])]
    refused = admin.post(f"/tasks/{BILLING_TASK}/retry")
    assert (refused.status_code, refused.json["detail"]) == (409, "The task is running.")


def test_a_task_that_may_be_with_a_missing_service_is_not_called_unknown(admin):
    answer = admin.get(f"/tasks/{UNKNOWN}")
    assert (answer.status_code, "catalog" in answer.json["detail"]) == (503, True)


def test_the_gateways_own_tasks_are_among_them(sign_in, app, make_flask_app, services):
    with app.work(Context()) as work:
        task_id = work.enqueue(TIDY)
    flask_app = make_flask_app(upstreams={"notifications": services[0]})
    admin = sign_in("admin", at=flask_app)

    (listed,) = admin.get("/tasks").json["items"]
    assert (listed["id"], listed["service"], listed["title"]) == (str(task_id), "gateway", TIDY.title)
    assert admin.get(f"/tasks/{task_id}").json["result"] is None
    assert admin.post(f"/tasks/{task_id}/cancel").json["status"] == "cancelled"
    assert admin.get(f"/tasks/{UNKNOWN}").status_code == 404
    assert sign_in("technician", at=flask_app).get("/tasks").json["items"] == []


def test_clients_users_see_none(sign_in, make_flask_app, services):
    flask_app = make_flask_app(upstreams={"notifications": services[0]})
    assert sign_in("client_user", at=flask_app).get("/tasks").status_code == 403
