"""Normalizes postal codes to the form of their country."""

import re
import unicodedata
from collections.abc import Iterator

from clients.reference import formats
from clients.reference.formats import AddressFormat

_PRINTED = re.compile(r"(?<![%A-Z])([A-Z][A-Z -]*)%Z")
_ON_CARS = {
    "AT": "A", "BE": "B", "CH": "CH", "DE": "D", "DK": "DK", "ES": "E", "FI": "FIN", "FR": "F", "HU": "H", "IT": "I",
    "LI": "FL", "LU": "L", "NO": "N", "PT": "P", "SE": "S", "SI": "SLO",
}  # fmt: skip
"""Country prefixes that were once used on international mail: D-10115, A-1010."""
_EXAMPLES = {"SE": ("111 22",)}
"""Examples for countries where those of libaddressinput differ from the postal service's form."""
LONGEST = 20


def normalized(country: str, text: str) -> str | None:
    """Returns the code in the country's form, "1234ab" in the Netherlands as "1234 AB"; None if it isn't valid."""
    form = formats.address_format(country)
    if form.postal_code is None:
        return text
    plain = unicodedata.normalize("NFKC", text).upper()
    if len(plain) > LONGEST:
        return None
    for letters in _spellings(re.sub(r"[^A-Z0-9]", "", plain), form):
        for code in _spaced(letters, _EXAMPLES.get(country, form.postal_code_examples)):
            if form.postal_code.fullmatch(code):
                return code
    return None


def _spellings(letters: str, form: AddressFormat) -> Iterator[str]:
    """Yields the code's letters unchanged, then without and with the prefix that is printed before it."""
    yield letters
    printed = _PRINTED.search(form.template)
    prefixes = {form.country, _ON_CARS.get(form.country, form.country)}
    prefixes |= {re.sub("[^A-Z]", "", printed[1])} if printed else set()
    for prefix in sorted(prefixes, key=len, reverse=True):
        if letters.startswith(prefix):
            yield letters.removeprefix(prefix)
    if any(example.startswith(f"{form.country}-") for example in form.postal_code_examples):
        yield f"{form.country}{letters}"


def _spaced(letters: str, examples: tuple[str, ...]) -> Iterator[str]:
    """Yields the letters with the separators of the examples, examples of equal length first, then without any."""
    shapes = [[(at, sign) for at, sign in enumerate(example) if not sign.isalnum()] for example in examples]
    for example, separators in zip(examples, shapes, strict=True):
        if len(example) - len(separators) == len(letters):
            yield _joined(letters, separators)
    for example, separators in zip(examples, shapes, strict=True):
        moved = len(letters) - (len(example) - len(separators))
        if separators and all(at + moved > 0 for at, _ in separators):
            yield _joined(letters, [(at + moved, sign) for at, sign in separators])
    yield letters


def _joined(letters: str, separators: list[tuple[int, str]]) -> str:
    code = letters
    for at, sign in separators:
        code = code[:at] + sign + code[at:]
    return code
