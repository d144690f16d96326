"""Who and what the demo is made of."""

from dataclasses import dataclass

LABOUR = (
    ("Remote Support", "Technical support and troubleshooting via remote connection", "125.00", "Support"),
    ("Onsite Support", "On-location technical support and service calls", "175.00", "Support"),
    ("Project Work", "Planned project implementation, upgrades, and installations", "150.00", "Project"),
    ("Emergency Support", "After-hours emergency response and critical issue resolution", "225.00", "Emergency"),
    ("Consulting", "Strategic IT planning, consulting, and advisory services", "200.00", "Consulting"),
    ("Network Monitoring", "Proactive network monitoring, alerting, and management", "50.00", "Monitoring"),
    (
        "Security Patching",
        "Security updates, patch management, and vulnerability remediation",
        "75.00",
        "Maintenance",
    ),
    ("Backup Management", "Backup configuration, monitoring, testing, and restoration", "40.00", "Maintenance"),
    ("User Training", "End user training, documentation, and knowledge transfer", "100.00", "Training"),
    (
        "Server Maintenance",
        "Server updates, optimization, performance tuning, and maintenance",
        "150.00",
        "Maintenance",
    ),
)

PLANS = (
    ("Domain Registration (.com)", "Registration and renewal of one .com domain", "24.00", "Domain", "annual"),
    ("Web Hosting Business", "Managed hosting, 50 GB, daily backups", "39.00", "Web hosting", "monthly"),
    ("Microsoft 365 Business Premium", "One mailbox with Office and device management", "26.00", "Email", "monthly"),
    ("Google Workspace Standard", "One mailbox with 2 TB pooled storage", "17.00", "Email", "monthly"),
    ("Zoho Mail Premium", "One mailbox with 50 GB", "5.00", "Email", "monthly"),
    ("Managed Firewall", "Firewall licence, updates and rule changes", "120.00", "Security", "monthly"),
    ("Endpoint Protection", "Antivirus and EDR for one device", "9.00", "Security", "monthly"),
    ("Cloud Backup 1 TB", "Off-site backup with monthly restore test", "85.00", "Security", "monthly"),
    ("Hosted Voice Line", "One number on the hosted PBX", "22.00", "Voice", "monthly"),
    ("Hardware Lifecycle", "Asset register and replacement planning", "60.00", "Other", "quarterly"),
)

TECHNICIANS = ("Dana Whitfield", "Tom Okafor", "Priya Raman", "Wei Zhang")


@dataclass(frozen=True)
class DemoClient:
    name: str
    domain: str
    contact: str
    country: str = "United States"
    currency: str = "USD"
    net_terms: int = 30
    tax: str | None = None
    agreement: str | None = None
    """fixed_price, block_hours_prepaid, block_hours_monthly, time_and_materials or none."""


CLIENTS = (
    DemoClient("Acme Corporation", "acmecorp.example", "Sarah Johnson", tax="8", agreement="block_hours_prepaid"),
    DemoClient(
        "Caribbean Tech Ltd",
        "caribbeantech.example",
        "Andre Ebanks",
        "Cayman Islands",
        "KYD",
        agreement="time_and_materials",
    ),
    DemoClient(
        "Harbor Dental Group", "harbordental.example", "Nina Castillo", tax="5", agreement="block_hours_monthly"
    ),
    DemoClient(
        "Northgate Legal", "northgatelegal.example", "Peter Lindqvist", net_terms=14, agreement="time_and_materials"
    ),
    DemoClient("Lakeside Veterinary", "lakesidevet.example", "Hannah Brooks", tax="8"),
    DemoClient("Granite Construction", "graniteco.example", "Marcus Bell", tax="8", agreement="block_hours_prepaid"),
    DemoClient("Sunrise Bakery Cafe", "sunrisebakery.example", "Elena Rossi", net_terms=15),
    DemoClient("Beacon Insurance", "beaconins.example", "Robert Hale", tax="5", agreement="fixed_price"),
    DemoClient("Riverbend Manufacturing", "riverbendmfg.example", "Greta Olsen", net_terms=45, tax="9.975"),
    DemoClient("Crestview Academy", "crestview.example", "Linda Park", agreement="block_hours_monthly"),
    DemoClient("Silver Birch Hotels", "silverbirch.example", "Omar Haddad", tax="8", agreement="time_and_materials"),
    DemoClient("Ironwood Fitness", "ironwoodfit.example", "Jade Nguyen", net_terms=0),
    DemoClient("Meridian Architects", "meridianarch.example", "Paul Schneider", tax="5", agreement="fixed_price"),
    DemoClient("Bluefin Seafood", "bluefin.example", "Kenji Mori", tax="8"),
    DemoClient("Oakridge Pharmacy", "oakridgerx.example", "Amara Diallo", agreement="block_hours_prepaid"),
    DemoClient("Summit Accounting", "summitcpa.example", "George Whitman", net_terms=30, tax="5"),
    DemoClient("Prairie Wind Energy", "prairiewind.example", "Sofia Almeida", agreement="time_and_materials"),
    DemoClient("Foxglove Florists", "foxglove.example", "Tess Murray"),
    DemoClient("Keystone Logistics", "keystonelog.example", "Viktor Petrov", net_terms=45, tax="8"),
    DemoClient("Palmetto Realty", "palmettorealty.example", "Janelle Carter", tax="8", agreement="fixed_price"),
    DemoClient("Evercrest Senior Living", "evercrest.example", "Ruth Abrams", agreement="block_hours_monthly"),
    DemoClient("Tidewater Marine", "tidewater.example", "Callum Reid", "Cayman Islands", "KYD"),
    DemoClient("Copperfield Books", "copperfield.example", "Iris Feldman", tax="5"),
    DemoClient("Juniper Wellness", "juniperwell.example", "Malik Freeman", net_terms=14),
    DemoClient(
        "Vanguard Robotics", "vanguardrobotics.example", "Yuki Tanaka", tax="9.975", agreement="time_and_materials"
    ),
)

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
