"""Another currency is a change like any other: everybody hears of it."""


def test_it_is_announced_also_when_the_card_is_measured_anew(callers, make_client, catalog_says, emitted):
    catalog_says("Remote Support", "125.00", prices=[{"currency": "KYD", "default_rate": "100.00"}])
    client = make_client()

    answer = callers("manager").patch(f"/clients/{client['id']}", {"currency": "KYD"})

    assert answer.status_code == 200, answer.json
    last = emitted("clients.client.changed.v1")[-1]
    assert (last.data["currency"], last.sequence) == ("KYD", answer.json["version"])
