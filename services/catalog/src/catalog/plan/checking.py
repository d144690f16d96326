"""Checks a plan's attribute defaults against the attributes of its category."""

import re
from collections.abc import Callable, Mapping
from ipaddress import ip_address
from typing import Any

import phonenumbers

from catalog.plan import attributes as known
from catalog.plan.attributes import SUBSCRIPTION_CATEGORIES, Attribute
from catalog.plan.dns import is_hostname, record_problem
from common.numbers import NotANumber, decimal_number

LONGEST_TEXT, LARGEST_NUMBER, MOST_ENTRIES, MOST_FREE = 500, 10**9, 100, 50
FREE_KEY = re.compile(r"[a-z][a-z0-9_]{0,49}")


def problems(category: str | None, values: Mapping[str, Any]) -> dict[str, list[str]]:
    """Returns errors by field, such as "attribute_defaults.tld"."""
    if not values:
        return {}
    if category is None:
        return {"attribute_defaults": ["Choose a subscription_category first. It determines the attributes."]}
    definition = SUBSCRIPTION_CATEGORIES[category]
    by_key = {attribute.key: attribute for attribute in definition.attributes}
    errors: dict[str, list[str]] = {}
    for key, value in values.items():
        if key in by_key:
            problem = _problem(by_key[key], value)
        elif definition.free:
            problem = _free_problem(key, value, len(values))
        else:
            problem = f"Unknown attribute. A plan for {definition.label.lower()} can have: {', '.join(by_key)}."
        if problem:
            errors[f"attribute_defaults.{key}"] = [problem]
    return errors


def _problem(attribute: Attribute, value: Any) -> str | None:
    if value is None:
        return None
    if attribute.type == known.SELECT:
        return None if value in attribute.options else f"Must be one of: {', '.join(attribute.options)}."
    if attribute.type in LISTS:
        return _list_problem(LISTS[attribute.type], value)
    return CHECKS[attribute.type](value)


def _free_problem(key: str, value: Any, count: int) -> str | None:
    if not FREE_KEY.fullmatch(key):
        return "Use up to 50 lowercase letters, digits and underscores, such as seat_type."
    if count > MOST_FREE:
        return f"At most {MOST_FREE} attributes."
    if value is None or isinstance(value, bool) or _number(value) is None:
        return None
    return _text(value)


def _list_problem(check: Callable[[Any], str | None], value: Any) -> str | None:
    if not isinstance(value, list) or len(value) > MOST_ENTRIES:
        return f"Must be a list of at most {MOST_ENTRIES} entries."
    for number, entry in enumerate(value, 1):
        if problem := check(entry):
            return f"Entry {number}: {problem}"
    return None


def _text(value: Any) -> str | None:
    is_valid = isinstance(value, str) and value.strip() != "" and len(value) <= LONGEST_TEXT and "\x00" not in value
    return None if is_valid else f"Must be a text of 1 to {LONGEST_TEXT} characters."


def _integer(value: Any) -> str | None:
    is_valid = type(value) is int and 0 <= value <= LARGEST_NUMBER
    return None if is_valid else "Must be a whole number of 0 or more."


def _number(value: Any) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return "Must be a number of 0 or more."
    try:
        number = decimal_number(str(value))
    except NotANumber as error:
        return str(error)
    return None if 0 <= number <= LARGEST_NUMBER else f"Must be a number from 0 to {LARGEST_NUMBER}."


def _boolean(value: Any) -> str | None:
    return None if isinstance(value, bool) else "Must be true or false."


def _hostname(value: Any) -> str | None:
    return None if is_hostname(value) else f'"{value}" is not a valid host name. Use one such as ns1.example.net.'


def _ip(value: Any) -> str | None:
    try:
        ip_address(value if isinstance(value, str) else "")
    except ValueError:
        return f'"{value}" is not a valid IP address.'
    return None


def _phone(value: Any) -> str | None:
    try:
        is_valid = isinstance(value, str) and phonenumbers.is_possible_number(phonenumbers.parse(value))
    except phonenumbers.NumberParseException:
        is_valid = False
    return (
        None
        if is_valid
        else f'"{value}" is not a valid phone number. Include the country code, such as +1 345 949 1234.'
    )


CHECKS: dict[str, Callable[[Any], str | None]] = {
    known.TEXT: _text,
    known.INTEGER: _integer,
    known.NUMBER: _number,
    known.BOOLEAN: _boolean,
    known.HOSTNAME: _hostname,
}
LISTS: dict[str, Callable[[Any], str | None]] = {
    known.HOSTNAMES: _hostname,
    known.IP_ADDRESSES: _ip,
    known.PHONE_NUMBERS: _phone,
    known.DNS_RECORDS: record_problem,
}
