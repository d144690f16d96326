"""Fields of an asset: network addresses and free attributes."""

import re
from ipaddress import ip_address
from typing import Any

from marshmallow import ValidationError, fields

MOST_ATTRIBUTES = 100
LONGEST_KEY, LONGEST_VALUE = 100, 4000


class MacAddress(fields.String):
    """A MAC address in any usual notation, stored as "00:1A:2B:3C:4D:5E"."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        digits = re.sub(r"[\s.:-]", "", text).upper()
        if not re.fullmatch(r"[0-9A-F]{12}", digits):
            raise ValidationError(f'"{text}" is not a valid MAC address. Use a format such as 00:1A:2B:3C:4D:5E.')
        return ":".join(digits[at : at + 2] for at in range(0, 12, 2))


class IpAddress(fields.String):
    """An IPv4 or IPv6 address, stored in its shortest form."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            return str(ip_address(text.strip()))
        except ValueError as error:
            raise ValidationError(
                f'"{text}" is not a valid IP address. Use one such as 192.0.2.10 or 2001:db8::10.'
            ) from error


class Attributes(fields.Dict):
    """Attributes by name: texts, numbers, booleans or lists of texts."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> dict[str, Any]:
        attributes: dict[str, Any] = super()._deserialize(value, attr, data, **kwargs)  # type: ignore[no-untyped-call]
        if len(attributes) > MOST_ATTRIBUTES:
            raise ValidationError(f"At most {MOST_ATTRIBUTES} attributes, not {len(attributes)}.")
        errors = [problem for name, content in attributes.items() if (problem := _problem(name, content))]
        if errors:
            raise ValidationError(errors)
        return attributes


def _problem(name: str, content: Any) -> str | None:
    if not name.strip() or len(name) > LONGEST_KEY or "\x00" in name:
        return f"{name[:20]!r}: an attribute name must have 1 to {LONGEST_KEY} characters."
    entries = content if isinstance(content, list) else [content]
    if len(entries) > MOST_ATTRIBUTES or not all(_is_plain(entry) for entry in entries):
        return f"{name}: must be a text of up to {LONGEST_VALUE} characters, a number, true, false or a list of texts."
    return None


def _is_plain(content: Any) -> bool:
    if isinstance(content, str):
        return len(content) <= LONGEST_VALUE and "\x00" not in content
    return content is None or isinstance(content, (bool, int, float))
