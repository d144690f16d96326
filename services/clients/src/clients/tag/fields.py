"""The name of a tag, wherever one is written."""

from typing import Any

from marshmallow import ValidationError, validate

from common.http import fields as own

LONGEST = 50
SEPARATORS = ",;"
"""Lists of tags in queries and tables put these between the names."""


class TagName(own.Trimmed):
    def __init__(self, **options: Any) -> None:
        super().__init__(required=True, validate=validate.Length(min=1, max=LONGEST), **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        name = super()._deserialize(value, attr, data, **kwargs)
        if any(separator in name for separator in SEPARATORS):
            raise ValidationError(f'"{name}" has a comma or semicolon in it: these stand between tags.')
        return name
