def main():
    return 0


raise SystemExit(main())
