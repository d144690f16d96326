"""The `gateway` command."""

from common.cli import service_cli
from gateway.user.commands import users
from gateway.wiring import service

main = service_cli("gateway", service)
main.add_command(users)
