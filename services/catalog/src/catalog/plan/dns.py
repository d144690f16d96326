"""Checks DNS records."""

import re
from collections.abc import Callable, Mapping
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import Any

from common import domains

LABEL = re.compile(r"(?!-)[A-Za-z0-9_-]{1,63}(?<!-)")
HOST_LABEL = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)")
LEAST_TTL, MOST_TTL = 30, 604_800
LARGEST_PART = 65_535
WITH_PRIORITY = ("MX", "SRV")


def is_hostname(value: Any) -> bool:
    """Returns True for a dotted host name, with or without a final dot."""
    return isinstance(value, str) and "." in value.rstrip(".") and _is_name(value, HOST_LABEL)


def record_problem(record: Any) -> str | None:
    """Returns the error of a record `{type, name, value, ttl?, priority?}`, or None if it is valid."""
    if not isinstance(record, Mapping):
        return "Must be an object with type, name and value."
    if unknown := sorted(set(record) - {"type", "name", "value", "ttl", "priority"}):
        return f"Unknown field {unknown[0]}."
    kind, name, value = (record.get(key) for key in ("type", "name", "value"))
    if kind not in VALUES:
        return f"type must be one of: {', '.join(VALUES)}."
    if name != "@" and not (isinstance(name, str) and _is_name(name.removeprefix("*."), LABEL)):
        return 'name must be "@", a subdomain such as "www", or a wildcard such as "*.www".'
    if not isinstance(value, str):
        return "value must be a text."
    return VALUES[kind](value) or _numbers_problem(record)


def _numbers_problem(record: Mapping[str, Any]) -> str | None:
    ttl, priority = record.get("ttl"), record.get("priority")
    if ttl is not None and not _is_integer(ttl, LEAST_TTL, MOST_TTL):
        return f"ttl must be {LEAST_TTL} to {MOST_TTL} seconds."
    if record["type"] in WITH_PRIORITY:
        return None if _is_integer(priority, 0, LARGEST_PART) else "priority must be 0 to 65535."
    return None if priority is None else "Only MX and SRV records have a priority. Leave it out."


def _is_integer(value: Any, least: int, most: int) -> bool:
    return type(value) is int and least <= value <= most


def _is_name(value: str, label: re.Pattern[str]) -> bool:
    """Returns True for a valid name. Names beyond ASCII are checked as in DNS: "straße" as "xn--strae-oqa"."""
    try:
        name = domains.to_ascii(value).removesuffix(".")
    except ValueError:
        return False
    return name != "" and all(label.fullmatch(part) for part in name.split("."))


def _address(kind: type[IPv4Address] | type[IPv6Address]) -> Callable[[str], str | None]:
    def problem(value: str) -> str | None:
        try:
            kind(value)
        except AddressValueError:
            return f'"{value}" isn\'t a valid {"IPv4" if kind is IPv4Address else "IPv6"} address.'
        return None

    return problem


def _target(value: str) -> str | None:
    return None if value == "@" or _is_name(value, LABEL) else f'"{value}" is not a valid host name.'


def _text(value: str) -> str | None:
    return None if value.isprintable() and 0 < len(value) <= 4000 else "value must be 1 to 4000 printable characters."


def _service(value: str) -> str | None:
    """Returns the error of an SRV record's value: weight, port and target."""
    parts = value.split(" ")
    numbers = len(parts) == 3 and all(p.isascii() and p.isdigit() and int(p) <= LARGEST_PART for p in parts[:2])
    if numbers and _target(parts[2]) is None:
        return None
    return 'value must be weight, port and host, such as "5 5060 sip.example.com".'


def _authority(value: str) -> str | None:
    if re.fullmatch(r'(0|128) (issue|issuewild|iodef) "[^"]*"', value):
        return None
    return "value must be flags, tag and value, such as '0 issue \"letsencrypt.org\"'."


VALUES: dict[Any, Callable[[str], str | None]] = {
    "A": _address(IPv4Address),
    "AAAA": _address(IPv6Address),
    "MX": _target,
    "CNAME": _target,
    "TXT": _text,
    "NS": _target,
    "SRV": _service,
    "CAA": _authority,
}
