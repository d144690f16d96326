"""Guessing passwords: from however many addresses, an account has one small limit, and its owner is not kept out."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from gateway.limits.guessing import network
from gateway.session.recognising import DEVICE_COOKIE
from gateway.user.passwords import Passwords

PASSWORD = "a long enough passphrase"


@pytest.fixture
def evaluated(monkeypatch):
    """What was compared with a stored password; comparing takes no time here."""
    compared: list[str] = []

    def matches(_self, stored, password):
        compared.append(password)
        return stored is not None and password == PASSWORD

    monkeypatch.setattr(Passwords, "matches", matches)
    return compared


def login(flask_app, email, password=PASSWORD, address="192.0.2.7", device=None):
    headers = {"Cookie": f"{DEVICE_COOKIE}={device}"} if device else {}
    return flask_app.test_client(use_cookies=False).post(
        "/api/v1/auth/login",
        json={"email": email, "password": password},
        environ_base={"REMOTE_ADDR": address},
        headers=headers,
    )


def attack(flask_app, email, addresses=20, times=15):
    return [
        login(flask_app, email, f"guess {number}", f"198.51.100.{number % addresses}")
        for number in range(addresses * times)
    ]


def told(answer):
    body = {name: value for name, value in answer.json.items() if name != "request_id"}
    return answer.status_code, body, answer.headers.get("Retry-After")


def test_300_guesses_from_20_addresses_are_20(flask_app, make_user, evaluated):
    user = make_user()

    answers = attack(flask_app, user.email)

    assert len(evaluated) == 20
    assert [answer.status_code for answer in answers].count(401) == 20
    assert {answer.status_code for answer in answers} == {401, 429}


def test_guesses_at_the_same_time_from_many_addresses_are_20(flask_app, make_user, evaluated):
    user = make_user()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda number: login(flask_app, user.email, "no", f"198.51.100.{number}"), range(60)))

    assert len(evaluated) <= 20


def test_the_answer_does_not_tell_which_limit_nor_whether_there_is_an_account_nor_a_right_password(
    flask_app, make_user, evaluated
):
    user = make_user()
    attack(flask_app, user.email)
    attack(flask_app, "nobody@evergreen.example")
    one_place = make_user()
    for _ in range(11):
        login(flask_app, one_place.email, "no", "203.0.113.5")

    answers = [
        login(flask_app, user.email, "no", "203.0.113.1"),
        login(flask_app, user.email, PASSWORD, "203.0.113.2"),
        login(flask_app, "nobody@evergreen.example", PASSWORD, "203.0.113.3"),
        login(flask_app, one_place.email, PASSWORD, "203.0.113.5"),
    ]

    assert answers[0].status_code == 429
    assert [told(answer) for answer in answers] == [told(answers[0])] * 4


def test_unknown_accounts_are_counted_alike(flask_app, make_user, evaluated):
    known = [answer.status_code for answer in attack(flask_app, make_user().email)]
    unknown = [answer.status_code for answer in attack(flask_app, "nobody@evergreen.example")]

    assert known == unknown


def test_the_owner_gets_in_from_an_address_and_a_browser_that_is_known(flask_app, make_user, evaluated, cookies_of):
    user = make_user()
    first = login(flask_app, user.email, address="192.0.2.1")
    device = next(value for name, value, _ in cookies_of(first) if name == DEVICE_COOKIE)
    attack(flask_app, user.email)

    assert login(flask_app, user.email, address="192.0.2.1").status_code == 200
    assert login(flask_app, user.email, address="192.0.2.99").status_code == 429
    again = login(flask_app, user.email, address="192.0.2.99", device=device)
    assert again.status_code == 200
    assert next(value for name, value, _ in cookies_of(again) if name == DEVICE_COOKIE) == device


def test_a_known_place_has_its_own_small_limit(flask_app, make_user, evaluated):
    user = make_user()
    login(flask_app, user.email)
    evaluated.clear()

    statuses = [login(flask_app, user.email, "no").status_code for _ in range(15)]

    assert statuses == [401] * 10 + [429] * 5
    assert (
        login(flask_app, user.email, address="192.0.2.8").status_code == 200
    )  # that uses up nothing of the strangers'


def test_a_browser_is_known_to_those_who_used_it(flask_app, make_user, evaluated, cookies_of):
    user, other = make_user(), make_user()
    device = next(value for name, value, _ in cookies_of(login(flask_app, other.email)) if name == DEVICE_COOKIE)
    attack(flask_app, user.email)

    assert login(flask_app, user.email, address="203.0.113.1", device=device).status_code == 429
    assert login(flask_app, user.email, address="203.0.113.1", device="evd_made_up").status_code == 429


def test_signing_in_does_not_hand_strangers_another_20(flask_app, make_user, evaluated):
    user = make_user()
    login(flask_app, user.email)
    attack(flask_app, user.email)
    login(flask_app, user.email)
    evaluated.clear()

    attack(flask_app, user.email)

    assert evaluated == []


def test_a_new_password_from_an_administrator_lets_the_owner_in(flask_app, sign_in, make_user, evaluated):
    user = make_user()
    attack(flask_app, user.email)
    assert login(flask_app, user.email).status_code == 429

    sign_in("admin").put(f"/users/{user.id}/password", {"new_password": PASSWORD})

    assert login(flask_app, user.email).status_code == 200


@pytest.mark.parametrize(
    ("stored", "variants"),
    [
        (
            "jörg@evergreen.example",
            ["JÖRG@evergreen.example", "jo\u0308rg@Evergreen.Example", " jörg@evergreen.example "],
        ),
        ("post@bücher.example", ["post@xn--bcher-kva.example", "POST@BÜCHER.example", "post@bu\u0308cher.example"]),
    ],
)
def test_all_spellings_of_an_email_are_one_account(flask_app, make_user, evaluated, stored, variants):
    user = make_user(email=stored)
    for number in range(60):
        login(flask_app, [stored, *variants][number % 4], "no", f"198.51.100.{number}")

    assert len(evaluated) == 20
    assert {login(flask_app, variant, address="203.0.113.1").status_code for variant in variants} == {429}
    assert user.email == stored


def test_one_ipv6_network_is_one_place(flask_app, make_user, evaluated):
    user = make_user()

    statuses = [login(flask_app, user.email, "no", f"2001:db8::{number:x}").status_code for number in range(1, 16)]

    assert statuses == [401] * 10 + [429] * 5
    assert network("::ffff:192.0.2.1") == "192.0.2.1"


def test_an_open_session_is_no_place_to_guess_its_owners_password(sign_in, evaluated):
    who = sign_in()
    change = {"current_password": "no", "new_password": "quite another passphrase"}

    statuses = [who.put("/auth/password", change).status_code for _ in range(12)]

    assert statuses == [422] * 10 + [429] * 2
    assert who.put("/auth/password", {**change, "current_password": PASSWORD}).status_code == 429


def test_places_are_forgotten_after_half_a_year(flask_app, make_user, app, evaluated):
    from gateway.session.housekeeping import tidy

    login(flask_app, make_user().email)
    with app.database.engine.begin() as connection:
        connection.execute(text("UPDATE sign_in_place SET last_used_at = now() - interval '181 days'"))
    tidy(app)

    with app.database.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM sign_in_place")) == 0
