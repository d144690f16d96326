"""The columns of the CSV files of clients and contacts."""

from clients.client.models import STATUSES
from clients.client.schemas import ClientCreate
from clients.contact.models import ACTIVE, ARCHIVED
from clients.contact.schemas import Contact
from clients.location.schemas import Location
from common import fields as own

CUSTOM_PREFIX = "cf:"


class ClientRow(ClientCreate):
    """The fields of a new client without those that an import cannot set, and the status."""

    class Meta:
        exclude = ("primary_support_contact_id", "service_set_id", "inherit_services")

    status = own.one_of(*STATUSES, load_default=None)


class ContactRow(Contact):
    class Meta:
        exclude = ("location_id",)

    status = own.one_of(ACTIVE, ARCHIVED, load_default=None)


CLIENT, CLIENT_PART = ClientRow(), ClientRow(partial=True)
CONTACT, CONTACT_PART = ContactRow(), ContactRow(partial=True)
LOCATION, LOCATION_PART = Location(), Location(partial=True)

CLIENT_FIELDS: dict[str, str] = {
    {"tax_code_id": "tax_code"}.get(name, name): name for name in CLIENT.load_fields if name != "custom_fields"
}
"""Fields by column."""
CONTACT_PART_FIELDS = ("name", "title", "email", "phone", "extension", "mobile")
LOCATION_PART_FIELDS = ("name", "line1", "line2", "city", "subdivision", "postal_code", "country", "phone")
CLIENT_COLUMNS = (
    "id",
    *CLIENT_FIELDS,
    *(f"contact_{name}" for name in CONTACT_PART_FIELDS),
    *(f"location_{name}" for name in LOCATION_PART_FIELDS),
)
CLIENT_REQUIRED = ("name",)

CONTACT_FIELDS = tuple(name for name in CONTACT.load_fields if name != "custom_fields")
CONTACT_COLUMNS = ("id", "client", *CONTACT_FIELDS)
CONTACT_REQUIRED = ("client", "name")


def is_custom_field(column: str) -> bool:
    return column.startswith(CUSTOM_PREFIX) and len(column) > len(CUSTOM_PREFIX)
