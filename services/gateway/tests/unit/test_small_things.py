"""Passwords, tokens, changes, dashboards, encodings: functions that stand alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.audit.changes import changes
from gateway.audit.recording import LONGEST_TEXT, aggregate_of, shortened
from gateway.dashboard.merging import merged
from gateway.session import tokens
from gateway.user.passwords import faults
from gateway.user.roles import NAMES, within
from gateway.web.address import client_address
from gateway.web.files import accepted_encodings
from gateway.web.front import newest_version


@pytest.mark.parametrize(
    "password", ["short", "elevenchars", "Ada.Long@Example.com", "aaaaaaaaaaaaaaaa", "x" * 201, ""]
)
def test_poor_passwords_are_named_as_such(password):
    assert faults(password, "ada.long@example.com")


def test_a_good_password_has_no_faults():
    assert faults("correct horse battery", "ada@example.com") == []


def test_tokens_differ_and_their_digests_do_not_tell_them():
    one, other = tokens.new_token("evg_"), tokens.new_token("evg_")

    assert one != other
    assert len(one) > 40
    assert one.encode() not in tokens.digest(one)


def test_a_csrf_token_fits_its_session_only():
    assert tokens.csrf_matches("cookie", tokens.csrf_token("cookie"))
    assert not tokens.csrf_matches("other", tokens.csrf_token("cookie"))
    assert not tokens.csrf_matches("cookie", None)
    assert not tokens.csrf_matches("cookie", "ünicode")


@given(st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_giving_on_never_gives_more(first, second, third):
    if second in within(first) and third in within(second):
        assert third in within(first)


def test_no_key_reaches_above_or_across():
    assert "super_admin" not in within("admin")
    assert within("billing") == {"billing"}
    assert within("technician") == {"technician"}
    assert "client_admin" not in within("super_admin")


def test_changes_are_told_field_by_field():
    before = {"name": "Old", "rate": "1.00", "version": 1, "gone": 1}

    assert changes(before, {"name": "New", "rate": "1.00", "version": 2, "note": None}) == [
        {"field": "name", "before": "Old", "after": "New"}
    ]
    assert changes(None, {"name": "New", "version": 1}) == [{"field": "name", "before": None, "after": "New"}]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


names = st.sampled_from(["name", "rate", "version", "note"])


@given(st.dictionaries(names, json_values), st.dictionaries(names, json_values))
def test_changes_lead_from_one_state_to_the_next(before, after):
    told = {change["field"]: change["after"] for change in changes(before, after)}

    for name in before.keys() & after.keys() - {"version", "updated_at"}:
        assert {**before, **told}[name] == after[name]
    assert told.keys() <= before.keys(), "what was not told before is not made up"


@given(json_values)
def test_what_the_log_keeps_can_be_kept(value):
    assert "\x00" not in str(shortened(value)).replace("\\x00", "\x00")


def test_a_long_text_is_kept_as_its_digest():
    kept = shortened({"pdf": "x" * (LONGEST_TEXT + 1), "short": "x"})

    assert kept["pdf"]["length"] == LONGEST_TEXT + 1
    assert kept["short"] == "x"


def test_an_aggregate_is_named_by_service_and_noun():
    assert aggregate_of("catalog.service.rate_changed.v1") == "catalog.service"


def test_a_dashboard_is_the_sum_of_its_parts():
    whole = merged(
        {
            "billing": {
                "counts": {"open": 2},
                "money": [{"currency": "USD"}],
                "alerts": [{"severity": "info"}, {"severity": "error"}],
            },
            "catalog": {"counts": {"open": 1, "services": 3}, "unknown": [1]},
            "clients": None,
        }
    )

    assert whole == {
        "counts": {"open": 3, "services": 3},
        "money": [{"currency": "USD"}],
        "alerts": [{"severity": "error"}, {"severity": "info"}],
        "recent_invoices": [],
        "unavailable": ["clients"],
    }


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "203.0.113.9", "10.0.0.1"),
        (1, "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        (2, "6.6.6.6, 203.0.113.9, 10.1.1.1", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.1"),
        (1, "", "10.0.0.1"),
    ],
)
def test_only_our_own_proxies_are_believed(proxies, forwarded, expected):
    assert client_address({"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": forwarded}, proxies) == expected


def test_encodings_with_weight_zero_are_not_wanted():
    assert accepted_encodings("gzip;q=1.0, br;q=0, identity") == {"gzip", "identity"}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/api/services", "/api/v1/services"),
        ("/api/v1/services", "/api/v1/services"),
        ("/api/v1", "/api/v1"),
        ("/api/v10/x", "/api/v1/v10/x"),
        ("/api", "/api"),
        ("/clients", "/clients"),
    ],
)
def test_the_alias_means_the_newest_version(path, expected):
    assert newest_version(path) == expected
