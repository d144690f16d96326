"""Fields of requests about places."""

from typing import Any

from marshmallow import ValidationError, fields

from common.countries import candidates, country_name


class Country(fields.String):
    """A country: loads an ISO 3166 code or an English name ("Cayman Islands") and returns the code."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        codes = candidates(text)
        if not codes:
            raise ValidationError(
                f'"{text}" is not a country. Use an ISO 3166 code such as KY or an English name such as Cayman Islands.'
            )
        if len(codes) > 1:
            choices = ", ".join(f"{country_name(code)} ({code})" for code in codes)
            raise ValidationError(f'"{text}" could be several countries. Choose one: {choices}.')
        return codes[0]
