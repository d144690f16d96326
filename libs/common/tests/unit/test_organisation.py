"""The organisation's settings as services read them, and its calendar."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.organisation.calendar import days, fiscal_year, holiday_on, hours_text
from common.organisation.settings import (
    DEFAULTS,
    STATE,
    WEEKDAYS,
    Opening,
    Organisation,
    OwnHoliday,
    PaymentInstructions,
    of_json,
    to_json,
)


def test_settings_survive_the_way_through_json():
    settings = Organisation(
        time_increment=Decimal("0.25"),
        own_holidays=(OwnHoliday(name="Founders' day", day=date(2025, 6, 2), every_year=True),),
        payment_instructions=(PaymentInstructions(currency="KYD", text="Harbor Bank"),),
    )

    assert of_json(to_json(settings)) == settings
    assert of_json(to_json(DEFAULTS)) == DEFAULTS
    assert set(STATE.fields) == set(Organisation.__dataclass_fields__)


def test_an_older_event_keeps_defaults_and_a_newer_one_may_have_more():
    assert of_json({"name": "Harbor IT", "not_known_yet": [1]}) == Organisation(name="Harbor IT")


def test_instructions_are_those_of_the_currency_else_the_general_ones():
    general = PaymentInstructions(currency=None, text="By check\nto us")
    settings = Organisation(payment_instructions=(PaymentInstructions(currency="KYD", text="Harbor Bank"), general))

    assert settings.payment_lines("KYD") == ["Harbor Bank"]
    assert settings.payment_lines("USD") == ["By check", "to us"]
    assert DEFAULTS.payment_lines("USD") == []


@pytest.mark.parametrize(
    ("start", "day", "year"),
    [
        ("01-01", date(2025, 1, 1), 2025),
        ("01-01", date(2025, 12, 31), 2025),
        ("04-06", date(2025, 4, 5), 2025),
        ("04-06", date(2025, 4, 6), 2026),
        ("10-01", date(2025, 10, 1), 2026),
    ],
)
def test_a_fiscal_year_is_named_by_the_year_in_which_it_ends(start, day, year):
    assert fiscal_year(Organisation(fiscal_year_start=start), day) == year


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.dates(date(2001, 1, 1), date(2001, 12, 31)))
def test_every_fiscal_year_has_each_day_once(day, start):
    settings = Organisation(fiscal_year_start=f"{start:%m-%d}")
    following = fiscal_year(settings, day + timedelta(days=1))

    assert following - fiscal_year(settings, day) == (f"{day + timedelta(days=1):%m-%d}" == f"{start:%m-%d}")


def test_holidays_are_public_ones_and_the_organisations_own():
    own = (
        OwnHoliday(name="Founders' day", day=date(2020, 6, 2), every_year=True),
        OwnHoliday(name="Office move", day=date(2025, 6, 3), every_year=False),
    )
    settings = Organisation(holiday_country="KY", own_holidays=own)

    assert holiday_on(settings, date(2025, 1, 27)) == "National Heroes Day"
    assert holiday_on(settings, date(2025, 6, 2)) == "Founders' day"
    assert holiday_on(settings, date(2025, 6, 3)) == "Office move"
    assert holiday_on(settings, date(2026, 6, 3)) is None
    assert holiday_on(DEFAULTS, date(2025, 12, 25)) is None, "no country is chosen"
    (one,) = days(settings, date(2025, 1, 27), date(2025, 1, 27))
    assert (one.openings, one.holiday) == ((), "National Heroes Day")


def test_names_of_holidays_are_english_where_the_library_has_them():
    assert holiday_on(Organisation(holiday_country="DE"), date(2025, 10, 3)) == "German Unity Day"


@pytest.mark.parametrize(
    ("openings", "text"),
    [
        ((), ""),
        (DEFAULTS.business_hours, "Monday to Friday 9:00 AM – 5:00 PM (Eastern Time)"),
        (
            (
                Opening(weekday="monday", opens="09:00", closes="12:00"),
                Opening(weekday="monday", opens="13:00", closes="17:30"),
                Opening(weekday="wednesday", opens="00:00", closes="24:00"),
            ),
            "Monday 9:00 AM – 12:00 PM and 1:00 PM – 5:30 PM, Wednesday 12:00 AM – 12:00 AM (Eastern Time)",
        ),
    ],
)
def test_business_hours_for_people(openings, text):
    assert hours_text(Organisation(business_hours=openings)) == text


def test_weekdays_are_in_the_order_of_the_calendar():
    assert WEEKDAYS[date(2025, 11, 3).weekday()] == "monday"
