from common.cli import service_cli
from mirror.wiring import app

main = service_cli("mirror", app)

if __name__ == "__main__":
    main()
