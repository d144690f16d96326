"""Fields of a client that accept input in several forms."""

from decimal import Decimal
from typing import Any

from marshmallow import Schema, ValidationError, fields, pre_load

from clients.custom_field.values import web_address
from clients.reference import emails
from clients.tag.fields import TagName
from common import fields as own
from common.audience import seen_by
from common.roles import STAFF

MOST_TAGS = 50


class Forgiving(Schema):
    """A schema that reads an empty text as null in fields that allow null."""

    @pre_load
    def _blank_is_null(self, data: Any, **_: Any) -> Any:
        if not isinstance(data, dict):
            return data
        return {
            name: None if value == "" and name in self.fields and self.fields[name].allow_none else value
            for name, value in data.items()
        }


class HourlyRate(own.Money):
    """A flat rate for all of a client's labor; 0.00 loads as null."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_none=True, minimum="0", **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Decimal | None:  # type: ignore[override]
        return super()._deserialize(value, attr, data, **kwargs) or None


class EmailList(fields.List[str]):
    """Email addresses as a list, or as a text pasted from a mail program; each entry may be such a text.

    Names and duplicates are dropped.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(own.Email(), **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[Any]:
        entries = [value] if isinstance(value, str) else value
        if not isinstance(entries, list):
            raise ValidationError("Must be a list of email addresses, or a text with commas between them.")
        errors = [f"{entry!r} is not a valid email address." for entry in entries if not isinstance(entry, str)]
        addresses: list[str] = []
        for address in emails.check("\n".join(entry for entry in entries if isinstance(entry, str))):
            if address["error"]:
                errors.append(address["error"])
            elif not address["duplicate"]:
                addresses.append(address["email"])
        if errors:
            raise ValidationError(errors)
        if len(addresses) > emails.MOST:
            raise ValidationError(f"At most {emails.MOST} addresses, not {len(addresses)}.")
        return addresses


class WebAddress(fields.String):
    """A full http(s) address; "acme.example" loads as "https://acme.example"."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        return web_address(super()._deserialize(value, attr, data, **kwargs))


class TagNames(fields.List[str]):
    """Names of tags. Names that differ only in case or spaces name the same tag."""

    def __init__(self, **options: Any) -> None:
        super().__init__(TagName(), **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[Any]:
        names = super()._deserialize(value, attr, data, **kwargs)
        if len(names) > MOST_TAGS:
            raise ValidationError(f"At most {MOST_TAGS} tags, not {len(names)}.")
        return names


def custom_fields(**options: Any) -> fields.Dict:
    """Returns a field for custom field values by key.

    A change keeps the keys it leaves out; null deletes a value.
    """
    text = "Custom field values by key: text, true or false; numbers as decimal strings"
    metadata = seen_by(STAFF, description=text)
    return fields.Dict(keys=fields.String(), load_default=dict, metadata=metadata, **options)
