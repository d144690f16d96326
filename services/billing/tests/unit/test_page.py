"""The texts on an invoice's page."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from billing.document.content import _named
from common.pdf.wrapping import BREAK, breakable


@pytest.mark.parametrize(
    ("name", "percent", "shown"),
    [
        ("GST", "5", "GST (5%)"),
        ("Zone 5 levy", "5", "Zone 5 levy (5%)"),
        ("GST 5%", "5.00", "GST 5%"),
        ("Tax 8.00 %", "8", "Tax 8.00 %"),
        ("QST 9,975 %", "9.975", "QST 9,975 %"),
        ("VAT 20 % reduced", "5", "VAT 20 % reduced (5%)"),
        ("Section 15% rule", "5", "Section 15% rule (5%)"),
    ],
)
def test_a_tax_is_named_with_its_rate(name, percent, shown):
    assert _named(name, Decimal(percent)) == shown


@pytest.mark.parametrize("word", ["W" * 500, "a3f9" * 32, "https://acme.example/" + "path/" * 30])
def test_a_long_word_may_break_anywhere(word):
    assert breakable(word).replace(BREAK, "") == word
    assert max(map(len, breakable(word).split(BREAK))) == 1


@pytest.mark.parametrize("text", ["Remote Support", "billing@caribbean.example", "株式" * 20, "พ" * 90, "مرحبا" * 20])
def test_other_words_stay_as_they_are(text):
    assert breakable(text) == text


@given(some.text(max_size=300))
def test_nothing_is_lost_by_breaking(text):
    assert breakable({"a": [text]})["a"][0].replace(BREAK, "") == text.replace(BREAK, "")
