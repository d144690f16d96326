"""Text on the organisation's colour can always be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.colors import READABLE, WHITE, contrast, darkened, is_color, text_on

colors = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_known_contrasts():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@given(colors)
def test_text_is_readable_on_every_color(color):
    assert contrast(color, text_on(color)) >= READABLE


@given(colors)
def test_every_color_can_be_darkened_until_it_is_readable_on_white(color):
    result = darkened(color)

    assert is_color(result)
    assert contrast(result, WHITE) >= READABLE
    assert contrast(color, WHITE) < READABLE or result == color


@pytest.mark.parametrize("text", ["", "green", "#fff", "#12345g", "#1234567", " #123456", "#123456\n"])
def test_other_texts_are_no_colors(text):
    assert not is_color(text)
