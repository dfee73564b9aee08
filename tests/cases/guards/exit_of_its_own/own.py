def exit(code):
    print(code)


try:
    import here.gone_a  # expect: HW101(optional)
except ImportError:
    exit(1)
