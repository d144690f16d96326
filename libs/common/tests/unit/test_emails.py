"""Addresses as people type and paste them."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from common import domains, emails

PASTED = Path(__file__).parents[4] / "services/gateway/web/src/shared/form/pastedAddresses.json"
"""The web client takes lists apart in the same way: one list of cases for both."""


@pytest.mark.parametrize("case", json.loads(PASTED.read_text()), ids=lambda case: case["text"][:40])
def test_a_pasted_list_comes_apart_into_its_addresses(case):
    assert [address for _, address in emails.split(case["text"])] == case["addresses"]


@given(some.lists(some.tuples(some.text(max_size=20), some.integers(0, 99)), max_size=8), some.sampled_from([";", ","]))
def test_no_quoted_name_hides_or_adds_an_address(people, separator):
    quoted = [(name.replace("\\", "\\\\").replace('"', '\\"'), number) for name, number in people]
    quoted = [(" ".join(name.splitlines()), number) for name, number in quoted]
    text = separator.join(f'"{name}" <person{number}@x.example>' for name, number in quoted)

    assert [address for _, address in emails.split(text)] == [f"person{number}@x.example" for _, number in people]


@given(some.text(max_size=200))
def test_any_text_comes_apart(text):
    emails.split(text)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("rechnung@straße.example", "rechnung@straße.example"),
        (" Jo@Acme.Example ", "Jo@acme.example"),
        ("jo@XN--STRAE-OQA.example", "jo@xn--strae-oqa.example"),
        ('"Müller, Jörg" <jm@x.example>', "jm@x.example"),
        ("mailto:jm@x.example", "jm@x.example"),
        ("zoë@bücher.example", "zoë@bücher.example"),
    ],
)
def test_an_address_is_stored_as_typed(typed, stored):
    assert emails.checked(typed) == stored
    assert emails.checked(stored) == stored


@pytest.mark.parametrize(
    "refused",
    ["jo@☃.example", "jo@xn--a.example", "jo@a..b", f"jo@{'ü' * 60}.example", "a@x.example, b@y.example", "jo"],
)
def test_a_domain_that_idna_refuses_is_no_address(refused):
    with pytest.raises(ValueError, match=r"."):
        emails.checked(refused)


@pytest.mark.parametrize(
    ("name", "ascii_name"),
    [
        ("straße.example", "xn--strae-oqa.example"),
        ("STRAẞE.example", "xn--strae-oqa.example"),
        ("faß.de", "xn--fa-hia.de"),
        ("bücher。example", "xn--bcher-kva.example"),
        ("βόλος.example", "xn--nxasmm1c.example"),
        ("_dmarc.Acme.example.", "_dmarc.acme.example."),
        ("*.日本.jp", "*.xn--wgv71a.jp"),
    ],
)
def test_a_domain_goes_out_by_idna_2008(name, ascii_name):
    assert domains.to_ascii(name) == ascii_name
    assert domains.to_ascii(domains.to_unicode(name)) == ascii_name


@pytest.mark.parametrize("name", ["☃.example", "xn--a.example", "a" * 64 + ".example", "a." * 130 + "example"])
def test_other_domains_are_refused(name):
    with pytest.raises(ValueError, match=r"."):
        domains.to_ascii(name)


def test_two_spellings_of_one_domain_are_one_address_and_sz_is_not_ss():
    assert emails.key("Jo@straße.example") == emails.key("jo@xn--strae-oqa.example")
    assert emails.key("jo@straße.example") != emails.key("jo@strasse.example")
    assert emails.key("straße@x.example") != emails.key("strasse@x.example")
    assert emails.spellings("Jo@Straße.example") == ["jo@straße.example", "jo@xn--strae-oqa.example"]
