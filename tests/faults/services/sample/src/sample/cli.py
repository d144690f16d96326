from common.cli import service_cli
from sample.wiring import app

main = service_cli("sample", app)

if __name__ == "__main__":
    main()
