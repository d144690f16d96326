"""A client has at most one default agreement: it is suggested first, and goes when the agreement ends."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from agreements.agreement.ending import AGREEMENT_EXPIRY
from agreements.agreement.models import Agreement
from common.context import Context
from common.testing import tasks
from common.testing.days import today

END = today() + timedelta(days=30)


@pytest.fixture
def manager(callers):
    return callers("manager")


@pytest.fixture
def make(manager):
    def agreement(client_id, *, days_ago, **values):
        body = {"client_id": str(client_id), "name": "Support", "type": "time_and_materials", "activate": True}
        start = today() - timedelta(days=days_ago)
        body |= {"start_date": str(start), "end_date": str(END), "auto_renew": True} | values
        return manager.post("/agreements", body).json

    return agreement


@pytest.fixture
def act(manager):
    def post(agreement, action="make-default"):
        return manager.post(f"/agreements/{agreement['id']}/{action}", {})

    return post


def defaults(in_work):
    with in_work() as work:
        return [str(one) for one in work.session.scalars(select(Agreement.id).where(Agreement.is_default))]


def test_the_default_is_suggested_before_the_one_that_started_last(world, make, act, manager, desk, emitted):
    client_id = world.client()
    older, newer = make(client_id, days_ago=90), make(client_id, days_ago=10)
    order = desk.order(client_id)

    def suggested():
        choices = manager.get(f"/work-orders/choices?client_id={client_id}").json["suggested_agreement_id"]
        assert manager.get(f"/work-orders/{order}").json["suggested_agreement_id"] == choices
        return choices

    assert suggested() == newer["id"]
    assert act(older).json["is_default"]
    assert suggested() == older["id"]
    assert act(newer).json["is_default"]
    assert not manager.get(f"/agreements/{older['id']}").json["is_default"]
    assert emitted("agreements.agreement.changed.v1")[-2].subject == older["id"]
    act(older)
    assert not act(older, "clear-default").json["is_default"]
    assert suggested() == newer["id"]


@pytest.mark.parametrize("action", ["suspend", "cancel"])
def test_only_an_active_agreement_can_be_chosen(world, make, act, manager, action):
    agreement = make(world.client(), days_ago=10)
    act(agreement, action)
    answer = act(agreement)
    assert (answer.status_code, "Only an active agreement" in answer.json["detail"]) == (409, True)


def test_a_canceled_agreement_is_no_default(world, make, act, in_work):
    agreement = make(world.client(), days_ago=10)
    act(agreement)
    act(agreement, "cancel")
    assert defaults(in_work) == []


def test_the_next_term_takes_over(app, world, make, act, in_work, manager):
    agreement = make(world.client(), days_ago=10)
    act(agreement)
    after = END + timedelta(days=1)
    noon = datetime(after.year, after.month, after.day, 17, tzinfo=UTC)
    tasks.run_job(app, AGREEMENT_EXPIRY, after, context=Context(now=noon))
    (default,) = defaults(in_work)
    assert manager.get(f"/agreements/{default}").json["renewed_from_id"] == agreement["id"]


def test_two_choices_at_once_leave_one(world, make, act, in_work):
    client_id = world.client()
    both = [make(client_id, days_ago=days) for days in (10, 20)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(act, both * 4))
    assert {answer.status_code for answer in answers} <= {200, 409}
    assert len(defaults(in_work)) == 1


def test_a_merge_keeps_the_survivors_default(world, make, act, deliver, in_work):
    kept, merged = world.client("Acme"), world.client("Acme Inc")
    first, second = make(kept, days_ago=10), make(merged, days_ago=10)
    act(first)
    act(second)
    data = {"id": kept, "merged_client_id": merged, "client_services": [], "services": [], "version": 2}
    deliver("clients.client.merged.v1", data)
    assert defaults(in_work) == [first["id"]]
