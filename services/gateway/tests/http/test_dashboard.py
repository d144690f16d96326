"""The dashboard: all services' parts in one answer, whoever is missing."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import monotonic, sleep

import pytest

PARTS = {
    "billing": (
        200,
        {
            "counts": {"invoices_open": 2},
            "money": [{"currency": "USD", "receivable": "12.50", "overdue": "0.00", "unbilled": None}],
            "alerts": [{"kind": "overdue", "severity": "warning", "title": "1 overdue", "href": None}],
            "recent_invoices": [],
        },
    ),
    "catalog": (200, {"counts": {"services_active": 10}}),
    "clients": (403, {}),
    "agreements": (500, {}),
}


@pytest.fixture
def parts():
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            name = self.path.split("/")[3]
            if name == "notifications":
                sleep(8)
            status, part = PARTS[name]
            body = json.dumps(part).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_the_parts_are_merged_and_the_missing_named(sign_in, make_flask_app, parts, monkeypatch):
    from gateway import asking
    from gateway.proxy import upstream

    monkeypatch.setattr(upstream, "DASHBOARD_SECONDS", 0.3)
    monkeypatch.setattr(asking, "DASHBOARD_SECONDS", 0.3)
    flask_app = make_flask_app(upstreams=dict.fromkeys([*PARTS, "notifications"], parts))
    started = monotonic()

    answer = sign_in("admin", at=flask_app).get("/dashboard")

    assert answer.status_code == 200
    assert answer.json["counts"] == {"invoices_open": 2, "services_active": 10, "users_active": 1}
    assert answer.json["money"] == PARTS["billing"][1]["money"]
    assert answer.json["alerts"] == PARTS["billing"][1]["alerts"]
    assert answer.json["unavailable"] == ["agreements", "notifications"]
    assert monotonic() - started < 3


def test_with_no_service_at_all_it_still_answers(sign_in, flask_app):
    answer = sign_in("client_user").get("/dashboard")

    assert answer.status_code == 200
    assert len(answer.json["unavailable"]) == 5
    assert "users_active" not in answer.json["counts"]
