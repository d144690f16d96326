from common.cli import service_cli
from sample.wiring import service

main = service_cli("sample", service)

if __name__ == "__main__":
    main()
