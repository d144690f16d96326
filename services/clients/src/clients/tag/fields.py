"""Fields of tag names."""

from typing import Any

from marshmallow import ValidationError, fields, validate

from common import fields as own
from common.audience import seen_by
from common.roles import STAFF

LONGEST = 50
SEPARATORS = ",;"
"""The characters between tag names in queries and CSV cells."""


class TagFilter(fields.List[str]):
    """Names of tags, separated by commas in a query."""

    def __init__(self, **options: Any) -> None:
        text = "Tag names separated by commas; finds clients with all of them"
        metadata = seen_by(STAFF, description=text, type="string")
        super().__init__(fields.String(), metadata=metadata, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[Any]:
        names = value.split(",") if isinstance(value, str) else value
        stripped = [name.strip() for name in super()._deserialize(names, attr, data, **kwargs) if name]
        return [name for name in stripped if name]


class TagName(own.Trimmed):
    def __init__(self, **options: Any) -> None:
        super().__init__(required=True, validate=validate.Length(min=1, max=LONGEST), **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        name = super()._deserialize(value, attr, data, **kwargs)
        if any(separator in name for separator in SEPARATORS):
            raise ValidationError(f'"{name}" contains a comma or semicolon. These separate tags.')
        return name
