"""The demo's services: labor, plans of every category, usage, sets and bundles."""

from typing import Any

Fields = dict[str, Any]

CATEGORIES = (
    ("Support", "Help for people at their desks", "#2563eb"),
    ("Project", "Work with a plan and an end", "#7c3aed"),
    ("Emergency", "At night, at weekends, at once", "#dc2626"),
    ("Consulting", "Advice before money is spent", "#b45309"),
    ("Monitoring", "Watching, so that nobody has to call", "#0891b2"),
    ("Maintenance", "What keeps running systems running", "#0f766e"),
    ("Training", "So that people know what to do", "#db2777"),
    ("Domain", "Names and their records", "#4d7c0f"),
    ("Web hosting", "Sites and where they live", "#15803d"),
    ("Email", "Mailboxes of every kind", "#1d4ed8"),
    ("Security", "Firewalls, endpoints and backups", "#9f1239"),
    ("Voice", "Numbers and lines", "#a16207"),
    ("Metered", "Charged by what was used", "#6d28d9"),
    ("Other", "Everything else", "#57534e"),
)

TAX_CODES: dict[str, Fields] = {
    "5": {"name": "Tax 5 %", "rate_percent": "5"},
    "8": {"name": "Tax 8 %", "rate_percent": "8"},
    "9.975": {"name": "Tax 9.975 %", "rate_percent": "9.975"},
    "district": {
        "name": "State and district",
        "code": "STATE-DIST",
        "description": "A state sales tax and a district's surcharge, which is charged on the state's tax as well",
        "components": [
            {"name": "State sales tax", "rate_percent": "6"},
            {"name": "District surcharge", "rate_percent": "1.5", "compound": True},
        ],
    },
    "exempt": {
        "name": "Exempt: education",
        "code": "EXEMPT-EDU",
        "exempt": True,
        "exempt_reason": "Educational institution, exemption certificate on file",
    },
}

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
    (
        "Hurricane Readiness",
        "Generators, off-site copies and failover tried before the season",
        "160.00",
        "Consulting",
    ),
)

ISLAND_RATES = {"Hurricane Readiness": "140.00"}
"""Labor with its own price in KYD; other labor has the same number in every currency."""

FORMER_RATES = {"User Training": "95.00"}
"""Rates before an increase, which creates open rate reviews."""

CHECKLISTS: dict[str, tuple[tuple[str, str, bool], ...]] = {
    "domain": (
        ("Register or transfer the name", "At the registrar in the plan's attributes", True),
        ("Set the name servers", "", True),
        ("Turn on the registrar lock", "", True),
        ("Write the renewal date into the calendar", "", False),
    ),
    "web_hosting": (
        ("Create the account", "", True),
        ("Point the domain", "A and AAAA records, then www", True),
        ("Issue the certificate", "", True),
        ("Restore a backup once", "Nothing is backed up until it came back", False),
    ),
    "email": (
        ("Verify the domain", "TXT record", True),
        ("Create the mailboxes", "", True),
        ("Set MX, SPF, DKIM and DMARC", "", True),
        ("Move the old mail", "", False),
    ),
    "security": (
        ("Order the licence", "", True),
        ("Deploy and enrol", "", True),
        ("Let it report to monitoring", "", True),
    ),
    "voice": (
        ("Port or order the number", "Allow ten days for a port", True),
        ("Set the emergency address", "", True),
        ("Call in and out once", "", True),
    ),
    "other": (("Take the inventory", "", True), ("Agree the replacement plan", "", False)),
}

# name, description, rate, cost, setup fee, category, cycle, subscription category, term in months, attributes
PLANS: tuple[tuple[str, str, str, str, str, str, str, str, int, Fields], ...] = (
    (
        "Domain Registration (.com)", "Registration and renewal of one .com domain",
        "24.00", "11.50", "0.00", "Domain", "annual", "domain", 12,
        {
            "tld": "com", "registrar": "Example Registrar", "whois_privacy": True, "registrar_lock": True,
            "nameservers": ["ns1.evergreen.example", "ns2.evergreen.example"],
            "dns_records": [
                {"type": "A", "name": "@", "value": "192.0.2.80", "ttl": 3600},
                {"type": "MX", "name": "@", "value": "mx1.evergreen.example", "priority": 10, "ttl": 3600},
            ],
        },
    ),
    (
        "Web Hosting Business", "Managed hosting, 50 GB, daily backups",
        "39.00", "12.00", "75.00", "Web hosting", "monthly", "web_hosting", 12,
        {"plan_type": "Business", "storage_gb": 50, "control_panel": "Plesk", "server": "web1.evergreen.example"},
    ),
    (
        "Microsoft 365 Business Premium", "One mailbox with Office and device management",
        "26.00", "19.80", "25.00", "Email", "monthly", "email", 12,
        {"provider": "microsoft_365", "plan": "Business Premium", "user_count": 1},
    ),
    (
        "Google Workspace Standard", "One mailbox with 2 TB pooled storage",
        "17.00", "12.00", "25.00", "Email", "monthly", "email", 12,
        {"provider": "google_workspace", "plan": "Business Standard", "user_count": 1},
    ),
    (
        "Zoho Mail Premium", "One mailbox with 50 GB",
        "5.00", "3.20", "10.00", "Email", "monthly", "email", 12,
        {"provider": "zoho", "plan": "Mail Premium", "user_count": 1},
    ),
    (
        "Managed Firewall", "Firewall licence, updates and rule changes",
        "120.00", "64.00", "350.00", "Security", "monthly", "security", 36,
        {"security_type": "firewall", "vendor": "Fortinet", "devices": 1},
    ),
    (
        "Endpoint Protection", "Antivirus and EDR for one device",
        "9.00", "4.10", "0.00", "Security", "monthly", "security", 12,
        {"security_type": "edr", "vendor": "SentinelOne", "seats": 1},
    ),
    (
        "Cloud Backup 1 TB", "Off-site backup with monthly restore test",
        "85.00", "41.00", "150.00", "Security", "monthly", "security", 12,
        {"security_type": "backup", "vendor": "Veeam"},
    ),
    (
        "Hosted Voice Line", "One number on the hosted PBX",
        "22.00", "9.50", "40.00", "Voice", "monthly", "voice", 24,
        {"pbx": "3CX", "trunks": 1},
    ),
    (
        "Hardware Lifecycle", "Asset register and replacement planning",
        "60.00", "15.00", "0.00", "Other", "quarterly", "other", 12,
        {"review_meeting": "Quarterly", "devices_included": 25},
    ),
)  # fmt: skip

USAGE_NAME = "Cloud Storage Traffic"
USAGE_TIERS = (("100", "0.00"), ("1000", "0.09"), ("10000", "0.07"), (None, "0.05"))
"""Graduated tiers: up to so many GB at that price each, the first 100 free."""

SETS = (
    ("Essentials", "What every client gets", True,
     ("Remote Support", "Onsite Support", "Emergency Support", "Network Monitoring", "Security Patching",
      "Backup Management")),
    ("Projects and advice", "For clients with IT people of their own", False,
     ("Project Work", "Consulting", "User Training", "Server Maintenance")),
)  # fmt: skip

BUNDLES = (
    ("New Employee", "A mailbox, a protected device and a phone for one person",
     {"pricing": "fixed", "price": "52.00"},
     (("Microsoft 365 Business Premium", "1"), ("Endpoint Protection", "1"), ("Hosted Voice Line", "1"))),
    ("Secure Office", "Firewall, backup and ten protected devices, ten percent below list",
     {"pricing": "markup", "markup_percent": "-10"},
     (("Managed Firewall", "1"), ("Cloud Backup 1 TB", "1"), ("Endpoint Protection", "10"))),
)  # fmt: skip

RISING = ("Onsite Support", "185.00")
"""A price increase scheduled a month ahead."""
