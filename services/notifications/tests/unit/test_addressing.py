"""Recipients of an email."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.delivery.addressing import billing_contact, copies, usable
from notifications.inbound.replicas import Client


def client(**values):
    return Client(**{"name": "Acme", "invoice_email": None, "billing_cc_emails": [], **values})


def test_cc_excludes_the_recipient_and_duplicates():
    cc = ["CFO@acme.example", "billing@ACME.example", "cfo@acme.example", "not an address", "ann@acme.example"]

    assert copies(cc, "billing@acme.example") == ("CFO@acme.example", "ann@acme.example")


def test_no_more_than_ten_copies():
    many = [f"person{number}@acme.example" for number in range(15)]

    assert copies(many, "billing@acme.example") == tuple(many[:10])


@given(st.lists(st.sampled_from(["a@x.example", "B@x.example", "b@x.example", "c@y.example", "?", ""])))
def test_copies_are_valid_and_distinct(addresses):
    found = copies(addresses, "c@y.example")

    assert len({address.lower() for address in found}) == len(found)
    assert all(usable(address) for address in found)
    assert "c@y.example" not in found


@pytest.mark.parametrize("address", [None, "", "nobody", "a@b@c", "x@acme.example\nBcc: y@z.example"])
def test_without_a_usable_address_the_reason_is_given(address):
    addressee = billing_contact(client(invoice_email=address))

    assert addressee.address == ""
    assert addressee.problem
