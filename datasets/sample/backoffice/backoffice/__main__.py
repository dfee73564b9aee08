import sys

from . import reports


def main() -> int:
    print(reports.best_sellers([]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
