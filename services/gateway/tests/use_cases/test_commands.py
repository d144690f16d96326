"""`gateway users …` on the command line."""

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from common.ids import new_id
from gateway.cli import main

PASSWORD = "from standard input"


@pytest.fixture
def run(app):
    def call(*arguments, given=PASSWORD + "\n"):
        return CliRunner().invoke(main, ["users", *arguments], input=given)

    return call


def create(run, *more, role="super_admin", given=PASSWORD + "\n"):
    arguments = ["create", "--email", "first@evergreen.example", "--role", role, "--name", "First", "--password-stdin"]
    return run(*arguments, *more, given=given)


def test_the_first_user_is_made_and_can_sign_in(run, nobody, emitted):
    done = create(run)

    assert done.exit_code == 0, done.output
    credentials = {"email": "first@evergreen.example", "password": PASSWORD}
    assert nobody.post("/auth/login", credentials).json["user"]["role"] == "super_admin"
    assert [event.actor for event in emitted("gateway.user.created.v1")] == ["system:system"]


def test_made_once_however_often_it_is_asked_for(run, app):
    assert create(run).exit_code == 0
    assert create(run).exit_code == 1
    again = create(run, "--if-missing", role="admin", given="another password\n")

    assert again.exit_code == 0
    assert "already exists with the role super_admin" in again.output
    with app.database.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM users")) == 1


@pytest.mark.parametrize(
    ("more", "role", "given", "told"),
    [
        ((), "admin", "short\n", "password"),
        ((), "client_user", PASSWORD + "\n", "client_id"),
        (("--client-id", "00000000-0000-4000-8000-000000000000"), "client_user", PASSWORD + "\n", "client_id"),
        (("--email", "no address"), "admin", PASSWORD + "\n", "email"),
    ],
)
def test_what_is_wrong_is_said(run, more, role, given, told):
    failed = create(run, *more, role=role, given=given)

    assert failed.exit_code == 1
    assert told in failed.output


def test_a_client_user_is_made_for_a_client_there_is(run, client_id):
    assert create(run, "--client-id", str(client_id), role="client_admin").exit_code == 0


def test_users_are_listed_and_disabled(run, sign_in):
    who = sign_in("admin")

    assert who.user.email in run("list").output
    assert run("disable", "--email", who.user.email).exit_code == 0
    assert who.get("/auth/me").status_code == 401
    assert "disabled" in run("list").output
    assert run("disable", "--email", who.user.email).exit_code == 1
    assert run("disable", "--email", f"{new_id()}@nowhere.example").exit_code == 1
