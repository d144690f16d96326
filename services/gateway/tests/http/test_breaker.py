"""A service that is away: its routes answer 503 at once, and nobody else's do."""

from time import monotonic, sleep

import pytest


@pytest.fixture
def dead_port(upstream) -> int:
    """A port where nobody listens."""
    from socket import socket

    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_dead_service_is_told_at_once_and_the_others_go_on(sign_in, make_flask_app, upstream, dead_port):
    who = sign_in(at=make_flask_app(upstreams={"catalog": f"http://127.0.0.1:{dead_port}", "clients": upstream.url}))

    for _ in range(8):
        answer = who.get("/services")
        assert answer.status_code == 503
        assert answer.mimetype == "application/problem+json"
        assert int(answer.headers["Retry-After"]) >= 1
        assert who.get("/clients").status_code == 200


def test_a_service_that_does_not_answer_is_given_up_and_found_again(sign_in, make_flask_app, upstream):
    """After some time-outs nobody waits any longer; once it is well again, the next try closes the circuit."""
    flask_app = make_flask_app(
        upstreams={"catalog": upstream.url, "clients": upstream.url},
        request_seconds=0.1,
        breaker_failures=3,
        breaker_seconds=0.5,
    )
    who = sign_in(at=flask_app)
    for _ in range(3):
        assert who.get("/services?sleep=0.4").status_code == 504
    before, started = upstream.requests, monotonic()

    assert who.get("/services").status_code == 503
    assert who.get("/clients").status_code == 200
    assert upstream.requests == before + 1
    assert monotonic() - started < 0.4

    sleep(0.6)  # the breaker's own time; nothing else can be waited for
    assert who.get("/services").status_code == 200
    assert who.get("/services").status_code == 200


def test_a_restarted_service_is_found_again(sign_in, make_flask_app, dead_port, upstream):
    flask_app = make_flask_app(
        upstreams={"catalog": f"http://127.0.0.1:{dead_port}"}, breaker_failures=2, breaker_seconds=0.2
    )
    who = sign_in(at=flask_app)
    for _ in range(3):
        assert who.get("/services").status_code == 503
    again = type(upstream)(dead_port)
    try:
        deadline = monotonic() + 5
        while who.get("/services").status_code != 200:
            assert monotonic() < deadline
            sleep(0.05)
    finally:
        again.stop()


def test_a_service_without_an_address_is_away(sign_in, make_flask_app):
    assert sign_in(at=make_flask_app(upstreams={"catalog": ""})).get("/services").status_code == 503


def test_a_database_that_hangs_is_told_soon_and_then_at_once(sign_in, app, monkeypatch):
    """It neither answers nor refuses, as one that is stopped: nobody is recognised, and nobody waits for ever."""
    from sqlalchemy import text

    from gateway.session import lookup

    who = sign_in()
    assert who.get("/auth/me").status_code == 200
    monkeypatch.setattr(lookup, "ANSWER_SECONDS", 0.2)
    with app.database.engine.begin() as connection:
        connection.execute(text("LOCK TABLE session IN ACCESS EXCLUSIVE MODE"))
        answers = [who.get("/auth/me") for _ in range(8)]
        asked = connection.scalar(
            text("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'gateway lookup' AND state = 'active'")
        )

    assert {answer.status_code for answer in answers} == {503}
    assert all(int(answer.headers["Retry-After"]) >= 1 for answer in answers)
    assert asked <= 6, "the circuit did not open"
    monkeypatch.setattr(lookup, "ANSWER_SECONDS", 30.0)
    deadline = monotonic() + 30
    while who.get("/auth/me").status_code != 200:
        assert monotonic() < deadline
        sleep(0.1)
