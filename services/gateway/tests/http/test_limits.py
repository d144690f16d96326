"""Rate limits: shared by all processes through the database."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from gateway.limits.window import Limit
from gateway.session import signing_in

PASSWORD = "a long enough passphrase"


def login(flask_app, email, password=PASSWORD, address="192.0.2.7"):
    body = {"email": email, "password": password}
    return flask_app.test_client(use_cookies=False).post(
        "/api/v1/auth/login", json=body, environ_base={"REMOTE_ADDR": address}
    )


@pytest.fixture
def cheap(monkeypatch):
    """Limits as in production, with passwords that take no time to check."""
    from gateway.user.passwords import Passwords

    monkeypatch.setattr(
        Passwords, "matches", lambda self, stored, password: stored is not None and password == PASSWORD
    )


def test_the_eleventh_wrong_password_is_refused_whichever_process_is_asked(flask_app, make_flask_app, make_user, cheap):
    user, other, second = make_user(), make_user(), make_flask_app()

    for number in range(10):
        assert login((flask_app, second)[number % 2], user.email, "wrong").status_code == 401
    refused = login(second, user.email, "wrong")

    assert refused.status_code == 429
    assert refused.mimetype == "application/problem+json"
    assert 0 < int(refused.headers["Retry-After"]) <= 1800
    assert login(flask_app, user.email).status_code == 429  # nor does the right one tell anything now
    assert login(flask_app, user.email, address="192.0.2.8").status_code == 200
    assert login(flask_app, other.email).status_code == 200


def test_guesses_sent_all_at_once_are_no_cheaper(flask_app, make_user, cheap):
    user = make_user()

    with ThreadPoolExecutor(16) as threads:
        statuses = list(threads.map(lambda _: login(flask_app, user.email, "wrong").status_code, range(40)))

    assert statuses.count(401) <= 10
    assert statuses.count(401) + statuses.count(429) == 40


def test_a_right_password_forgets_the_wrong_ones(flask_app, make_user, cheap):
    user = make_user()

    for _ in range(3):
        for _ in range(9):
            assert login(flask_app, user.email, "wrong").status_code == 401
        assert login(flask_app, user.email).status_code == 200


def test_an_address_has_so_many_sign_ins_a_minute(flask_app, make_flask_app, make_user, cheap, monkeypatch):
    monkeypatch.setattr(signing_in, "LOGINS", Limit(5, 60))
    user, second = make_user(), make_flask_app()

    statuses = [login((flask_app, second)[number % 2], user.email).status_code for number in range(7)]

    assert statuses[:5] == [200] * 5
    assert statuses[5:] == [429, 429]
    assert login(flask_app, user.email, address="192.0.2.8").status_code == 200


def test_a_users_requests_are_counted_together(sign_in, make_flask_app, upstream):
    """By session or by key, forwarded or answered here, in one process or another."""
    apps = [make_flask_app(upstreams={"catalog": upstream.url}, api_rate_limit=Limit(6, 3600)) for _ in range(2)]
    who, other = sign_in(at=apps[0]), sign_in(at=apps[0])
    again = sign_in(who.user, at=apps[1])
    key = again.with_token(again.post("/api-keys", {"name": "k"}).json["key"])

    statuses = [ask(path).status_code for ask in (who.get, again.get, key.get) for path in ("/services", "/auth/me")]
    refused = who.get("/services")

    assert statuses == [200, 200, 200, 200, 200, 429]
    assert refused.status_code == 429
    assert refused.mimetype == "application/problem+json"
    assert int(refused.headers["Retry-After"]) > 0
    assert other.get("/services").status_code == 200


def test_no_hit_is_lost_under_load(sign_in, make_flask_app):
    apps = [make_flask_app(api_rate_limit=Limit(25, 3600)) for _ in range(2)]
    who = sign_in(at=apps[0])
    callers = [who, sign_in(who.user, at=apps[1])]

    with ThreadPoolExecutor(8) as threads:
        statuses = list(threads.map(lambda number: callers[number % 2].get("/auth/me").status_code, range(60)))

    assert statuses.count(200) == 25
    assert statuses.count(429) == 35


def test_counters_are_not_logged_and_old_ones_are_forgotten(app, flask_app, make_user, cheap):
    from gateway.session.housekeeping import tidy

    login(flask_app, make_user().email)
    with app.database.engine.begin() as connection:
        assert connection.scalar(text("SELECT relpersistence FROM pg_class WHERE relname = 'rate_count'")) == "u"
        connection.execute(text("UPDATE rate_count SET slot_ends = slot_ends - 10000"))
    tidy(app)

    with app.database.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM rate_count")) == 0
