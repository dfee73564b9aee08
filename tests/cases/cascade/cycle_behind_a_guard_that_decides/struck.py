try:
    import gate
    import b  # never runs
except ImportError:
    pass
import a  # expect: HW141
