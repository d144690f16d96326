"""Current currencies with English names from CLDR."""

from functools import lru_cache

from babel import Locale

from common.money import currencies
from common.texts import folded


@lru_cache(maxsize=1)
def current_currencies() -> dict[str, str]:
    """Returns the currencies that are legal tender somewhere today, by name."""
    names = Locale("en").currencies
    result = {code: names[code] for code in currencies() if code in names}
    return dict(sorted(result.items(), key=lambda item: folded(item[1])))
