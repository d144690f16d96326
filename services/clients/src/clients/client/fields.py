"""Fields of a client whose input takes more than one form."""

from decimal import Decimal
from typing import Any

from marshmallow import Schema, ValidationError, fields, pre_load

from clients.custom_field.values import web_address
from clients.reference import emails
from clients.tag.fields import TagName
from common.countries import candidates, country_name
from common.http import fields as own

MOST_TAGS = 50


class Forgiving(Schema):
    """What a form leaves empty counts as not set, where "not set" is allowed."""

    @pre_load
    def _blank_is_null(self, data: Any, **_: Any) -> Any:
        if not isinstance(data, dict):
            return data
        return {
            name: None if value == "" and name in self.fields and self.fields[name].allow_none else value
            for name, value in data.items()
        }


class Country(fields.String):
    """Takes an ISO 3166 code or an English name ("Cayman Islands"), gives the code."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        found = candidates(text)
        if not found:
            raise ValidationError(
                f'"{text}" is not a country. Use an ISO 3166 code such as KY or an English name such as Cayman Islands.'
            )
        if len(found) > 1:
            choices = ", ".join(f"{country_name(code)} ({code})" for code in found)
            raise ValidationError(f'"{text}" could be several countries. Choose one: {choices}.')
        return found[0]


class HourlyRate(own.Money):
    """A flat rate for all labour of a client; 0.00 is no rate, as null."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_none=True, minimum="0", **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Decimal | None:  # type: ignore[override]
        return super()._deserialize(value, attr, data, **kwargs) or None


class EmailList(fields.List[str]):
    """Addresses as a list or one text, as pasted from a mail program; an entry may itself be such a text.

    Names are left out, duplicates dropped.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(own.Email(), **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[Any]:
        entries = [value] if isinstance(value, str) else value
        if not isinstance(entries, list):
            raise ValidationError("Must be a list of email addresses, or a text with commas between them.")
        wrong = [f"{entry!r} is not a valid email address." for entry in entries if not isinstance(entry, str)]
        kept: list[str] = []
        for found in emails.check("\n".join(entry for entry in entries if isinstance(entry, str))):
            if found["error"]:
                wrong.append(found["error"])
            elif not found["duplicate"]:
                kept.append(found["email"])
        if wrong:
            raise ValidationError(wrong)
        if len(kept) > emails.MOST:
            raise ValidationError(f"At most {emails.MOST} addresses, not {len(kept)}.")
        return kept


class WebAddress(fields.String):
    """A full http(s) address; "acme.example" is taken for "https://acme.example"."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        return web_address(super()._deserialize(value, attr, data, **kwargs))


class TagNames(fields.List[str]):
    """Tags by name; those that differ in case or spaces only are one."""

    def __init__(self, **options: Any) -> None:
        super().__init__(TagName(), **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[Any]:
        names = super()._deserialize(value, attr, data, **kwargs)
        if len(names) > MOST_TAGS:
            raise ValidationError(f"At most {MOST_TAGS} tags, not {len(names)}.")
        return names


def custom_fields(**options: Any) -> fields.Dict:
    """By key. In a change the keys that are given count and the others stay; null takes an answer away."""
    metadata = {"description": "Custom field values by key: text, true or false; numbers as decimal strings"}
    return fields.Dict(keys=fields.String(), load_default=dict, metadata=metadata, **options)
