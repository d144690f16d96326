"""The `catalog` command."""

from catalog.wiring import app
from common.cli import service_cli

main = service_cli("catalog", app)
