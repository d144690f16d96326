import pytest

from catalog.wiring import app as make
from common.testing.fixtures import MakeApp


@pytest.fixture
def make_app() -> MakeApp:
    return make
