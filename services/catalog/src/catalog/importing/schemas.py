"""A line of the services' table: the fields of a service, its tax code by name, and whether it is archived."""

from catalog.service.models import ACTIVE, ARCHIVED
from catalog.service.schemas import ServiceBody
from common.http import fields as own


class ServiceLine(ServiceBody):
    """What POST and PUT take, and the status."""

    status = own.one_of(ACTIVE, ARCHIVED, load_default=ACTIVE)

    class Meta:
        exclude = ("category_id",)  # the name says it


LINE, LINE_PART = ServiceLine(), ServiceLine(partial=True)
_BY_NAME = {"tax_code_id": "tax_code"}
"""What people know by another name than the API."""

FIELDS: dict[str, str] = {_BY_NAME.get(name, name): name for name in LINE.load_fields}
"""Column → field."""
COLUMNS = ("id", *FIELDS)
REQUIRED = ("name",)


def column_of(field: str) -> str:
    return _BY_NAME.get(field, field)
