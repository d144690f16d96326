"""The service desk of the demo: templates of work orders, an order with tasks, a monthly server check, and a form."""

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
FORM: Record = {
    "name": "New employee",
    "description": "Please tell us a week before the first day.",
    "service": "Remote Support",
    "questions": [
        {"label": "Name", "type": "text", "required": True},
        {"label": "First day", "type": "date", "required": True},
        {"label": "Computer", "type": "choice", "required": True, "choices": ["Laptop", "Desktop", "None"]},
        {"label": "Monitors", "type": "number"},
        {"label": "Needs a phone", "type": "yes_no"},
    ],
}
DONE = 2
"""Tasks of the demo's order that are ticked."""


def build(demo: Making) -> None:
    form = demo.make("/work-order-forms", _with_service(demo, FORM))
    templates = [demo.make("/work-order-templates", _with_service(demo, template)) for template in TEMPLATES]
    client = demo.clients[CLIENTS[0].name]
    order = demo.once(f"/work-order-templates/{templates[0]['id']}/orders", {"client_id": client["id"]}, "new employee")
    for task in demo.api.get(f"/work-orders/{order['id']}/tasks")["items"][:DONE]:
        demo.api.patch(f"/work-orders/{order['id']}/tasks/{task['id']}", {"done": True})
    check = {"client_id": client["id"], "template_id": templates[1]["id"], "every": 1, "unit": "months"}
    first = (demo.today + relativedelta(months=1)).replace(day=1)
    check |= {"agreement_id": client["agreement"]["id"], "starts_on": first.isoformat(), "due_in_days": 5}
    demo.once("/recurring-work-orders", check, "server check")
    answers = ["Ann Lee", demo.a_month_ahead, "Laptop", "2", True]
    submission = {"client_id": client["id"], "form_version": form["form_version"], "answers": answers}
    demo.once(f"/work-order-forms/{form['id']}/submissions", submission, "form")


def _with_service(demo: Making, body: Record) -> Record:
    values = {name: value for name, value in body.items() if name != "service"}
    return values | {"service_id": demo.services[body["service"]]}
