"""The web client and the services use the same number of decimals for each currency."""

import re
from pathlib import Path

from common.minor_units import decimals
from common.money import currencies

MONEY = Path(__file__).parents[2] / "services/gateway/web/src/shared/money.ts"


def test_the_web_clients_minor_units_are_the_services():
    table = re.search(r"const MINOR_UNITS.*?\n\]\)", MONEY.read_text(), re.DOTALL)
    assert table is not None
    known: dict[str, int] = {}
    for codes, places in re.findall(r"'([A-Z ]+)'\s*\.split\(' '\)\s*\.map\(\(code\) => \[code, (\d)\]\)", table[0]):
        known |= dict.fromkeys(codes.split(), int(places))
    assert set(known.values()) == {0, 3, 4}
    assert {code: known.get(code, 2) for code in currencies()} == {code: decimals(code) for code in currencies()}
