from datetime import date

import pytest
from flask import Flask
from marshmallow import Schema

from common import fields
from common.errors import DomainError, Unconfirmed
from common.http import errors
from common.plausible import require_confirmed, years_from

DOUBTS = {"worked_on": ["2027-01-05 is after tomorrow."]}


def test_a_doubt_is_refused_until_confirmed():
    with pytest.raises(Unconfirmed) as refused:
        require_confirmed(DOUBTS, confirm=False)
    assert refused.value.errors == DOUBTS
    require_confirmed(DOUBTS, confirm=True)
    require_confirmed({}, confirm=False)


def test_the_problem_says_that_confirming_is_enough():
    app = Flask(__name__)
    app.add_url_rule("/doubt", view_func=lambda: require_confirmed(DOUBTS, confirm=False))
    errors.install(app)
    answer = app.test_client().get("/doubt")
    assert answer.status_code == 422
    assert answer.json["confirmable"] is True
    assert answer.json["errors"] == DOUBTS
    assert "confirm" not in DomainError.members


def test_confirm_is_false_unless_said():
    schema = Schema.from_dict({"confirm": fields.confirm()})()
    assert schema.load({}) == {"confirm": False}
    assert schema.load({"confirm": True}) == {"confirm": True}


@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [
        (date(2026, 11, 27), 2, date(2028, 11, 27)),
        (date(2028, 2, 29), 2, date(2030, 2, 28)),
        (date(2028, 2, 29), -4, date(2024, 2, 29)),
    ],
)
def test_years_from(day, years, expected):
    assert years_from(day, years) == expected
