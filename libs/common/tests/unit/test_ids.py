"""Ids stay unique when a process is forked after it made some."""

import os

from common.ids import new_id


def test_forked_processes_make_other_ids_than_their_parent():
    new_id()
    children = [_ids_of_a_fork() for _ in range(4)]
    made = [identifier for child in children for identifier in child] + [str(new_id()) for _ in range(200)]

    assert len(set(made)) == 1000
    assert len({identifier[-12:] for identifier in made}) == 1000  # not only the time differs


def _ids_of_a_fork() -> list[str]:
    readable, writable = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.write(writable, " ".join(str(new_id()) for _ in range(200)).encode())
        os._exit(0)
    os.close(writable)
    with os.fdopen(readable) as pipe:
        told = pipe.read()
    os.waitpid(pid, 0)
    return told.split()
