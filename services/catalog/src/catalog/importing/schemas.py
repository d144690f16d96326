"""The columns of the CSV file of services: the fields, the tax code by name, and the status."""

from catalog.service.models import ACTIVE, ARCHIVED
from catalog.service.schemas import ServiceBody
from common import fields as own


class ServiceLine(ServiceBody):
    """The fields of POST and PUT, and the status."""

    status = own.one_of(ACTIVE, ARCHIVED, load_default=ACTIVE)

    class Meta:
        exclude = ("category_id",)  # given by name


LINE, LINE_PART = ServiceLine(), ServiceLine(partial=True)
_BY_NAME = {"tax_code_id": "tax_code"}
"""Columns whose name differs from the field's."""

FIELDS: dict[str, str] = {_BY_NAME.get(name, name): name for name in LINE.load_fields}
"""Fields by column."""
COLUMNS = ("id", *FIELDS)
REQUIRED = ("name",)


def column_of(field: str) -> str:
    return _BY_NAME.get(field, field)
