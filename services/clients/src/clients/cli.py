"""The `clients` command."""

from clients.wiring import app
from common.cli import service_cli

main = service_cli("clients", app)
