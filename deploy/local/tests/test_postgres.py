"""A real private PostgreSQL: one database per service, access only to one's own, recovery after a crash."""

import os

import psycopg
import pytest

from local import infra, postgres, processes
from local.names import SERVICES


@pytest.fixture(scope="module")
def module_run(tmp_path_factory):
    from local.run_dir import RunDir

    run = RunDir.of(tmp_path_factory.mktemp("postgres") / "run")
    yield run
    processes.stop(run, "postgres")
    postgres.remove(run)


@pytest.fixture(scope="module")
def running(module_run):
    prepared = infra.prepare(module_run, ephemeral=True)
    infra.start_postgres(module_run, prepared)
    return prepared


def url_of(running, service, database=None):
    url = running.env[f"{service.upper()}_DATABASE_URL"].replace("+psycopg", "")
    return url.rpartition("/")[0] + f"/{database or service}"


@pytest.mark.parametrize("service", SERVICES)
def test_each_service_owns_its_database(running, service):
    with psycopg.connect(url_of(running, service)) as connection:
        connection.execute("CREATE TABLE mine (id int)")


def test_no_service_gets_into_another_ones_database(running):
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        psycopg.connect(url_of(running, "catalog", "billing"))


def test_names_sort_as_people_expect(running):
    with psycopg.connect(url_of(running, "clients")) as connection:
        query = "SELECT name FROM (VALUES ('Zeta'), ('acme'), ('Ämter'), ('Beta')) AS t (name) ORDER BY name"
        assert [row[0] for row in connection.execute(query)] == ["acme", "Ämter", "Beta", "Zeta"]


def test_it_comes_back_after_a_crash_with_what_was_committed(module_run, running):
    with psycopg.connect(url_of(running, "gateway")) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    processes.kill(module_run, "postgres")
    infra.start_postgres(module_run, running)
    with psycopg.connect(url_of(running, "gateway")) as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)


def test_a_lock_file_of_another_process_does_not_prevent_a_start(module_run, running):
    processes.kill(module_run, "postgres")
    lock = module_run.postgres / "data/postmaster.pid"
    lines = lock.read_text().splitlines()
    lock.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    infra.start_postgres(module_run, running)
    assert processes.pid_of(module_run, "postgres")


def test_starting_it_twice_changes_nothing(module_run, running):
    pid = processes.pid_of(module_run, "postgres")
    infra.start_postgres(module_run, running)
    assert processes.pid_of(module_run, "postgres") == pid
