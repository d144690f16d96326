"""Colors as "#rrggbb" and text that is readable on them (contrast of WCAG 2)."""

import re

WHITE, BLACK = "#ffffff", "#000000"
READABLE = 4.5
"""The contrast that WCAG AA requires of normal text."""
_COLOR = re.compile("#[0-9a-fA-F]{6}")


def is_color(text: str) -> bool:
    return _COLOR.fullmatch(text) is not None


def luminance(color: str) -> float:
    """Returns the relative luminance, 0 for black to 1 for white."""
    parts = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Returns the contrast of two colors, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def text_on(color: str) -> str:
    """Returns white or black, whichever is readable on the color, with a contrast of at least 4.5."""
    return WHITE if contrast(color, WHITE) >= READABLE else BLACK


def darkened(color: str) -> str:
    """Returns the color, darkened until it is readable as text on white."""
    parts = [int(color[place : place + 2], 16) for place in (1, 3, 5)]
    while contrast(result := "#" + "".join(f"{part:02x}" for part in parts), WHITE) < READABLE:
        parts = [part * 9 // 10 for part in parts]
    return result
