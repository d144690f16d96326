"""What forms choose from, and what they ask while somebody types."""

import pytest

from common.ids import new_id


@pytest.fixture
def ask(callers):
    caller = callers("client_user", client_id=new_id())
    return lambda path: caller.get(f"/reference/{path}").json


def names(answer) -> dict[str, str]:
    assert answer["total"] == len(answer["items"])
    return {item["code"]: item["name"] for item in answer["items"]}


def test_parts_of_a_country(ask):
    assert names(ask("subdivisions?country=CA"))["CA-BC"] == "British Columbia"
    assert list(names(ask("subdivisions?country=Cayman Islands"))) == ["Cayman Brac", "Grand Cayman", "Little Cayman"]
    assert set(ask("subdivisions?country=Atlantis")["errors"]) == {"country"}
    assert set(ask("subdivisions")["errors"]) == {"country"}


def test_the_form_of_an_address(ask):
    form = ask("address-format?country=KY")

    assert form["lines"] == [["line1"], ["line2"], ["city"], ["subdivision", "postal_code"]]
    assert (form["labels"]["subdivision"], form["postal_code_example"][:3]) == ("Island", "KY1")
    assert ask("address-format?country=US")["labels"]["postal_code"] == "ZIP code"


def test_time_zones_and_languages(ask):
    zones = {item["code"]: item for item in ask("time-zones")["items"]}

    assert zones["America/Cayman"] == {
        "code": "America/Cayman",
        "name": "Eastern Time",
        "offset": "-05:00",
    }
    assert not {"EST5EDT", "US/Eastern", "Etc/GMT+5"} & set(zones)
    assert names(ask("languages"))["en-US"] == "English (United States)"


@pytest.mark.parametrize("list", ["time-zones", "languages", "countries", "currencies"])
def test_every_choice_is_taken(callers, ask, list):
    field = {"time-zones": "time_zone", "languages": "locale", "countries": "country", "currencies": "currency"}[list]
    codes = [item["code"] for item in ask(list)["items"]]
    client = callers("manager").post("/clients", {"name": "Acme"}).json

    for code in codes[:: max(1, len(codes) // 25)]:
        answer = callers("manager").patch(f"/clients/{client['id']}", {field: code})
        assert (answer.status_code, answer.json.get(field)) == (200, code)


def test_a_cc_list_is_judged_while_it_is_typed(callers):
    def check(text: str):
        return callers("manager").post("/reference/emails/check", {"emails": text}).json

    answer = check("cfo@acme.example; nobody, CFO@acme.example")
    judged = [(item["text"], item["email"], item["valid"], item["duplicate"]) for item in answer["items"]]
    assert judged == [
        ("cfo@acme.example", "cfo@acme.example", True, False),
        ("nobody", None, False, False),
        ("CFO@acme.example", "CFO@acme.example", True, True),
    ]
    assert "nobody" in answer["items"][1]["error"]
    assert (answer["valid"], answer["too_many"], answer["most"]) == (False, False, 10)
    ten = ", ".join(f"p{number}@acme.example" for number in range(10))
    assert check(f"{ten}, P1@acme.example")["valid"]
    assert check(f"{ten}, p10@acme.example")["too_many"]
    assert callers("manager").post("/reference/emails/check", {"emails": ""}).status_code == 422
    assert (
        callers("client_user", client_id=new_id()).post("/reference/emails/check", {"emails": "a"}).status_code == 403
    )
