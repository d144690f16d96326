import pytest

from catalog.wiring import service as make
from common.testing.fixtures import MakeService


@pytest.fixture
def make_service() -> MakeService:
    return make
