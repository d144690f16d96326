from common.cli import service_cli
from mirror.wiring import service

main = service_cli("mirror", service)

if __name__ == "__main__":
    main()
