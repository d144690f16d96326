"""The statement of hours can be checked without the system that wrote it."""

import csv
import io

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from agreements.agreement import chain

NUMBERS = st.decimals("-999", "999", places=2)


@pytest.fixture
def statement(gold, desk, callers, tmp_path):
    """Returns `statement(**caller)`, the path of the file after 3, 2 and deleted 4 hours."""
    order = desk.order(gold["client_id"], gold["id"])
    for hours in ("3", "2"):
        desk.log(order, gold["rows"]["Remote Support"], hours)
    gone = desk.log(order, gold["rows"]["Onsite Support"], "4").json["id"]
    callers("manager").delete(f"/work-orders/{order}/time-entries/{gone}")

    def write(role="manager", **claims):
        answer = callers(role, **claims).get(f"/agreements/{gold['id']}/hours/statement")
        assert answer.status_code == 200, answer.json
        path = tmp_path / "hours.csv"
        path.write_bytes(answer.data)
        return path

    return write


def verify(*arguments):
    result = CliRunner().invoke(chain.verify, [str(argument) for argument in arguments])
    return result.exit_code, result.output


def rows_of(path):
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


def test_every_row_has_its_balance_and_what_it_was_for(statement, gold):
    rows = rows_of(statement("client_user", client_id=gold["client_id"]))

    assert [(row["kind"], row["hours"], row["balance"], row["service"]) for row in rows[-4:]] == [
        ("draw", "-3.00", "97.00", "Remote Support"),
        ("draw", "-2.00", "95.00", "Remote Support"),
        ("draw", "-4.00", "91.00", "Onsite Support"),
        ("reversal", "4.00", "95.00", "Onsite Support"),
    ]
    assert (rows[-1]["work_order"], rows[-1]["worked_on"]) == ("WO-000001", "2025-11-03")


def test_the_command_accepts_the_file_and_finds_each_kind_of_change(statement, tmp_path):
    path = statement()
    lines = path.read_text("utf-8-sig").splitlines()
    code, output = verify(path)
    assert (code, f"{len(lines) - 1} rows are in order. Balance 95.00." in output) == (0, True), output

    def changed(*new):
        other = tmp_path / "other.csv"
        other.write_text("\n".join(new))
        return verify(other)

    assert "the hours add up to" in changed(*[line.replace(",-3.00,", ",-2.00,") for line in lines])[1]
    assert "was changed or removed" in changed(*[line.replace("draw", "expiry") for line in lines])[1]
    code, output = changed(*lines[:-2], lines[-1])
    assert (code, "the hours add up to 99.00" in output) == (1, True), output
    assert changed(lines[0], *lines[2:])[0] == 1
    assert "hash" in changed(*[line.rsplit(",", 4)[0] for line in lines])[1], "without the column"


def test_a_newer_statement_still_contains_the_older_one(statement, gold, desk):
    older = rows_of(statement())[-1]["hash"]
    desk.log(desk.order(gold["client_id"], gold["id"]), gold["rows"]["Remote Support"], "1")
    newer = statement()

    assert verify(newer, "--knows", older)[0] == 0
    assert verify(newer, "--knows", "0" * 64)[0] == 1


def test_another_client_s_statement_is_not_there(statement, gold, callers, world):
    statement()
    other = callers("client_admin", client_id=world.client("Other"))
    assert other.get(f"/agreements/{gold['id']}/hours/statement").status_code == 404


@given(st.lists(NUMBERS, min_size=1, max_size=8), st.data())
def test_any_changed_value_is_found(amounts, data):
    rows, previous, balance = [], chain.START, 0
    for number, amount in enumerate(amounts):
        balance += amount
        row = {name: f"{name} {number}" for name in chain.CHAINED} | {"hours": str(amount), "balance": str(balance)}
        previous = chain.link(previous, row)
        rows.append(row | {chain.HASH: previous})
    count, last, total = chain.check(enumerate(rows))
    assert (count, last, total) == (len(rows), previous, balance)

    spoilt = data.draw(st.integers(0, len(rows) - 1))
    name = data.draw(st.sampled_from((*chain.CHAINED, chain.HASH)))
    rows[spoilt] = rows[spoilt] | {name: rows[spoilt][name] + "1"}
    with pytest.raises(chain.Broken, match=f"Line {spoilt}:"):
        chain.check(enumerate(rows))
