try: import here.gone_a  # expect: HW101(fault)
except ImportError: raise SystemExit(1)
