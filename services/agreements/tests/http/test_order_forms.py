"""Forms for work orders: who sees them, what they refuse, and what an order keeps of them."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from common.ids import new_id

QUESTIONS = [
    {"label": "Name", "type": "text", "required": True},
    {"label": "Device", "type": "choice", "choices": ["Laptop", "Desktop"]},
    {"label": "Monitors", "type": "number"},
    {"label": "First day", "type": "date"},
    {"label": "Needs a phone", "type": "yes_no"},
]
ANSWERS = [" Ann Lee ", "Laptop", "2", "2027-02-01", True]


@pytest.fixture
def manager(callers):
    return callers("manager")


@pytest.fixture
def make(manager):
    def create(**values):
        made = manager.post("/work-order-forms", {"name": "New employee", "questions": QUESTIONS} | values)
        assert made.status_code == 201, made.json
        return made.json

    return create


@pytest.fixture
def acme(world, callers):
    client_id = world.client()
    return client_id, callers("client_user", client_id=str(client_id))


def values(answer):
    return [one["value"] for one in answer.json["answers"]]


def test_a_submitted_form_is_an_order_with_its_answers(make, acme, world, manager, emitted):
    client_id, user = acme
    service = world.catalog_service("Onboarding")
    (row,) = world.card(client_id, "Onboarding", service_id=service)
    form = make(service_id=str(service))

    sent = user.post(f"/work-order-forms/{form['id']}/submissions", {"form_version": 1, "answers": ANSWERS})

    assert sent.status_code == 201, sent.json
    order = manager.get(f"/work-orders/{sent.json['id']}").json
    assert (order["subject"], order["client_id"], order["client_service_id"]) == (
        "New employee",
        str(client_id),
        str(row),
    )
    path = f"/work-orders/{order['id']}/form-answers"
    assert values(user.get(path)) == values(manager.get(path)) == ["Ann Lee", "Laptop", "2", "2027-02-01", "yes"]
    assert "agreements.work_order.created.v1" in [event.type for event in emitted()]


def test_the_version_that_was_answered_is_kept(make, acme, manager):
    _, user = acme
    form = make()
    path = f"/work-order-forms/{form['id']}"
    sent = user.post(f"{path}/submissions", {"form_version": 1, "answers": ANSWERS}).json
    changed = manager.patch(path, {"questions": [{"label": "Full name", "type": "text"}]}).json
    same = manager.patch(path, {"questions": changed["questions"], "description": "Ask early"}).json
    late = user.post(f"{path}/submissions", {"form_version": 1, "answers": ANSWERS})

    assert (changed["form_version"], same["form_version"]) == (2, 2)
    assert (late.status_code, "has changed meanwhile" in late.json["detail"]) == (409, True)
    kept = manager.get(f"/work-orders/{sent['id']}/form-answers").json
    assert (kept["form_version"], [one["label"] for one in kept["answers"]]) == (1, [one["label"] for one in QUESTIONS])
    assert manager.get("/work-orders").json["total"] == 1


def test_submitted_twice_is_one_order(make, acme, manager):
    _, user = acme
    form = make()
    body, key = {"form_version": 1, "answers": ANSWERS}, {"Idempotency-Key": str(new_id())}

    with ThreadPoolExecutor(4) as pool:
        sent = pool.map(lambda _: user.post(f"/work-order-forms/{form['id']}/submissions", body, headers=key), range(4))
        sent = [one for one in sent if one.status_code == 201]
    again = user.post(f"/work-order-forms/{form['id']}/submissions", body, headers=key)

    assert {one.json["id"] for one in [*sent, again]} == {manager.get("/work-orders").json["items"][0]["id"]}
    assert manager.get("/work-orders").json["total"] == 1


@pytest.mark.parametrize(
    ("position", "answer"),
    [
        *((0, bad) for bad in (" ", None, 5, "x" * 5001)),
        *((1, bad) for bad in ("Tablet", ["Laptop"])),
        *((2, bad) for bad in ("two", True, "1e99")),
        *((3, bad) for bad in ("2027-02-30", "20270201", 5)),
        (4, "yes"),
    ],
)
def test_bad_answers_are_refused_by_place(make, acme, manager, position, answer):
    _, user = acme
    form = make()
    answers = [*ANSWERS[:position], answer, *ANSWERS[position + 1 :]]

    refused = user.post(f"/work-order-forms/{form['id']}/submissions", {"form_version": 1, "answers": answers})

    assert (refused.status_code, list(refused.json["errors"])) == (422, [f"answers.{position}"])
    assert manager.get("/work-orders").json["total"] == 0


def test_clients_see_active_forms_for_all_or_for_them(make, acme, world, callers, manager):
    client_id, user = acme
    other = callers("client_user", client_id=str(world.client("Other")))
    make(name="For all")
    own = make(name="For Acme", client_id=str(client_id))
    old = make(name="Old", active=False)

    def names(caller):
        return [form["name"] for form in caller.get("/work-order-forms").json["items"]]

    assert (names(user), names(other)) == (["For Acme", "For all"], ["For all"])
    assert names(manager) == ["For Acme", "For all", "Old"]
    body = {"form_version": 1, "answers": ANSWERS}
    assert other.post(f"/work-order-forms/{own['id']}/submissions", body).status_code == 404
    assert user.post(f"/work-order-forms/{old['id']}/submissions", body).status_code == 404
    assert manager.post(f"/work-order-forms/{old['id']}/submissions", body).status_code == 409
    for_another = manager.post(f"/work-order-forms/{own['id']}/submissions", body | {"client_id": str(new_id())})
    assert list(for_another.json["errors"]) == ["client_id"]
    assert user.post("/work-order-forms", {}).status_code == 403


@pytest.mark.parametrize(
    ("questions", "where"),
    [
        ([], "questions"),
        ([{"label": "A", "type": "color"}], "questions.0.type"),
        ([{"label": "A", "type": "choice", "choices": ["one"]}], "questions.0.choices"),
        ([{"label": "A", "type": "text"}, {"label": "a", "type": "date"}], "questions.1.label"),
    ],
)
def test_bad_forms_are_refused(manager, questions, where):
    refused = manager.post("/work-order-forms", {"name": "Form", "questions": questions})

    assert (refused.status_code, list(refused.json["errors"])) == (422, [where])


def test_answers_number_and_orders_without_a_form(make, acme, manager, desk):
    client_id, user = acme
    form = make()
    short = user.post(f"/work-order-forms/{form['id']}/submissions", {"form_version": 1, "answers": ["Ann"]})

    assert list(short.json["errors"]) == ["answers"]
    plain = manager.get(f"/work-orders/{desk.order(client_id)}/form-answers").json
    assert (plain["form_name"], plain["answers"]) == (None, [])
