"""The organisation's settings, as super administrators change them."""

from threading import Barrier, Thread

import pytest

from common.organisation import stored
from common.organisation.settings import DEFAULTS

CHANGED = "gateway.organisation.changed.v1"


@pytest.fixture
def boss(sign_in):
    return sign_in("super_admin")


def test_defaults_apply_until_somebody_saves(boss):
    answer = boss.get("/settings")

    assert (answer.status_code, answer.headers["ETag"]) == (200, '"0"')
    shown = answer.json
    assert (shown["name"], shown["currency"], shown["time_zone"]) == ("Evergreen MSP", "USD", "America/New_York")
    assert (shown["time_increment"], shown["version"], shown["updated_at"]) == (None, 0, None)
    assert [one["weekday"] for one in shown["business_hours"]][-1] == "friday"


def test_a_change_is_stored_published_and_only_what_was_sent(boss, emitted, app):
    body = {
        "name": "  Harbor IT ",
        "time_zone": "America/Cayman",
        "time_increment": "0.25",
        "own_holidays": [{"name": "Founders' day", "day": "2025-06-02", "every_year": True}],
        "payment_instructions": [{"currency": None, "text": "Pay by check."}],
    }

    answer = boss.patch("/settings", body, headers={"If-Match": '"0"'})

    assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"'), answer.json
    assert answer.json["name"] == "Harbor IT"
    assert boss.get("/settings").json == answer.json
    first, second = emitted(CHANGED)
    assert (first.sequence, first.data["name"], second.sequence) == (1, "Evergreen MSP", 2)
    assert second.data["payment_instructions"] == body["payment_instructions"]
    assert (second.data["currency"], second.data["time_increment"]) == ("USD", "0.25")
    with app.database.sessions() as session:
        assert stored.read(session).settings.time_zone.key == "America/Cayman"


def test_saving_the_same_again_publishes_nothing(boss, emitted):
    boss.patch("/settings", {"currency": "KYD"})
    again = boss.patch("/settings", {"currency": "KYD"})

    assert again.json["version"] == 2
    assert len(emitted(CHANGED)) == 2


def test_an_older_version_is_refused(boss):
    boss.patch("/settings", {"currency": "KYD"})

    assert boss.patch("/settings", {"currency": "EUR"}, headers={"If-Match": '"1"'}).status_code == 412
    assert boss.get("/settings").json["currency"] == "KYD"


def test_only_super_administrators_change_settings(sign_in):
    admin, technician = sign_in("admin"), sign_in("technician")

    assert admin.get("/settings").status_code == 200
    assert admin.patch("/settings", {"name": "Mine"}).status_code == 403
    assert technician.get("/settings").status_code == 403
    assert technician.get("/settings/calendar?start=2025-11-03&end=2025-11-03").status_code == 200


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": " "}, "name"),
        ({"email": "nobody"}, "email"),
        ({"mail_from_name": "Evergreen\r\nBcc: all@example.com"}, "mail_from_name"),
        ({"brand_color": "green"}, "brand_color"),
        ({"currency": "XXX1"}, "currency"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"locale": "klingon"}, "locale"),
        ({"fiscal_year_start": "02-29"}, "fiscal_year_start"),
        ({"fiscal_year_start": "4-6"}, "fiscal_year_start"),
        ({"business_hours": [{"weekday": "monday", "opens": "9", "closes": "17:00"}]}, "business_hours.0.opens"),
        ({"business_hours": [{"weekday": "monday", "opens": "09:00", "closes": "09:00"}]}, "business_hours.0.closes"),
        ({"business_hours": [{"weekday": "monday", "opens": "09:00"}]}, "business_hours.0.closes"),
        (
            {
                "business_hours": [
                    {"weekday": "monday", "opens": "09:00", "closes": "12:00"},
                    {"weekday": "monday", "opens": "11:00", "closes": "17:00"},
                ]
            },
            "business_hours.1.opens",
        ),
        ({"holiday_country": "ZZ"}, "holiday_country"),
        ({"holiday_subdivision": "CA"}, "holiday_subdivision"),
        ({"holiday_country": "US", "holiday_subdivision": "BY"}, "holiday_subdivision"),
        ({"own_holidays": [{"name": "", "day": "2025-06-02", "every_year": True}]}, "own_holidays.0.name"),
        ({"net_terms": 366}, "net_terms"),
        (
            {"payment_instructions": [{"currency": "USD", "text": "a"}, {"currency": "USD", "text": "b"}]},
            "payment_instructions.1.currency",
        ),
        ({"invoice_series": "inv"}, "invoice_series"),
        ({"invoice_number_format": "{series}-{number}"}, "invoice_number_format"),
        ({"invoice_number_format": "{series}-{year}-{number}-{number}"}, "invoice_number_format"),
        ({"invoice_number_format": "{series}{year}{number!r}"}, "invoice_number_format"),
        ({"invoice_number_format": "{series}{year}{number.x}"}, "invoice_number_format"),
        ({"invoice_number_format": "{series}{year}{"}, "invoice_number_format"),
        ({"invoice_number_digits": 10}, "invoice_number_digits"),
        ({"tax_rounding": "never"}, "tax_rounding"),
        ({"time_increment": "25"}, "time_increment"),
        ({"time_minimum": "0.001"}, "time_minimum"),
        ({"mail_from": ""}, "mail_from"),
        ({"rate_change_policy": "guess"}, "rate_change_policy"),
        ({"unheard_of": 1}, "unheard_of"),
    ],
)
def test_bad_input_names_the_field_and_changes_nothing(boss, emitted, body, field):
    answer = boss.patch("/settings", body)

    assert (answer.status_code, list(answer.json["errors"])) == (422, [field]), answer.json
    assert boss.get("/settings").json["version"] == 0
    assert emitted(CHANGED) == []


def test_another_country_forgets_the_subdivision(boss):
    boss.patch("/settings", {"holiday_country": "US", "holiday_subdivision": "CA"})
    moved = boss.patch("/settings", {"holiday_country": "KY"})

    assert (moved.json["holiday_country"], moved.json["holiday_subdivision"]) == ("KY", None)


def test_changes_at_once_are_all_kept(boss, emitted):
    changes = [{"name": "Harbor IT"}, {"currency": "KYD"}, {"net_terms": 14}, {"invoice_series": "HIT"}]
    start = Barrier(len(changes))
    statuses = []

    def save(body):
        start.wait()
        statuses.append(boss.patch("/settings", body).status_code)

    threads = [Thread(target=save, args=(body,)) for body in changes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert statuses == [200] * len(changes)
    kept = boss.get("/settings").json
    assert all(kept[name] == value for body in changes for name, value in body.items())
    assert [event.sequence for event in emitted(CHANGED)] == [1, 2, 3, 4, 5]


def test_the_history_has_who_when_old_and_new(boss, emitted, deliver):
    boss.patch("/settings", {"currency": "KYD", "net_terms": 14})
    for event in emitted(CHANGED):
        deliver(event.type, event.data, actor=event.actor, event_id=event.id)

    newest, first = boss.get("/settings/history").json["items"]

    assert newest["actor_name"] == boss.user.name
    assert newest["changes"] == {
        "currency": {"before": "USD", "after": "KYD"},
        "net_terms": {"before": 30, "after": 14},
    }
    assert newest["summary"] == ('Settings: currency changed from "USD" to "KYD"; payment terms changed from 30 to 14.')
    assert (first["summary"], first["changes"]) == ("The default settings were stored.", {})


def test_the_calendar_has_openings_and_holidays(boss):
    boss.patch("/settings", {"holiday_country": "US", "holiday_subdivision": "NY"})

    days = boss.get("/settings/calendar?start=2025-11-26&end=2025-11-30").json["items"]

    assert [one["holiday"] for one in days] == [None, "Thanksgiving Day", None, None, None]
    assert [bool(one["openings"]) for one in days] == [True, False, True, False, False]
    assert boss.get("/settings/calendar?start=2025-11-26&end=2025-11-25").json["errors"].keys() == {"end"}


def test_countries_with_their_subdivisions(boss):
    countries = {one["code"]: one for one in boss.get("/settings/holiday-countries").json["items"]}

    assert countries["KY"]["name"] == "Cayman Islands"
    assert {"code": "NY", "name": "New York"} in countries["US"]["subdivisions"]


def test_republishing_says_the_settings_again(boss, app, in_work, emitted):
    from gateway.organisation.queries import republish

    with in_work("system") as work:
        list(republish(work))
    assert emitted(CHANGED) == [], "there is nothing to say before the first change"

    boss.patch("/settings", {"name": "Harbor IT"})
    with in_work("system") as work:
        list(republish(work))
    again = emitted(CHANGED)[-1]
    assert (again.sequence, again.data["name"]) == (2, "Harbor IT")


def test_the_defaults_are_what_the_schema_accepts(boss):
    from gateway.organisation.schemas import SETTINGS_PATCH

    answer = boss.get("/settings").json
    SETTINGS_PATCH.load(
        {name: value for name, value in answer.items() if name not in ("logo", "version", "updated_at")}
    )
    assert answer["brand_color"] == DEFAULTS.brand_color
