"""The demo's clients and their tickets."""

from dataclasses import dataclass

TECHNICIANS = ("Dana Whitfield", "Tom Okafor", "Priya Raman", "Wei Zhang")

TAGS = (("Key account", "green"), ("Healthcare", "teal"), ("Compliance", "purple"), ("Slow payer", "orange"))
"""Names and colors."""

CAYMAN, CANADA, BRITAIN = "Cayman Islands", "Canada", "United Kingdom"


@dataclass(frozen=True)
class Place:
    line1: str
    city: str | None
    subdivision: str | None
    postal_code: str
    phone: str


@dataclass(frozen=True)
class DemoClient:
    name: str
    domain: str
    contact: str
    industry: str
    place: Place
    country: str = "United States"
    currency: str = "USD"
    net_terms: int = 30
    tax: str | None = None
    agreement: str | None = None
    """fixed_price, block_hours_prepaid, block_hours_monthly, time_and_materials or none."""
    level: str = "Bronze"
    tags: tuple[str, ...] = ()


CLIENTS = (
    DemoClient(
        "Acme Corporation", "acmecorp.example", "Sarah Johnson", "Manufacturing",
        Place("1200 Industrial Parkway", "Columbus", "OH", "43215", "(614) 555-0110"),
        tax="8", agreement="block_hours_prepaid", level="Gold", tags=("Key account",),
    ),
    DemoClient(
        "Caribbean Tech Ltd", "caribbeantech.example", "Andre Ebanks", "Technology",
        Place("23 Lime Tree Bay Avenue", None, "Grand Cayman", "KY1-1104", "(345) 949-0142"),
        country=CAYMAN, currency="KYD", agreement="time_and_materials", level="Silver", tags=("Key account",),
    ),
    DemoClient(
        "Harbor Dental Group", "harbordental.example", "Nina Castillo", "Healthcare",
        Place("88 Harbor Street", "Portland", "ME", "04101", "(207) 555-0123"),
        tax="5", agreement="block_hours_monthly", level="Gold", tags=("Healthcare", "Compliance"),
    ),
    DemoClient(
        "Northgate Legal", "northgatelegal.example", "Peter Lindqvist", "Legal",
        Place("410 Court Square", "Minneapolis", "MN", "55415", "(612) 555-0134"),
        net_terms=14, agreement="time_and_materials", level="Gold", tags=("Compliance",),
    ),
    DemoClient(
        "Lakeside Veterinary", "lakesidevet.example", "Hannah Brooks", "Healthcare",
        Place("7 Lake Shore Road", "Madison", "WI", "53703", "(608) 555-0145"),
        tax="8", tags=("Healthcare",),
    ),
    DemoClient(
        "Granite Construction", "graniteco.example", "Marcus Bell", "Construction",
        Place("560 Quarry Road", "Concord", "NH", "03301", "(603) 555-0156"),
        tax="8", agreement="block_hours_prepaid", level="Silver",
    ),
    DemoClient(
        "Sunrise Bakery Cafe", "sunrisebakery.example", "Elena Rossi", "Hospitality",
        Place("15 Main Street", "Burlington", "VT", "05401", "(802) 555-0167"),
        net_terms=15,
    ),
    DemoClient(
        "Beacon Insurance", "beaconins.example", "Robert Hale", "Insurance",
        Place("300 State Street", "Hartford", "CT", "06103", "(860) 555-0178"),
        tax="5", agreement="fixed_price", level="Gold", tags=("Key account", "Compliance"),
    ),
    DemoClient(
        "Riverbend Manufacturing", "riverbendmfg.example", "Greta Olsen", "Manufacturing",
        Place("4200 Rue Saint-Patrick", "Montréal", "QC", "H4E 1A5", "(514) 555-0189"),
        country=CANADA, net_terms=45, tax="9.975", level="Silver", tags=("Slow payer",),
    ),
    DemoClient(
        "Crestview Academy", "crestview.example", "Linda Park", "Education",
        Place("90 Academy Drive", "Boulder", "CO", "80302", "(303) 555-0190"),
        tax="exempt", agreement="block_hours_monthly", level="Silver",
    ),
    DemoClient(
        "Silver Birch Hotels", "silverbirch.example", "Omar Haddad", "Hospitality",
        Place("1 Birch Plaza", "Nashville", "TN", "37203", "(615) 555-0101"),
        tax="district", agreement="time_and_materials", level="Silver",
    ),
    DemoClient(
        "Ironwood Fitness", "ironwoodfit.example", "Jade Nguyen", "Fitness",
        Place("245 Ironwood Avenue", "Tempe", "AZ", "85281", "(480) 555-0112"),
        net_terms=0,
    ),
    DemoClient(
        "Meridian Architects", "meridianarch.example", "Paul Schneider", "Architecture",
        Place("14 Clerkenwell Green", "London", None, "EC1R 0DP", "020 7946 0321"),
        country=BRITAIN, tax="5", agreement="fixed_price", level="Gold",
    ),
    DemoClient(
        "Bluefin Seafood", "bluefin.example", "Kenji Mori", "Food",
        Place("Pier 9, Dock Street", "Gloucester", "MA", "01930", "(978) 555-0134"),
        tax="8",
    ),
    DemoClient(
        "Oakridge Pharmacy", "oakridgerx.example", "Amara Diallo", "Healthcare",
        Place("77 Oak Ridge Turnpike", "Oak Ridge", "TN", "37830", "(865) 555-0145"),
        agreement="block_hours_prepaid", level="Silver", tags=("Healthcare", "Compliance"),
    ),
    DemoClient(
        "Summit Accounting", "summitcpa.example", "George Whitman", "Accounting",
        Place("1800 Summit Boulevard", "Denver", "CO", "80202", "(720) 555-0156"),
        tax="5", tags=("Compliance",),
    ),
    DemoClient(
        "Prairie Wind Energy", "prairiewind.example", "Sofia Almeida", "Energy",
        Place("52 Turbine Road", "Amarillo", "TX", "79101", "(806) 555-0167"),
        tax="district", agreement="time_and_materials", level="Gold", tags=("Key account",),
    ),
    DemoClient(
        "Foxglove Florists", "foxglove.example", "Tess Murray", "Retail",
        Place("31 Garden Lane", "Asheville", "NC", "28801", "(828) 555-0178"),
    ),
    DemoClient(
        "Keystone Logistics", "keystonelog.example", "Viktor Petrov", "Logistics",
        Place("6100 Depot Avenue", "Harrisburg", "PA", "17101", "(717) 555-0189"),
        net_terms=45, tax="8", tags=("Slow payer",),
    ),
    DemoClient(
        "Palmetto Realty", "palmettorealty.example", "Janelle Carter", "Real estate",
        Place("205 King Street", "Charleston", "SC", "29401", "(843) 555-0190"),
        tax="8", agreement="fixed_price", level="Silver",
    ),
    DemoClient(
        "Evercrest Senior Living", "evercrest.example", "Ruth Abrams", "Healthcare",
        Place("940 Evercrest Way", "Boise", "ID", "83702", "(208) 555-0101"),
        agreement="block_hours_monthly", level="Gold", tags=("Healthcare", "Key account"),
    ),
    DemoClient(
        "Tidewater Marine", "tidewater.example", "Callum Reid", "Marine",
        Place("North Sound Road, Unit 6", None, "Grand Cayman", "KY1-1206", "(345) 949-0187"),
        country=CAYMAN, currency="KYD",
    ),
    DemoClient(
        "Copperfield Books", "copperfield.example", "Iris Feldman", "Retail",
        Place("12 Dickens Row", "Ann Arbor", "MI", "48104", "(734) 555-0123"),
        tax="5",
    ),
    DemoClient(
        "Juniper Wellness", "juniperwell.example", "Malik Freeman", "Healthcare",
        Place("66 Juniper Street", "Santa Fe", "NM", "87501", "(505) 555-0134"),
        net_terms=14, tags=("Healthcare",),
    ),
    DemoClient(
        "Vanguard Robotics", "vanguardrobotics.example", "Yuki Tanaka", "Technology",
        Place("350 Columbia Street West", "Waterloo", "ON", "N2L 6P4", "(519) 555-0145"),
        country=CANADA, tax="9.975", agreement="time_and_materials", level="Silver",
    ),
)  # fmt: skip

TWIN = DemoClient(
    "Granite Construction, LLC", "graniteco.example", "Marcus Bell", "Construction",
    Place("560 Quarry Rd", "Concord", "NH", "03301", "(603) 555-0156"),
)  # fmt: skip
"""A duplicate of another client, to demonstrate merging."""

SUBJECTS = {
    "Remote Support": ("Outlook will not open", "VPN drops every hour", "Slow laptop", "Password locked out"),
    "Onsite Support": ("Printer in reception jams", "New desk set-up", "Conference room screen"),
    "Project Work": ("Migrate file server", "Roll out new firewall", "Move mailboxes to the cloud"),
    "Emergency Support": ("Server down after power cut", "Ransomware alert on a workstation"),
    "Consulting": ("Yearly IT roadmap", "Cyber insurance questionnaire"),
    "Network Monitoring": ("Switch alerts reviewed", "Wi-Fi coverage report"),
    "Security Patching": ("Monthly patch window", "Out-of-band browser patch"),
    "Backup Management": ("Restore test", "Backup job failed twice"),
    "User Training": ("Phishing awareness session", "New hire onboarding"),
    "Server Maintenance": ("Quarterly server check", "Storage nearly full"),
}

ISLANDS = {"Hurricane Readiness": ("Yearly readiness check", "Generator and failover test")}
"""Additional tickets of clients in the Cayman Islands."""
