"""The typed attributes that a plan can preset for its subscriptions, by subscription category."""

from dataclasses import dataclass

TEXT, INTEGER, NUMBER, BOOLEAN, SELECT = "text", "integer", "number", "boolean", "select"
HOSTNAME, HOSTNAMES, IP_ADDRESSES, PHONE_NUMBERS = "hostname", "hostnames", "ip_addresses", "phone_numbers"
DNS_RECORDS = "dns_records"

DOMAIN, WEB_HOSTING, EMAIL, SECURITY, VOICE, OTHER = CATEGORIES = (
    "domain",
    "web_hosting",
    "email",
    "security",
    "voice",
    "other",
)


@dataclass(frozen=True)
class Attribute:
    key: str
    label: str
    type: str
    options: tuple[str, ...] = ()
    help: str = ""


@dataclass(frozen=True)
class Category:
    key: str
    label: str
    attributes: tuple[Attribute, ...]
    free: bool = False
    """Also accepts attributes with any name: short texts, numbers or booleans."""


SUBSCRIPTION_CATEGORIES: dict[str, Category] = {
    category.key: category
    for category in (
        Category(
            DOMAIN,
            "Domain",
            (
                Attribute("tld", "Top-level domain", TEXT, help="com, co.uk, ky"),
                Attribute("registrar", "Registrar", TEXT),
                Attribute("registrar_account", "Registrar account", TEXT),
                Attribute("nameservers", "Nameservers", HOSTNAMES, help="ns1.example.net"),
                Attribute("whois_privacy", "WHOIS privacy", BOOLEAN),
                Attribute("registrar_lock", "Registrar lock", BOOLEAN),
                Attribute("dns_records", "DNS records", DNS_RECORDS, help="A, AAAA, MX, CNAME, TXT, NS, SRV, CAA"),
            ),
        ),
        Category(
            WEB_HOSTING,
            "Web hosting",
            (
                Attribute("plan_type", "Plan type", TEXT, help="Shared, VPS, dedicated"),
                Attribute("storage_gb", "Storage (GB)", NUMBER),
                Attribute("control_panel", "Control panel", TEXT),
                Attribute("server", "Server", HOSTNAME),
                Attribute("ip_addresses", "IP addresses", IP_ADDRESSES),
                Attribute("linked_domain", "Linked domain", HOSTNAME),
            ),
        ),
        Category(
            EMAIL,
            "Email",
            (
                Attribute("provider", "Provider", SELECT, ("zoho", "google_workspace", "microsoft_365", "other")),
                Attribute("user_count", "Users", INTEGER),
                Attribute("plan", "Plan", TEXT),
                Attribute("domain", "Domain", HOSTNAME),
            ),
        ),
        Category(
            SECURITY,
            "Security",
            (
                Attribute("security_type", "Kind", SELECT, ("firewall", "antivirus", "backup", "vpn", "edr", "other")),
                Attribute("vendor", "Vendor", TEXT),
                Attribute("seats", "Seats", INTEGER),
                Attribute("devices", "Devices", INTEGER),
            ),
        ),
        Category(
            VOICE,
            "Voice",
            (
                Attribute("numbers", "Phone numbers", PHONE_NUMBERS, help="+1 345 949 1234"),
                Attribute("trunks", "Trunks", INTEGER),
                Attribute("pbx", "PBX", TEXT),
            ),
        ),
        Category(OTHER, "Other", (), free=True),
    )
}
