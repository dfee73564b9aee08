import r.gone  # expect: HW101

raise SystemExit
