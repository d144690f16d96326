"""Postal codes as people write them, in the one form each country has."""

import re
import unicodedata
from collections.abc import Iterator

from clients.reference import addresses
from clients.reference.addresses import AddressFormat

_PRINTED = re.compile(r"(?<![%A-Z])([A-Z][A-Z -]*)%Z")
_ON_CARS = {
    "AT": "A", "BE": "B", "CH": "CH", "DE": "D", "DK": "DK", "ES": "E", "FI": "FIN", "FR": "F", "HU": "H", "IT": "I",
    "LI": "FL", "LU": "L", "NO": "N", "PT": "P", "SE": "S", "SI": "SLO",
}  # fmt: skip
"""The letters before a code that letters from abroad used to have: D-10115, A-1010."""
_EXAMPLES = {"SE": ("111 22",)}
"""Where the post writes it otherwise than the collection's examples."""
LONGEST = 20


def normalized(country: str, text: str) -> str | None:
    """Returns the code as the country's post writes it, "1234ab" of the Netherlands as "1234 AB"; None for no code."""
    form = addresses.address_format(country)
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
    """Yields the code's letters as they are, then without the prefix that is printed before it, then with it."""
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
    """Yields the letters with the separators of the examples, of those as long as they are first, then without any."""
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
