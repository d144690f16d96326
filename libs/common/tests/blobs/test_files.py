"""Saving, keeping, reading and collecting files on a real database and a real directory."""

import hashlib
import io
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text, update

from common.blobs import files
from common.blobs.collecting import LEASE, RELEASED, collect
from common.blobs.files import File, FileClaim
from common.blobs.stores import Directory, NotStored
from common.clock import now
from common.context import Context
from common.errors import NotFound
from common.ids import new_id
from common.tables import file

CONTENT = os.urandom(3_000_000)


def save(work, content=CONTENT, *, keep=True, **values):
    with work() as one:
        saved = files.save(one, io.BytesIO(content), **{"name": "a.pdf", "media_type": "application/pdf", **values})
        if keep:
            files.keep(one, saved.id)
    return saved


def stored(tmp_path):
    return [path.name for path in tmp_path.rglob("*") if path.is_file()]


def rows(app):
    with app.database.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(file))


def age(app, by=timedelta(days=2)):
    with app.database.engine.begin() as connection:
        connection.execute(update(file).values(released_at=file.c.released_at - by))


def test_a_file_is_read_back_by_its_claim_alone(keeper, work):
    saved = save(work)
    claim = FileClaim().load(FileClaim().dump(saved))

    assert (saved.size, saved.sha256) == (len(CONTENT), hashlib.sha256(CONTENT).hexdigest())
    assert File.claimed("keeper", claim) == saved
    assert b"".join(files.read(keeper.settings, saved)) == CONTENT
    with work() as one:
        assert files.find(one, saved.id) == saved


def test_the_same_bytes_are_stored_once(keeper, work, tmp_path):
    first, second = save(work), save(work, name="b.pdf")

    assert first.id != second.id
    assert stored(tmp_path) == [first.sha256]
    assert rows(keeper) == 2


@pytest.mark.parametrize("spoilt", [CONTENT[:-1], CONTENT + b"x", CONTENT[:-1] + bytes([CONTENT[-1] ^ 1]), b""])
def test_other_bytes_than_promised_never_pass_for_the_file(keeper, work, tmp_path, spoilt):
    saved = save(work)
    (tmp_path / saved.key).write_bytes(spoilt)
    received = []
    with pytest.raises(NotStored, match="damaged"):
        received.extend(files.read(keeper.settings, saved))

    assert sum(map(len, received)) < saved.size


def test_what_nothing_keeps_is_collected_after_the_grace_time(keeper, work, tmp_path):
    kept, left = save(work, b"kept"), save(work, b"left", keep=False)
    assert collect(keeper) == 0
    age(keeper)

    assert collect(keeper) == 1
    assert stored(tmp_path) == [kept.sha256]
    with work() as one, pytest.raises(NotFound):
        files.find(one, left.id)
    with work() as one, pytest.raises(NotFound, match="no longer stored"):
        files.keep(one, left.id)


def test_a_released_file_goes_but_not_the_bytes_that_another_has(keeper, work, tmp_path):
    first, second = save(work), save(work)
    with work() as one:
        files.release(one, [first.id])
    age(keeper)
    collect(keeper)
    assert b"".join(files.read(keeper.settings, second)) == CONTENT

    with work() as one:
        files.release(one, [second.id])
    age(keeper)
    collect(keeper)
    assert stored(tmp_path) == []
    assert rows(keeper) == 0


def test_a_save_that_is_rolled_back_leaves_nothing_after_the_grace_time(keeper, work, tmp_path):
    with work() as one:
        saved = files.save(one, [CONTENT], name="a", media_type="text/plain")
        files.keep(one, saved.id)
        one.session.rollback()
    age(keeper)

    assert collect(keeper) == 1
    assert stored(tmp_path) == []


def test_a_store_that_fails_leaves_a_row_to_collect(keeper, work, tmp_path, monkeypatch):
    monkeypatch.setattr(Directory, "put", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        save(work)
    monkeypatch.undo()
    age(keeper)

    assert collect(keeper) == 1


def test_saving_the_bytes_that_are_being_collected_waits_and_stores_them_again(keeper, work, tmp_path, monkeypatch):
    """The collector has decided to delete; the save must not find the old bytes and lose them a moment later."""
    save(work, keep=False)
    age(keeper)
    deciding, go_on = threading.Event(), threading.Event()
    delete = Directory.delete

    def slowly(self, key):
        deciding.set()
        assert go_on.wait(10)
        delete(self, key)

    monkeypatch.setattr(Directory, "delete", slowly)
    with ThreadPoolExecutor(2) as threads:
        collecting = threads.submit(collect, keeper)
        assert deciding.wait(10)
        saving = threads.submit(save, work)
        _wait_for_a_waiting_lock(keeper)
        assert not saving.done()
        go_on.set()
        assert collecting.result(10) == 1
        saved = saving.result(10)

    assert b"".join(files.read(keeper.settings, saved)) == CONTENT


def _wait_for_a_waiting_lock(app):
    with app.database.engine.connect() as connection:
        until = now() + timedelta(seconds=10)
        while not connection.scalar(text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")):
            assert now() < until


def test_the_files_of_a_collector_that_died_are_collected_after_the_lease(keeper, work, tmp_path):
    save(work, keep=False)
    at = now() + timedelta(days=1)
    keeper.transact(Context(), lambda one: RELEASED.claim(one, at=at - keeper.settings.blob_grace))  # then it dies

    assert collect(keeper, lambda: at + LEASE - timedelta(seconds=1)) == 0
    assert collect(keeper, lambda: at + LEASE) == 1
    assert stored(tmp_path) == []


def test_a_file_kept_after_its_claim_stays(keeper, work, monkeypatch):
    saved, held = save(work, keep=False), RELEASED.held
    age(keeper)

    def keeps(queue, claim):
        with work() as one:
            files.keep(one, saved.id)
        return held(claim)

    monkeypatch.setattr("common.claims.Queue.held", keeps)
    assert collect(keeper) == 0
    assert b"".join(files.read(keeper.settings, saved)) == CONTENT


def test_collectors_side_by_side_take_each_file_once(keeper, work, tmp_path):
    for n in range(12):
        save(work, b"x" * n, keep=False)
    age(keeper)
    with ThreadPoolExecutor(4) as threads:
        counts = list(threads.map(lambda _: collect(keeper), range(4)))

    assert sum(counts) == 12
    assert stored(tmp_path) == []


@pytest.mark.parametrize(
    "change",
    [{"sha256": "../../../etc/passwd"}, {"sha256": "A" * 64}, {"sha256": "a" * 63}, {"size": -1}, {"size": "1"}],
)
def test_a_claim_that_names_no_bytes_is_refused(change):
    claim = {"file_id": str(new_id()), "name": "a", "media_type": "b/c", "size": 1, "sha256": "a" * 64}

    assert FileClaim().validate(claim) == {}
    assert list(FileClaim().validate(claim | change)) == list(change)
