"""Locations, assets and notes of some demo clients."""

from typing import Any

Fields = dict[str, Any]

FIELDS = (
    {"entity": "client", "key": "service_level", "label": "Service level", "type": "select",
     "options": ["Gold", "Silver", "Bronze"], "sort_order": 10},
    {"entity": "client", "key": "onboarded_on", "label": "Onboarded on", "type": "date", "sort_order": 20},
)  # fmt: skip

BRANCHES: tuple[tuple[str, Fields], ...] = (
    ("Caribbean Tech Ltd", {
        "name": "Cayman Brac office", "line1": "19 West End Road", "subdivision": "Cayman Brac",
        "postal_code": "KY2-2001", "country": "KY", "phone": "(345) 948-0119", "time_zone": "America/Cayman",
    }),
    ("Acme Corporation", {
        "name": "Plant 2", "line1": "900 Foundry Avenue", "city": "Toledo", "subdivision": "OH",
        "postal_code": "43604", "country": "US", "phone": "(419) 555-0177", "hours": "Mon-Fri 6:00-22:00",
        "notes": "Safety shoes on the floor; badge from the gatehouse.",
    }),
    ("Silver Birch Hotels", {
        "name": "Dublin", "line1": "5 Merrion Row", "city": "Dublin",
        "postal_code": "D02 YX28", "country": "IE", "phone": "+353 1 555 0140", "time_zone": "Europe/Dublin",
    }),
    ("Vanguard Robotics", {
        "name": "Test hall", "line1": "88 Innovation Drive", "city": "Kanata", "subdivision": "Ontario",
        "postal_code": "K2K 3G1", "country": "CA", "time_zone": "America/Toronto",
    }),
)  # fmt: skip

HARDWARE = {
    "server": ("Dell", "PowerEdge R650", "Windows Server 2022", "SRV"),
    "network": ("Fortinet", "FortiGate 60F", "FortiOS 7.4", "FW"),
    "workstation": ("HP", "EliteDesk 800 G9", "Windows 11 Pro", "WS"),
    "laptop": ("Lenovo", "ThinkPad T14 Gen 4", "Windows 11 Pro", "NB"),
    "printer": ("Brother", "MFC-L6900DW", None, "PRN"),
}

EQUIPPED = {
    "Acme Corporation": ("server", "network", "workstation", "laptop", "printer"),
    "Caribbean Tech Ltd": ("server", "network", "laptop"),
    "Harbor Dental Group": ("server", "network", "workstation"),
    "Northgate Legal": ("network", "laptop", "printer"),
    "Beacon Insurance": ("server", "network", "laptop"),
    "Meridian Architects": ("server", "workstation"),
    "Evercrest Senior Living": ("network", "workstation", "printer"),
}
"""Clients that also have a domain as an asset."""

NOTES: tuple[tuple[str, Fields], ...] = (
    ("Acme Corporation", {
        "title": "Call first", "pinned": True,
        "body": "Line 3 must not stop during a shift. Call Sarah before anything restarts.",
    }),
    ("Acme Corporation", {"title": "Quarterly review", "body": "Wants a price for new access points in the plant."}),
    ("Caribbean Tech Ltd", {
        "title": "Hurricane plan", "body": "Off-site copies are checked every June; contact on the Brac is Andre.",
    }),
    ("Harbor Dental Group", {"title": "Privacy", "pinned": True, "body": "No remote session before reception agrees."}),
    ("Keystone Logistics", {"title": "Payment", "body": "Pays by the end of the month after next, always in full."}),
)  # fmt: skip

REWORDED = ("Quarterly review", "Wants a price for new access points in the plant: 14 of them, by March.")
"""A note whose text was edited once."""
