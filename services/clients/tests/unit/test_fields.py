"""Fields that take more than one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from clients import naming
from clients.client.fields import EmailList
from clients.reference.phones import display, e164
from common.errors import Invalid
from common.fields import Language
from common.texts import one_line

CC = EmailList()


@pytest.mark.parametrize(
    "given_as",
    [
        ["cfo@acme.example", "office@acme.example"],
        "cfo@acme.example, office@acme.example",
        "cfo@acme.example; office@acme.example;",
        " cfo@acme.example\noffice@acme.example\n",
        ["cfo@acme.example", "office@acme.example", "CFO@acme.example", "office@ACME.example"],
    ],
)
def test_a_cc_list_in_any_form(given_as):
    assert CC.deserialize(given_as) == ["cfo@acme.example", "office@acme.example"]


def test_every_wrong_address_is_named():
    with pytest.raises(ValidationError) as refused:
        CC.deserialize("cfo@acme.example, nobody, @home, 7@x.example")

    text = " ".join(refused.value.messages)
    assert '"nobody"' in text.replace(" nobody", "nobody")
    assert "@home" in text
    assert "cfo" not in text


@pytest.mark.parametrize("wrong", [7, {"a": 1}, [7], [None], [["a@b.example"]]])
def test_what_is_no_list_of_addresses(wrong):
    with pytest.raises(ValidationError):
        CC.deserialize(wrong)


def test_ten_addresses_pass_and_an_eleventh_does_not():
    ten = [f"person{number}@acme.example" for number in range(10)]

    assert CC.deserialize(ten) == ten
    assert CC.deserialize([*ten, ten[0].upper()]) == ten
    with pytest.raises(ValidationError, match="At most 10 addresses, not 11"):
        CC.deserialize([*ten, "one.more@acme.example"])


@given(st.text(min_size=1), st.text(alphabet=" \t\n\u00a0", min_size=1))
def test_case_and_white_space_make_no_other_name(name, space):
    noisy = space + space.join(name.split()) + space

    assert naming.key(noisy.upper().lower()) == naming.key(" ".join(name.split()).upper().lower())
    assert naming.key(one_line(name)) == naming.key(name)


def test_names_that_differ_are_different():
    assert naming.key("ACME  Corp") == naming.key("acme corp")
    assert naming.key("Acme Corp") != naming.key("Acme Corps")
    assert naming.key("STRASSE") == naming.key("Straße")


@pytest.mark.parametrize(
    ("written", "country", "stored"),
    [
        ("(345) 949-1234", "KY", "+13459491234"),
        ("+1 345 949 1234", None, "+13459491234"),
        ("020 7946 0958", "GB", "+442079460958"),
        ("00 1 212 555 0142", "DE", "+12125550142"),
    ],
)
def test_phone_numbers_are_stored_so_that_all_can_dial_them(written, country, stored):
    assert e164(written, country) == stored
    assert e164(display(stored), None) == stored


@pytest.mark.parametrize(
    ("written", "country"), [("949-1234", None), ("call me", "US"), ("12", "KY"), ("+999 1234", None)]
)
def test_what_is_no_phone_number(written, country):
    with pytest.raises(Invalid) as refused:
        e164(written, country)
    assert written in refused.value.errors["phone"][0]


def test_languages():
    assert Language().deserialize("en_us") == "en-US"
    with pytest.raises(ValidationError):
        Language().deserialize("klingon")
