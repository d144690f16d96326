"""Who is taken off a client is so from the answer on that says it, whatever events have yet to come."""

from datetime import timedelta
from urllib.parse import quote

import jwt
import pytest
from sqlalchemy import text

from common.clock import now
from common.http.assignments import Assignment, unpacked
from common.ids import new_id
from gateway.session import housekeeping
from gateway.session.assignments import MOST_CLOSED

CLIENTS = [new_id(), new_id()]


@pytest.fixture
def manager(sign_in, make_user, forwarding_app):
    return sign_in(make_user("manager"), forwarding_app)


@pytest.fixture
def technician(sign_in, make_user, forwarding_app):
    return sign_in(make_user("technician"), forwarding_app)


@pytest.fixture
def answers(manager, technician):
    """`answers(client, version, active)`: what the clients service answers with, through the gateway."""

    def answer(client, version, active, status=204):
        header = quote(Assignment(technician.user.id, client, version, active).header())
        return manager.delete(f"/clients/{client}/technicians/{new_id()}?assignment={header}&status={status}")

    return answer


def closed(caller):
    """The clients that a service is told are closed to this caller."""
    told = caller.get("/work-orders").json["headers"]["Authorization"]
    claims = jwt.decode(told.removeprefix("Bearer "), options={"verify_signature": False})
    return set(unpacked(claims.get("closed_clients", "")))


def test_from_the_answer_on_the_client_is_closed(answers, manager, technician, sign_in, make_user, forwarding_app):
    assert closed(technician) == set()

    for client in CLIENTS:
        told = answers(client, 2, active=False)
        assert told.status_code == 204
        assert "Evergreen-Assignment" not in told.headers

    assert closed(technician) == set(CLIENTS)
    assert closed(manager) == set()
    assert closed(sign_in(make_user("technician"), forwarding_app)) == set(), "nobody else's"


def test_assigned_anew_it_is_open_again_and_older_facts_change_nothing(answers, technician):
    answers(CLIENTS[0], 2, active=False)
    answers(CLIENTS[0], 3, active=True)
    assert closed(technician) == set()
    answers(CLIENTS[0], 2, active=False)
    assert closed(technician) == set(), "late"
    answers(CLIENTS[0], 4, active=False)
    assert closed(technician) == {CLIENTS[0]}


def test_an_event_reopens_what_an_answer_did_not(answers, technician, deliver):
    answers(CLIENTS[0], 2, active=False)
    data = {"id": new_id(), "client_id": CLIENTS[0], "user_id": technician.user.id, "active": True}

    deliver("clients.technician.assigned.v1", {**data, "version": 1})
    assert closed(technician) == {CLIENTS[0]}
    deliver("clients.technician.assigned.v1", {**data, "version": 3})
    assert closed(technician) == set()


def test_a_repeated_request_tells_it_as_well(answers, technician):
    assert answers(CLIENTS[0], 2, active=False, status=404).status_code == 404

    assert closed(technician) == {CLIENTS[0]}


def test_an_end_that_cannot_be_noted_is_no_success(answers, technician, app):
    try:
        with app.database.engine.begin() as connection:
            connection.execute(
                text("ALTER TABLE assignment_change ADD CONSTRAINT broken CHECK (version < 0) NOT VALID")
            )
        assert answers(CLIENTS[0], 2, active=False).status_code == 503
    finally:
        with app.database.engine.begin() as connection:
            connection.execute(text("ALTER TABLE assignment_change DROP CONSTRAINT broken"))
    assert answers(CLIENTS[0], 2, active=False, status=404).status_code == 404
    assert closed(technician) == {CLIENTS[0]}


def test_what_replicas_have_long_heard_of_is_forgotten(answers, technician, app):
    answers(CLIENTS[0], 2, active=False)
    with app.database.engine.begin() as connection:
        connection.execute(text("UPDATE assignment_change SET changed_at = :day"), {"day": now() - timedelta(days=31)})

    housekeeping.tidy(app)

    assert closed(technician) == set()


def test_more_than_a_token_can_name_closes_everything(technician, app):
    fill = "INSERT INTO assignment_change SELECT :user, gen_random_uuid(), 2, false, now() FROM generate_series(1, :n)"

    def end(number):
        with app.database.engine.begin() as connection:
            connection.execute(text(fill), {"user": technician.user.id, "n": number})

    end(MOST_CLOSED)
    assert len(closed(technician)) == MOST_CLOSED
    end(1)
    assert technician.get("/work-orders").status_code == 403
