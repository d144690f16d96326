"""The web client's files, the API's document, and the headers on everything."""

import gzip
import json

import pytest


@pytest.fixture
def dist(tmp_path):
    """What a build leaves behind."""
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    script = b"console.log('evergreen')" * 50
    (folder / "index.html").write_text("<title>staff</title>")
    (folder / "portal.html").write_text("<title>portal</title>")
    (folder / "docs.html").write_text("<title>docs</title>")
    (folder / "favicon.svg").write_text("<svg/>")
    (folder / "assets/app-1a2b.js").write_bytes(script)
    (folder / "assets/app-1a2b.js.gz").write_bytes(gzip.compress(script))
    (folder / "assets/app-1a2b.js.br").write_bytes(b"pretend brotli")
    (tmp_path / "secret.txt").write_text("not yours")
    return folder


@pytest.fixture
def browser(make_flask_app, dist, tmp_path):
    (tmp_path / "openapi.json").write_text('{"openapi": "3.1.0"}')
    return make_flask_app(web_dir=dist, openapi_file=tmp_path / "openapi.json").test_client()


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/", "staff"),
        ("/clients/42", "staff"),
        ("/portal", "portal"),
        ("/portal/invoices", "portal"),
        ("/portals", "staff"),
        ("/api/docs", "docs"),
        ("/api/v1/docs", "docs"),
    ],
)
def test_pages(browser, path, title):
    answer = browser.get(path)

    assert answer.status_code == 200
    assert f"<title>{title}</title>" in answer.text
    assert answer.mimetype == "text/html"
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("identity", None), ("br;q=0, gzip", "gzip")],
)
def test_scripts_come_in_the_best_encoding_and_stay_for_good(browser, accepted, encoding):
    answer = browser.get("/assets/app-1a2b.js", headers={"Accept-Encoding": accepted})

    assert answer.headers.get("Content-Encoding") == encoding
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.mimetype == "text/javascript"
    if encoding == "gzip":
        assert b"evergreen" in gzip.decompress(answer.data)


def test_a_page_is_sent_again_only_if_it_changed(browser):
    first = browser.get("/")

    assert browser.get("/", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    "path", ["/assets/gone.js", "/robots.txt", "/../secret.txt", "/%2e%2e/secret.txt", "/assets/../../secret.txt"]
)
def test_what_is_not_there_is_not_found(browser, path):
    answer = browser.get(path)

    assert answer.status_code == 404
    assert "not yours" not in answer.text


def test_a_new_build_is_noticed(browser, dist):
    browser.get("/")
    (dist / "assets/app-3c4d.js").write_text("new")
    (dist / "index.html").write_text("<title>new staff</title>")

    assert browser.get("/assets/app-3c4d.js").status_code == 200
    assert "new staff" in browser.get("/").text


def test_without_a_build_a_page_says_so(make_flask_app, tmp_path):
    answer = make_flask_app(web_dir=tmp_path / "nothing").test_client().get("/")

    assert answer.status_code == 503
    assert "has not been built" in answer.text


def test_the_documented_api_is_public(browser):
    assert browser.get("/api/v1/openapi.json").json == {"openapi": "3.1.0"}
    assert browser.get("/api/openapi.json").json == {"openapi": "3.1.0"}


def test_the_packaged_document_is_found(app):
    document = json.loads(app.settings.openapi_file.read_text())

    assert "/api/v1/auth/login" in document["paths"]


@pytest.mark.parametrize(
    "path", ["/", "/assets/app-1a2b.js", "/api/v1/auth/me", "/api/v1/services", "/healthz", "/gone.txt"]
)
def test_every_answer_carries_the_security_headers(browser, path):
    headers = browser.get(path).headers

    assert "script-src 'self';" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Access-Control-Allow-Origin" not in headers
    assert "Strict-Transport-Security" not in headers


def test_in_production_browsers_are_told_to_insist_on_tls(make_flask_app):
    headers = make_flask_app(environment="production").test_client().get("/healthz").headers

    assert headers["Strict-Transport-Security"].startswith("max-age=")


def test_a_preflight_gets_no_permission(browser):
    answer = browser.options(
        "/api/v1/services", headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    )

    assert answer.status_code == 401
    assert not [name for name, _ in answer.headers if name.lower().startswith("access-control-")]


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_an_address_the_api_lacks_is_not_found_by_any_method(sign_in, browser, method):
    who = sign_in("manager")
    answer = who.call(method, "/jobs/nope/run")

    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")
    assert answer.json["detail"] == "This address does not exist."
    assert answer.json["request_id"] == answer.headers["X-Request-Id"]
    assert who.put("/users").status_code == 405
    assert browser.open("/api/v1/jobs/nope/run", method=method).status_code == 401


@pytest.mark.parametrize("method", ["TRACE", "PROPFIND"])
@pytest.mark.parametrize("path", ["/", "/api/v1/auth/me", "/api/v1/services"])
def test_an_unknown_method_is_refused_as_a_problem(browser, method, path):
    answer = browser.open(path, method=method)

    assert (answer.status_code, answer.content_type) == (405, "application/problem+json")
    assert answer.json["request_id"] == answer.headers["X-Request-Id"]
    assert "TRACE" not in answer.headers["Allow"]


@pytest.mark.parametrize("path", ["/readyz", "/metrics", "/metrics/"])
def test_what_is_for_operators_is_not_there_through_a_proxy(browser, path):
    answer = browser.get(path, headers={"X-Forwarded-For": "203.0.113.9"})

    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")
    assert browser.get(path.rstrip("/")).status_code == 200
    assert browser.get("/healthz", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 200
