import pytest
from hypothesis import given
from hypothesis import strategies as some

from common.texts import one_line, trimmed

SPELLINGS = [
    "Café Support",
    "Cafe\u0301 Support",
    "Café\u00a0 Support",
    " Café\t\u2003Support\n",
    "Café\u200b Sup\u00adport",
    "\ufeff\u202eCafé Support\u202c",
    "Café Support \u200d",
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_what_looks_the_same_is_the_same_name(spelling):
    assert one_line(spelling) == "Café Support"


@pytest.mark.parametrize("nothing", ["", " ", "\u200b", "\u2060 \ufeff\u200b", "\u202e\u00a0", "\u200d"])
def test_what_nobody_sees_is_no_text(nothing):
    assert one_line(nothing) == trimmed(nothing) == ""


@pytest.mark.parametrize("name", ["👩‍🔧", "می‌خواهم", "10 m² ™"])
def test_what_belongs_to_the_spelling_stays(name):
    assert one_line(name) == trimmed(name) == name


@given(some.text())
def test_doing_it_again_changes_nothing(text):
    assert trimmed(trimmed(text)) == trimmed(text)
    assert one_line(one_line(text)) == one_line(text)
    assert trimmed(one_line(text)) == one_line(text)
    assert trimmed(text).strip() == trimmed(text)
