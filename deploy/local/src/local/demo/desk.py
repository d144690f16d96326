"""The service desk of the demo: templates of work orders, an order with tasks, and a monthly server check."""

from dateutil.relativedelta import relativedelta

from local.demo.cast import CLIENTS
from local.demo.making import Making, Record

TEMPLATES: tuple[Record, ...] = (
    {
        "name": "New employee",
        "subject": "Set up a new employee",
        "description": "Ask for the name, the first day and the department.",
        "service": "Remote Support",
        "estimated_hours": "3.00",
        "tasks": ["Create the account and mailbox", "Assign licenses", "Order the laptop", "Hand over the laptop"],
    },
    {
        "name": "Server check",
        "subject": "Monthly server check",
        "service": "Server Maintenance",
        "estimated_hours": "1.50",
        "tasks": ["Restore a file from the backup", "Install updates", "Check the disk space"],
    },
)
DONE = 2
"""Tasks of the demo's order that are ticked."""


def build(demo: Making) -> None:
    templates = [_template(demo, template) for template in TEMPLATES]
    client = demo.clients[CLIENTS[0].name]
    order = demo.once(f"/work-order-templates/{templates[0]['id']}/orders", {"client_id": client["id"]}, "new employee")
    for task in demo.api.get(f"/work-orders/{order['id']}/tasks")["items"][:DONE]:
        demo.api.patch(f"/work-orders/{order['id']}/tasks/{task['id']}", {"done": True})
    check = {"client_id": client["id"], "template_id": templates[1]["id"], "every": 1, "unit": "months"}
    first = (demo.today + relativedelta(months=1)).replace(day=1)
    check |= {"agreement_id": client["agreement"]["id"], "starts_on": first.isoformat(), "due_in_days": 5}
    demo.once("/recurring-work-orders", check, "server check")


def _template(demo: Making, template: Record) -> Record:
    body = {name: value for name, value in template.items() if name != "service"}
    return demo.make("/work-order-templates", body | {"service_id": demo.services[template["service"]]})
