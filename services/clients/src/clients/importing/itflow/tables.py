"""The tables and columns of ITFlow: each column is imported, left out on purpose, or unknown."""

from dataclasses import dataclass

_TIMES = "created_at updated_at accessed_at"


@dataclass(frozen=True)
class Source:
    """A table of ITFlow. `taken` columns are imported, `left` columns are known but not imported."""

    name: str
    taken: frozenset[str]
    left: frozenset[str]

    def unknown(self, columns: list[str]) -> list[str]:
        return [column for column in columns if column not in self.taken and column not in self.left]

    def dropped(self, columns: list[str]) -> list[str]:
        return [column for column in columns if column in self.left]


def _source(name: str, prefix: str, taken: str, left: str, other: str = "") -> Source:
    """Returns a source from column names without the `prefix` of their table; `other` columns have no prefix."""

    def full(names: str) -> frozenset[str]:
        return frozenset(f"{prefix}{column}" for column in names.split())

    times = full(_TIMES) | {"company_id"}
    return Source(name, full(taken) | frozenset(other.split()), full(left) | times)


CLIENTS = _source(
    "clients",
    "client_",
    "id lead name type website referral rate currency_code net_terms tax_id_number abbreviation notes archived_at",
    "favorite",
    "primary_contact primary_location",
)
CONTACTS = _source(
    "contacts",
    "contact_",
    "id name title email phone_country_code phone extension mobile_country_code mobile notes primary billing technical"
    " archived_at location_id department client_id",
    "photo pin important favorite vendor_id user_id auth_method password_hash password_reset_token token_expire",
)
LOCATIONS = _source(
    "locations",
    "location_",
    "id name description country address city state zip phone_country_code phone phone_extension hours primary notes"
    " archived_at contact_id client_id",
    "fax_country_code fax photo favorite important",
)
SERVICES = _source(
    "services",
    "service_",
    "id name description category importance backup notes client_id",
    "review_due",
)
DOMAINS = _source(
    "domains",
    "domain_",
    "id name description expire ip name_servers mail_servers notes archived_at registrar client_id",
    "txt raw_whois webhost dnshost mailhost favorite important",
)
ASSETS = _source(
    "assets",
    "asset_",
    "id type name tag description make model serial os ip mac uri status purchase_date warranty_expire install_date"
    " physical_location notes archived_at location_id contact_id client_id",
    "uri_2 uri_client photo important favorite vendor_id network_id login_id reciept purchase_reference ipv6 nat_ip"
    " rmm_id dhcp meshcentral_id",
)
INTERFACES = _source(
    "asset_interfaces",
    "interface_",
    "id ip mac primary asset_id archived_at",
    "name description type nat_ip ipv6 port notes network_id",
)
TAGS = _source("tags", "tag_", "id name color", "type icon archived_at")
CLIENT_TAGS = _source("client_tags", "", "client_id tag_id", "")
VENDORS = _source(
    "vendors",
    "vendor_",
    "id name",
    "description contact_name phone_country_code phone extension email website hours sla code account_number notes"
    " template archived_at client_id template_id phone_extension favorite",
)

SOURCES = (CLIENTS, CONTACTS, LOCATIONS, SERVICES, DOMAINS, ASSETS, INTERFACES, TAGS, CLIENT_TAGS, VENDORS)
WANTED = frozenset(source.name for source in SOURCES)
