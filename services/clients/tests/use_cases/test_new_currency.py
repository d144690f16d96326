"""Another currency is a change like any other: everybody hears of it."""

from datetime import timedelta


def test_it_is_announced_also_when_the_card_is_measured_anew(callers, make_client, catalog_says, emitted):
    catalog_says("Remote Support", "125.00", prices=[{"currency": "KYD", "default_rate": "100.00"}])
    client = make_client()

    answer = callers("manager").patch(f"/clients/{client['id']}", {"currency": "KYD"})

    assert answer.status_code == 200, answer.json
    last = emitted("clients.client.changed.v1")[-1]
    assert (last.data["currency"], last.sequence) == ("KYD", answer.json["version"])


def test_rates_to_come_must_fit_it_too(callers, make_client, catalog_says, in_work):
    catalog_says("Remote Support", "125.00")
    catalog_says("Onsite", "100.00")
    client, manager = make_client(), callers("manager")
    path = f"/clients/{client['id']}"
    onsite, remote = manager.get(f"{path}/services").json["items"]
    with in_work() as work:
        today = work.today
    later, ends = (str(today + timedelta(days=days)) for days in (5, 9))
    manager.post(f"{path}/services/{onsite['id']}/scheduled-rates", {"custom_rate": "80.55", "valid_from": later})
    manager.patch(f"{path}/services/{remote['id']}", {"custom_rate": "99.95"})
    running = {"custom_rate": "90", "valid_from": str(today), "valid_until": ends}
    assert manager.post(f"{path}/services/{remote['id']}/scheduled-rates", running).status_code == 201

    refused = manager.patch(path, {"currency": "JPY"})

    assert refused.status_code == 422
    assert refused.json["errors"] == {
        "currency": ["JPY amounts can't be finer than 1. Change the 2 scheduled rates that don't fit first."]
    }
    assert manager.get(path).json["currency"] == "USD"
    assert manager.patch(path, {"currency": "KYD"}).status_code == 200, "cents fit"
